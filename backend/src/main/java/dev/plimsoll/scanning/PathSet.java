package dev.plimsoll.scanning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/** Paths that are only ever asked for, kept as 64 bits each: layers hold hundreds of thousands. */
final class PathSet {
  private long[] hashes = new long[16];
  private int size;
  private boolean sorted = true;

  void add(long hash) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[size++] = hash;
    sorted = false;
  }

  boolean contains(long hash) {
    if (!sorted) {
      Arrays.sort(hashes, 0, size);
      sorted = true;
    }
    return Arrays.binarySearch(hashes, 0, size, hash) >= 0;
  }

  /** Hashes that nobody who builds an image can foresee, so that none can be made to collide. */
  static final class Hash {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] seed = new byte[16];
    private final MessageDigest digest;

    Hash() {
      RANDOM.nextBytes(seed);
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    long of(String path) {
      digest.update(seed);
      return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8))).getLong();
    }
  }
}
