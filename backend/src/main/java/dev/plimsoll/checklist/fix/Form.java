package dev.plimsoll.checklist.fix;

/**
 * A change as text that people can use where they make it. What strangers named is quoted for that
 * place.
 *
 * @param text one or more lines without a final line break
 */
public record Form(Format format, String text) {

  /** Where the text belongs. */
  public enum Format {
    /** Commands for a shell. */
    COMMANDS("commands"),
    /** Options of {@code docker run} to leave out and to add. */
    DOCKER_RUN("docker run"),
    /** A file that is laid over a Compose file. */
    COMPOSE("compose"),
    /** Keys of the engine's {@code daemon.json}. */
    DAEMON_JSON("daemon.json"),
    /** Lines of the recipe of an image. */
    DOCKERFILE("Dockerfile");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    /** The format as people call it. */
    public String word() {
      return word;
    }
  }
}
