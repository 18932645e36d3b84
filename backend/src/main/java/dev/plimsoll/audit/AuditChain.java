package dev.plimsoll.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * The chain's hash, version 1: SHA-256 over the hash before it (32 zero bytes for the first), then
 * position, entry ID and instant (microseconds since 1970) as 8 bytes each, big-endian, then actor,
 * action, subject and detail, each as the number of its UTF-8 bytes (4 bytes, big-endian) and those
 * bytes. Detail is the text that PostgreSQL prints for the {@code jsonb}.
 */
final class AuditChain {
  /** What the first link follows, in hex as all hashes here. */
  static final String START = "0".repeat(64);

  private AuditChain() {}

  /** The hash of an entry at a position that follows {@code previous}. */
  static String link(String previous, long position, AuditEntry entry) {
    MessageDigest digest = sha256();
    digest.update(HexFormat.of().parseHex(previous));
    update(digest, position);
    update(digest, entry.id());
    update(digest, ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
    update(digest, entry.actor());
    update(digest, entry.action());
    update(digest, entry.subject());
    update(digest, entry.detail());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
