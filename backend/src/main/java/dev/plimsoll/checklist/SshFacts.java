package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was read of a host over SSH: the part {@code .ssh} of the host-file document. A field that
 * could not be read is missing, and {@code .ssh.unread} says why under the field's name.
 */
final class SshFacts {
  private static final Field FILES = Field.of(".ssh.files");
  private static final Field UNREAD = Field.of(".ssh.unread");

  private final Source document;
  private final Examination x;

  SshFacts(Examination x) {
    this.x = x;
    this.document = x.document();
  }

  /**
   * One of its fields.
   *
   * @throws Unanswerable if it was not read
   */
  Field known(String name) {
    Field field = Field.of(".ssh." + name);
    if (document.peek(field).isMissingNode()) {
      throw new Unanswerable(unread(name));
    }
    return field;
  }

  Source document() {
    return document;
  }

  /** A file's owner and mode; null if there is none, missing if nobody could say. */
  JsonNode file(String path) {
    return document.peek(place(path));
  }

  /** Whether a file was looked for and is not there. */
  boolean isAbsent(String path) {
    return file(path).isNull();
  }

  /** The first of an object's names under which it is there; null if it is under none. */
  @Nullable String firstThere(HostFilePaths.Place place) {
    return place.names().stream().filter(path -> file(path).isObject()).findFirst().orElse(null);
  }

  /** Keeps as evidence what was read of a file. */
  void lookAtFile(String path) {
    document.look(place(path));
  }

  Evidence evidence(String path) {
    return document.evidence(place(path).path(), file(path));
  }

  /** Paths of files below a directory that were found there, in order. */
  List<String> filesBelow(String directory) {
    List<String> below = new ArrayList<>();
    for (String path : document.peek(FILES).propertyNames()) {
      if (path.startsWith(directory + "/")) {
        below.add(path);
      }
    }
    return below;
  }

  /** Whether something about a field, or a path, could not be read. */
  boolean isUnread(String name) {
    return document.peek(UNREAD).path(name).isObject();
  }

  /** UNKNOWN because of what failed when a field, or a path, was read. */
  Verdict unread(String... names) {
    for (String name : names) {
      JsonNode problem = document.peek(UNREAD).path(name);
      if (problem.isObject()) {
        String detail = problem.path("detail").asString("");
        return x.unknown(
            List.of(document.evidence(UNREAD.member(name), problem)),
            problem.path("call").asString("") + (detail.isEmpty() ? " failed" : ": " + detail));
      }
    }
    return x.unknown(
        List.of(document.evidence(UNREAD.path(), document.peek(UNREAD))),
        names[0] + " was not read");
  }

  private static Field place(String path) {
    return new Field(FILES.member(path), List.of("ssh", "files", path));
  }
}
