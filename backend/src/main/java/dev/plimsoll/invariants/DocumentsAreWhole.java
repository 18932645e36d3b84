package dev.plimsoll.invariants;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.InflaterInputStream;

/** A document is what its hash says. */
final class DocumentsAreWhole implements Invariant {
  @Override
  public String promise() {
    return "Every document has the SHA-256 that it is stored under";
  }

  @Override
  public boolean ofHosts() {
    return false;
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    long[] checked = {0};
    database
        .jdbc()
        .sql("select sha256, content, size from document")
        .query(
            row -> {
              checked[0]++;
              byte[] hash = row.getBytes("sha256");
              String problem = problem(hash, row.getBytes("content"), row.getInt("size"));
              if (!problem.isEmpty()) {
                violations.accept(
                    new Violation("document", HexFormat.of().formatHex(hash), problem));
              }
            });
    return checked[0];
  }

  private static String problem(byte[] hash, byte[] content, int size) {
    MessageDigest digest = sha256();
    long length;
    try (InputStream in =
        new DigestInputStream(new InflaterInputStream(new ByteArrayInputStream(content)), digest)) {
      length = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      return "it cannot be inflated (" + e.getMessage() + ")";
    }
    byte[] found = digest.digest();
    if (!MessageDigest.isEqual(hash, found)) {
      return "its content has the SHA-256 " + HexFormat.of().formatHex(found);
    }
    return length == size ? "" : "it has %d bytes, and says %d".formatted(length, size);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
