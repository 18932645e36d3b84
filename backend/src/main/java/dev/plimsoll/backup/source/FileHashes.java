package dev.plimsoll.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of every regular file of a tree, and one over them all: over the lines of path, size
 * and hash, in the order of the paths. Links and other special files count for nothing.
 */
final class FileHashes {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path root;
  private final MessageDigest all = sha256();
  private long files;
  private long bytes;

  private FileHashes(Path root) {
    this.root = root;
  }

  /**
   * What a tree holds.
   *
   * @param rootHash in hex
   */
  record Sum(long files, long bytes, String rootHash) {}

  /** Reads a tree of the portal's own, whose permissions it may change to read it. */
  static Sum of(Path root) throws IOException {
    FileHashes hashes = new FileHashes(root);
    hashes.directory(root);
    return new Sum(hashes.files, hashes.bytes, HexFormat.of().formatHex(hashes.all.digest()));
  }

  private void directory(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    }
    Collections.sort(children);
    for (Path child : children) {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isDirectory()) {
        directory(child);
      } else if (attributes.isRegularFile()) {
        file(child, attributes.size());
      }
    }
  }

  private void file(Path file, long size) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      int read = in.read(buffer);
      while (read >= 0) {
        digest.update(buffer, 0, read);
        read = in.read(buffer);
      }
    }
    String line =
        root.relativize(file)
            + "\0"
            + size
            + "\0"
            + HexFormat.of().formatHex(digest.digest())
            + "\n";
    all.update(line.getBytes(StandardCharsets.UTF_8));
    files++;
    bytes += size;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
