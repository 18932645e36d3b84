package dev.plimsoll.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says that a portal has its home's database open; the system lets go of it when one is killed. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Whether a portal has the home open; takes nothing. */
  static boolean isTaken(PlimsollHome home) {
    Path file = home.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return lock(channel) == null;
    } catch (IOException e) {
      throw new StartupRefusal("%s cannot be locked (%s).".formatted(file, e), e);
    }
  }

  static HomeLock take(PlimsollHome home) {
    Path file = home.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      if (lock(channel) == null) {
        channel.close();
        throw new StartupRefusal(
            "Another portal already runs on %s: stop it, or give this one a PLIMSOLL_HOME of its own."
                .formatted(home.directory()));
      }
      return new HomeLock(channel);
    } catch (IOException e) {
      throw new StartupRefusal("%s cannot be locked (%s).".formatted(file, e), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // The other portal lives in this very process, as in tests.
      return null;
    }
  }
}
