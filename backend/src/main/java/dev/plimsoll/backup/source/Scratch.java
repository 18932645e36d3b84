package dev.plimsoll.backup.source;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory for what is restored, open to the portal's user alone, in which nothing stays. Links
 * in what was restored are never followed.
 */
public final class Scratch {
  private static final long ROOM_BESIDE = 64L << 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(OWNER);

  private final Path directory;

  /** Uses a directory that is nobody else's; it is made when it is needed. */
  public Scratch(Path directory) {
    this.directory = directory;
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** Whether so many bytes have room, and 5% and some more. */
  public boolean holds(long bytes) throws IOException {
    make();
    long needed = Math.addExact(Math.addExact(bytes, bytes / 20), ROOM_BESIDE);
    return Files.getFileStore(directory).getUsableSpace() >= needed;
  }

  /** A place in it that goes with all that lies there when it is closed. */
  public Place open(String name) throws IOException {
    make();
    return new Place(Files.createDirectory(directory.resolve(name), OWNER_ONLY));
  }

  /** Deletes what a process that was killed left there. */
  public void clear() throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path place : left) {
        delete(place);
      }
    }
  }

  /** A place for one restore. */
  public static final class Place implements AutoCloseable {
    private final Path directory;

    private Place(Path directory) {
      this.directory = directory;
    }

    /** Where it is. */
    public Path directory() {
      return directory;
    }

    /** Deletes all that lies there. */
    @Override
    public void close() throws IOException {
      delete(directory);
    }
  }

  private void make() throws IOException {
    Files.createDirectories(directory, OWNER_ONLY);
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(dir, OWNER); // it may have been restored without
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
