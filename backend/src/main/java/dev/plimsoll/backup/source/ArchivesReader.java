package dev.plimsoll.backup.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists the archives that lie in a directory or in a bucket; none is opened. Links, such as the one
 * to the newest, files that are being written, and what accompanies an archive are none. An empty
 * file is one: it shows that a backup went wrong.
 */
final class ArchivesReader implements SnapshotReader {
  private static final Pattern SHA256 =
      Pattern.compile("([0-9a-fA-F]{64})(?:\\s.*)?", Pattern.DOTALL);
  private static final int MOST_CHECKSUM_BYTES = 4096;

  private final SnapshotReader bucket;

  /** Reads directories, and buckets by another reader. */
  ArchivesReader(SnapshotReader bucket) {
    this.bucket = bucket;
  }

  @Override
  public void read(Access access, Consumer<Snapshot> each) throws SourceFailure {
    if (Bucket.takes(access.location())) {
      bucket.read(access, each);
      return;
    }
    Path directory = Path.of(access.location());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Snapshot snapshot = snapshot(file);
        if (snapshot != null) {
          each.accept(snapshot);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new SourceFailure(
          SourceFault.UNREADABLE, directory + " cannot be read to its end. Look at its disk.", e);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  @Override
  public OptionalLong bytes(Access access, String snapshotId) {
    return OptionalLong.empty();
  }

  /** The archive that a file is; null if it is none. */
  private static @Nullable Snapshot snapshot(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (!ArchiveName.isArchive(name)) {
      return null;
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return null;
      }
      Instant written = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS);
      return new Snapshot(
          name,
          null,
          written,
          null,
          List.of(),
          List.of(),
          name,
          attributes.size(),
          checksum(file.resolveSibling(name + ".sha256")));
    } catch (NoSuchFileException e) {
      return null; // pruned this moment
    }
  }

  private static @Nullable String checksum(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text =
          new String(in.readNBytes(MOST_CHECKSUM_BYTES), StandardCharsets.US_ASCII).strip();
      Matcher matcher = SHA256.matcher(text);
      return matcher.matches() ? "sha256:" + matcher.group(1).toLowerCase(Locale.ROOT) : null;
    } catch (NoSuchFileException | AccessDeniedException e) {
      return null; // an archive is one without it
    }
  }

  private static SourceFailure unreadable(Path directory, IOException e) {
    return switch (e) {
      case NoSuchFileException gone ->
          new SourceFailure(
              SourceFault.GONE,
              "There is no directory "
                  + directory
                  + " on the portal's machine. Mount it, or remove this source.",
              gone);
      case NotDirectoryException file ->
          new SourceFailure(
              SourceFault.UNREADABLE,
              directory + " is no directory. Give the one in which the archives lie.",
              file);
      case AccessDeniedException denied ->
          new SourceFailure(
              SourceFault.UNREADABLE,
              "The portal's user may not read " + directory + ". Give it the right.",
              denied);
      default ->
          new SourceFailure(
              SourceFault.UNREADABLE,
              directory + " cannot be read: " + Unmappable.shown(String.valueOf(e.getMessage())),
              e);
    };
  }
}
