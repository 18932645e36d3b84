package dev.plimsoll.home.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine, unpacked from the class path.
 *
 * @param directory holds {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path directory) {

  /**
   * Unpacks the programs below {@code parent}, once for each version: a directory that is there is
   * complete, for it is renamed into place.
   *
   * @throws PostgresException where no programs for this system are on the class path
   */
  public static PostgresBinaries unpack(Path parent) {
    byte[] archive = archive();
    Path target = parent.resolve("postgresql-" + digest(archive));
    try {
      if (!Files.isDirectory(target)) {
        Files.createDirectories(parent);
        Path unpacking = Files.createTempDirectory(parent, ".unpacking-");
        try {
          extract(archive, unpacking);
          moveIntoPlace(unpacking, target);
        } finally {
          FileSystemUtils.deleteRecursively(unpacking);
        }
      }
      return new PostgresBinaries(target);
    } catch (IOException e) {
      throw new PostgresException("PostgreSQL could not be unpacked into " + parent, e);
    }
  }

  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  private static byte[] archive() {
    String system = System.getProperty("os.name", "").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system, machine.equals("amd64") ? "x86_64" : machine)) {
      return in.readAllBytes();
    } catch (IllegalStateException | IOException e) {
      throw new PostgresException(
          "There is no embedded PostgreSQL for %s on %s: give an existing one as SPRING_DATASOURCE_URL"
              .formatted(system, machine),
          e);
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void extract(byte[] archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("Entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.resolveSibling("."));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = entry.getName().startsWith("bin/");
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static void moveIntoPlace(Path unpacked, Path target) throws IOException {
    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was quicker; what it put there is the same.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }
}
