package dev.plimsoll.simulation;

import java.nio.charset.StandardCharsets;

/** A tar archive of one small file, in the form ustar (IEEE Std 1003.1). */
final class Tar {
  private static final int BLOCK = 512;
  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private Tar() {}

  static byte[] of(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + BLOCK - 1) / BLOCK * BLOCK;
    byte[] archive = new byte[BLOCK + padded + 2 * BLOCK];
    put(archive, 0, name);
    put(archive, 100, "0000644");
    put(archive, 108, "0000000");
    put(archive, 116, "0000000");
    put(archive, 124, "%011o".formatted(bytes.length));
    put(archive, 136, "00000000000");
    put(archive, CHECKSUM_AT, " ".repeat(CHECKSUM_LENGTH));
    put(archive, 156, "0");
    put(archive, 257, "ustar\0" + "00");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += archive[i];
    }
    put(archive, CHECKSUM_AT, "%06o\0 ".formatted(sum));
    System.arraycopy(bytes, 0, archive, BLOCK, bytes.length);
    return archive;
  }

  private static void put(byte[] archive, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, archive, at, bytes.length);
  }
}
