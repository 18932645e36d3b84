package dev.plimsoll.checklist;

/** What a check judges on one host. */
public enum SubjectKind {
  ENGINE("engine"),
  CONTAINER("container"),
  IMAGE("image"),
  VOLUME("volume"),
  NETWORK("network"),
  SWARM("swarm"),
  HOST_FILE("host-file");

  private final String word;

  SubjectKind(String word) {
    this.word = word;
  }

  /** The kind as the API and the catalogue spell it, such as {@code host-file}. */
  public String word() {
    return word;
  }

  /**
   * The kind that is spelled so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SubjectKind of(String word) {
    for (SubjectKind kind : values()) {
      if (kind.word.equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no subject kind is called " + word);
  }
}
