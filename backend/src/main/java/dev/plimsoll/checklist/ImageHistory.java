package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * How an image was built, step by step, and which of the steps are its own. The engine's history
 * does not say where the base image ends: where the host holds the base image too, its layers and
 * its own history do; else the last command of a Dockerfile that more steps follow is taken for the
 * base image's.
 *
 * @param steps the oldest first
 * @param ownFrom the first step that is the image's own
 */
record ImageHistory(List<Step> steps, int ownFrom) {
  private static final Field HISTORY = Field.of(".history");
  private static final Field LAYERS = Field.of(".inspect.RootFS.Layers");
  private static final Set<String> ENDS_A_BASE = Set.of("CMD", "ENTRYPOINT");

  /**
   * One step.
   *
   * @param index its place in the document, where the newest is the first
   * @param command as the engine keeps it
   * @param comment what the builder, or who committed, wrote beside it
   * @param size bytes that it added
   */
  record Step(int index, String command, String comment, long size) {
    private static final Pattern KEYWORD =
        Pattern.compile(
            "(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL"
                + "|STOPSIGNAL|USER|VOLUME|WORKDIR)\\s+(.*)",
            Pattern.DOTALL);
    private static final Pattern CLASSIC =
        Pattern.compile("(?:.{0,200}?)#\\(nop\\)\\s*", Pattern.DOTALL);
    private static final Pattern BUILD_ARGUMENTS = Pattern.compile("\\|\\d+ ");
    private static final Pattern OTHER_BUILDER =
        Pattern.compile("(?i)bazel|\\bko\\b|\\bjib\\b|buildpack|kaniko|buildah|nix|debuerreotype");
    private static final Pattern WINDOWS_SHELL =
        Pattern.compile("(?i)(?:cmd(?:\\.exe)? /S /C|powershell)");
    private static final String SHELL = "/bin/sh -c";

    /** The Dockerfile's keyword; {@code RUN} for a shell command, empty if it looks like none. */
    String keyword() {
      Matcher matcher = KEYWORD.matcher(dockerfile());
      if (matcher.matches()) {
        return matcher.group(1);
      }
      return startsShell() || BUILD_ARGUMENTS.matcher(command).lookingAt() ? "RUN" : "";
    }

    /** What follows the keyword. */
    String argument() {
      Matcher matcher = KEYWORD.matcher(dockerfile());
      return matcher.matches() ? matcher.group(2) : command;
    }

    /** Whether it stands as only a container's own command would, which a commit leaves behind. */
    boolean isBareCommand() {
      return !command.isEmpty()
          && keyword().isEmpty()
          && !isBuildKit()
          && !command.startsWith("#")
          && !WINDOWS_SHELL.matcher(command).lookingAt()
          && !OTHER_BUILDER.matcher(command).find()
          && !OTHER_BUILDER.matcher(comment).find();
    }

    /** Whether it is a shell command as the classic builder, but also a commit, leaves it. */
    boolean startsShell() {
      return command.startsWith(SHELL) && !command.contains("#(nop)");
    }

    boolean isBuildKit() {
      return comment.startsWith("buildkit") || command.endsWith("# buildkit");
    }

    private String dockerfile() {
      Matcher classic = CLASSIC.matcher(command);
      String text = classic.lookingAt() ? command.substring(classic.end()) : command;
      return text.strip();
    }
  }

  /**
   * Reads an image's history.
   *
   * @throws Unanswerable if the document has none
   */
  static ImageHistory of(Examination x) {
    JsonNode history = x.document().array(HISTORY);
    List<Step> steps = new ArrayList<>();
    for (int i = history.size() - 1; i >= 0; i--) {
      JsonNode step = history.get(i);
      steps.add(
          new Step(
              i,
              step.path("CreatedBy").asString("").strip(),
              step.path("Comment").asString("").strip(),
              step.path("Size").asLong(0)));
    }
    int known = stepsOfLocalBase(x, steps.size());
    return new ImageHistory(steps, known > 0 ? known : guess(steps));
  }

  /** The steps that are the image's own, the oldest first. */
  List<Step> own() {
    return steps.subList(ownFrom, steps.size());
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Evidence for a step's command. */
  static Evidence evidence(Examination x, Step step) {
    return evidence(x, step, "CreatedBy");
  }

  /** Evidence for a step's comment. */
  static Evidence comment(Examination x, Step step) {
    return evidence(x, step, "Comment");
  }

  private static Evidence evidence(Examination x, Step step, String field) {
    return x.document()
        .evidence(
            HISTORY.entry(step.index()) + "." + field,
            x.document().peek(HISTORY).path(step.index()).path(field));
  }

  /** Steps of the longest image on the host that this one is built upon; 0 if there is none. */
  private static int stepsOfLocalBase(Examination x, int own) {
    JsonNode layers = x.document().peek(LAYERS);
    int mostLayers = 0;
    int steps = 0;
    for (Map.Entry<String, Reading> image : x.host().images().entrySet()) {
      if (image.getKey().equals(x.dockerId()) || !(image.getValue() instanceof Reading.Read read)) {
        continue;
      }
      JsonNode other = LAYERS.in(read.document());
      int count = HISTORY.in(read.document()).size();
      if (other.size() > mostLayers
          && other.size() < layers.size()
          && count > 0
          && count < own
          && isPrefix(other, layers)) {
        mostLayers = other.size();
        steps = count;
      }
    }
    return steps;
  }

  private static boolean isPrefix(JsonNode some, JsonNode all) {
    for (int i = 0; i < some.size(); i++) {
      if (!some.path(i).equals(all.path(i))) {
        return false;
      }
    }
    return true;
  }

  private static int guess(List<Step> steps) {
    int last = steps.size();
    while (last > 0 && steps.get(last - 1).size() == 0 && !isCommitOrImport(steps.get(last - 1))) {
      last--; // commands and settings that end the image itself
    }
    for (int i = last - 1; i >= 0; i--) {
      if (ENDS_A_BASE.contains(steps.get(i).keyword())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isCommitOrImport(Step step) {
    return step.isBareCommand() || step.comment().startsWith("Imported from");
  }
}
