package dev.plimsoll.backup.source;

import dev.plimsoll.backup.coverage.DataRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tag, a path or an archive's name says of a snapshot.
 *
 * @param as what a match stands for where no placeholder says it
 * @param host whose data it is; null where that is told otherwise
 * @param volumes that a match stands for, whatever the placeholders say
 * @param directories likewise
 */
record Rule(
    Of of,
    Template template,
    @Nullable As as,
    @Nullable String host,
    List<String> volumes,
    List<String> directories) {

  /** What a rule looks at. */
  enum Of {
    TAG,
    PATH,
    ARCHIVE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a match is. */
  enum As {
    /** The path that was matched. */
    DIRECTORY,
    /** The state of the host's swarm. */
    SWARM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Rule {
    volumes = List.copyOf(volumes);
    directories = List.copyOf(directories);
  }

  /** Whether a match says which data it is. */
  boolean namesData() {
    return as != null
        || !volumes.isEmpty()
        || !directories.isEmpty()
        || template.has(Template.VOLUME)
        || template.has(Template.CONTAINER)
        || template.has(Template.PATH);
  }

  /** The data that a match stands for. */
  List<DataRef> data(String matched, Map<String, String> values) throws Unmappable {
    List<DataRef> data = new ArrayList<>();
    volumes.forEach(volume -> data.add(DataRef.volume(volume)));
    for (String directory : directories) {
      data.add(DataRef.directory(CleanPath.of(directory)));
    }
    String volume = values.get(Template.VOLUME);
    if (volume != null) {
      data.add(DataRef.volume(volume));
    }
    String container = values.get(Template.CONTAINER);
    if (container != null) {
      data.add(DataRef.layer(container));
    }
    String path = values.get(Template.PATH);
    if (path != null) {
      data.add(DataRef.directory(CleanPath.of(path)));
    }
    if (as == As.DIRECTORY && path == null) {
      data.add(DataRef.directory(CleanPath.of(matched)));
    } else if (as == As.SWARM) {
      data.add(DataRef.SWARM);
    }
    return data;
  }

  /** As a record tells it. */
  String words() {
    return of.word() + " " + template;
  }
}
