package dev.plimsoll.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The directory in which a portal keeps what must not lie in its database. It is open to its owner
 * alone (mode 0700), and so is every secret in it (0600).
 */
public final class PlimsollHome {
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private final Path directory;

  private PlimsollHome(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the directory, and makes it where there is none.
   *
   * @throws StartupRefusal if it cannot be made or cannot be closed to others
   */
  public static PlimsollHome open(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(absolute)) {
        Files.createDirectories(absolute, PosixFilePermissions.asFileAttribute(DIRECTORY));
      }
      if (!Files.getPosixFilePermissions(absolute).equals(DIRECTORY)) {
        Files.setPosixFilePermissions(absolute, DIRECTORY);
      }
      return new PlimsollHome(absolute);
    } catch (IOException | UnsupportedOperationException e) {
      throw new StartupRefusal(
          "PLIMSOLL_HOME %s cannot be made a directory that is open to this user alone (%s): give a place where that can be done."
              .formatted(absolute, e),
          e);
    }
  }

  /** The directory itself, absolute. */
  public Path directory() {
    return directory;
  }

  /** A place in the directory, whether or not there is something. */
  public Path resolve(String name) {
    return directory.resolve(name);
  }

  /**
   * The content of a file, without the line end behind it; empty where there is no file.
   *
   * @throws StartupRefusal if it cannot be read, or others can
   */
  public Optional<String> read(String name) {
    Path file = resolve(name);
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(FILE);
      if (!others.isEmpty()) {
        throw new StartupRefusal(
            "%s is open to others than its owner: chmod 600 it, and replace the secret in it if they may have read it."
                .formatted(file));
      }
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StartupRefusal("%s cannot be read (%s).".formatted(file, e), e);
    }
  }

  /** The content of a file; where there is none, it is written first and is on disk on return. */
  public String readOrCreate(String name, Supplier<String> content) {
    return read(name).orElseGet(() -> create(name, content.get()));
  }

  private String create(String name, String content) {
    Path file = resolve(name);
    Path unfinished = resolve(name + ".new");
    try {
      Files.deleteIfExists(unfinished);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(FILE))) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(content + "\n");
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A link and not a move: where another process was quicker, its content stands.
      Files.createLink(file, unfinished);
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
      return content;
    } catch (FileAlreadyExistsException e) {
      return read(name)
          .orElseThrow(() -> new StartupRefusal("%s comes and goes.".formatted(file), e));
    } catch (IOException e) {
      throw new StartupRefusal("%s cannot be written (%s).".formatted(file, e), e);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next start deletes it; it is the owner's alone meanwhile.
      System.getLogger(PlimsollHome.class.getName())
          .log(System.Logger.Level.WARNING, "Left behind: " + file, e);
    }
  }
}
