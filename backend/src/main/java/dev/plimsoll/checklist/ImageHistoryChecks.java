package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.ImageHistory.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How an image was built. */
final class ImageHistoryChecks {
  private static final Field COMMITTED = Field.of(".committed");

  /**
   * Options between a program and its command. Possessive, as strangers write what is matched:
   * there is but one way to read it.
   */
  private static final String OPTIONS = "(?:\\s++-{1,2}\\S++(?:\\s++(?!-)\\S*[=:]\\S*+)?+)*+\\s++";

  private static final Pattern UPDATE =
      Pattern.compile(
          "\\b(?:apt|apt-get|aptitude|apk)"
              + OPTIONS
              + "update\\b|\\b(?:yum|dnf|microdnf)"
              + OPTIONS
              + "(?:makecache|update)\\b|\\bzypper"
              + OPTIONS
              + "(?:refresh|ref|update|up)\\b");

  private static final Pattern INSTALL =
      Pattern.compile(
          "\\b(?:apt|apt-get|aptitude)"
              + OPTIONS
              + "install\\b|\\bapk"
              + OPTIONS
              + "add\\b|\\b(?:yum|dnf|microdnf)"
              + OPTIONS
              + "(?:install|localinstall|groupinstall)\\b|\\bzypper"
              + OPTIONS
              + "(?:install|in)\\b");

  private static final Pattern UNVERIFIED =
      Pattern.compile(
          "--allow-unauthenticated\\b|--force-yes\\b|--nogpgcheck\\b|--no-gpg-checks?\\b"
              + "|--allow-untrusted\\b|\\btrusted=yes\\b|--no-check-certificate\\b|--trusted-host\\b"
              + "|\\bcurl\\b[^|;&]{0,2000}\\s(?:--insecure\\b|-[A-Za-z]{0,20}k[A-Za-z]{0,20}(?=\\s|$))"
              + "|\\b(?:curl|wget)\\b[^|;&]{0,2000}\\|\\s*(?:sudo\\s+(?:-\\S++\\s++)*+)?(?:/\\S{0,100}/)?"
              + "(?:ba|da|z|k|a)?sh\\b");

  private static final Pattern ARCHIVE =
      Pattern.compile("(?i)\\S+\\.(?:tar|tar\\.(?:gz|bz2|xz|zst|z)|tgz|tbz2?|txz|tzst|zip)");
  private static final Pattern REMOTE = Pattern.compile("(?i)(?:https?|ftp|git|ssh)://.*|git@.*");

  private ImageHistoryChecks() {}

  static final Check UPDATED_WITH_INSTALL =
      RuleBuilder.image("IMG-UPDATEALONE", LOW)
          .advisory()
          .cis("4.7")
          .nist("4.1.1")
          .linuxOnly()
          .title("Package index refresh and install happen in one step")
          .rationale(
              "A refresh in a layer of its own is kept, and later builds install what was current"
                  + " then.")
          .remediation("Join them in one RUN: apt-get update && apt-get install -y ….")
          .judgedBy(ImageChecks.inUse(ImageHistoryChecks::updatedWithInstall));

  static final Check COPIED =
      RuleBuilder.image("IMG-ADD", LOW)
          .advisory()
          .cis("4.9")
          .nist("4.1.2")
          .title("Files come in with COPY, not ADD")
          .rationale("ADD fetches from anywhere and unpacks what it gets, unseen.")
          .remediation("Use COPY; fetch with a checksum, and unpack, in a step that shows it.")
          .judgedBy(ImageChecks.inUse(ImageHistoryChecks::copied));

  static final Check VERIFIED =
      RuleBuilder.image("IMG-VERIFIEDPKG", MEDIUM)
          .cis("4.11")
          .nist("4.1.5")
          .title("Packages were installed with signature checks")
          .rationale("Whoever sits between the build and its sources decides what is installed.")
          .remediation(
              "Remove the option that skips the check; fetch scripts and keys with a checksum.")
          .judgedBy(ImageChecks.inUse(ImageHistoryChecks::verified));

  static final Check FROM_A_RECIPE =
      RuleBuilder.image("IMG-COMMITTED", HIGH)
          .nist("4.1.5")
          .title("Image was built from a recipe, not committed from a container")
          .rationale(
              "A commit freezes whatever was written, data and secrets too, and nobody can build it"
                  + " again.")
          .remediation("Write a Dockerfile, and move data to a volume first.")
          .judgedBy(ImageChecks.inUse(ImageHistoryChecks::fromRecipe));

  private static Verdict updatedWithInstall(Examination x) {
    ImageHistory history = ImageHistory.of(x);
    return judge(
        x,
        history,
        history.own(),
        step -> UPDATE.matcher(step.command()).find() && !INSTALL.matcher(step.command()).find());
  }

  private static Verdict verified(Examination x) {
    ImageHistory history = ImageHistory.of(x);
    return judge(x, history, history.steps(), step -> UNVERIFIED.matcher(step.command()).find());
  }

  private static Verdict judge(
      Examination x, ImageHistory history, List<Step> steps, Predicate<Step> fails) {
    if (history.isEmpty()) {
      return x.unknown("the image has no history");
    }
    List<Evidence> failed = new ArrayList<>();
    List<Evidence> silent = new ArrayList<>();
    for (Step step : steps) {
      if (fails.test(step)) {
        failed.add(ImageHistory.evidence(x, step));
      } else if (isSilent(step)) {
        silent.add(ImageHistory.evidence(x, step));
      }
    }
    if (!failed.isEmpty()) {
      return x.fail(failed, null);
    }
    return silent.isEmpty() ? x.pass() : x.unknown(silent, "a step does not say what it did");
  }

  private static boolean isSilent(Step step) {
    return step.command().equals("<missing>") || (step.command().isEmpty() && step.size() > 0);
  }

  private static Verdict copied(Examination x) {
    ImageHistory history = ImageHistory.of(x);
    if (history.isEmpty()) {
      return x.unknown("the image has no history");
    }
    List<Evidence> added = new ArrayList<>();
    List<Evidence> hidden = new ArrayList<>();
    for (Step step : history.own()) {
      boolean oldest = step.equals(history.steps().getFirst());
      switch (step.keyword().equals("ADD") ? add(step.argument(), oldest) : Outcome.PASS) {
        case FAIL -> added.add(ImageHistory.evidence(x, step));
        case UNKNOWN -> hidden.add(ImageHistory.evidence(x, step));
        default -> {}
      }
    }
    if (!added.isEmpty()) {
      return x.fail(added, null);
    }
    return hidden.isEmpty() ? x.pass() : x.unknown(hidden, "the history hides what was added");
  }

  /**
   * What an ADD took in.
   *
   * @param oldest whether it is the first step of all: then it is a root filesystem
   */
  private static Outcome add(String argument, boolean oldest) {
    String text = argument.replaceFirst("\\s*# buildkit$", "").strip();
    // The classic builder keeps a hash in the place of the name
    if (text.startsWith("file:") || text.startsWith("multi:")) {
      return oldest && text.endsWith(" in /") ? Outcome.PASS : Outcome.UNKNOWN;
    }
    if (text.startsWith("dir:") || (oldest && text.startsWith("rootfs"))) {
      return Outcome.PASS;
    }
    String[] words = text.split("\\s+");
    for (int i = 0; i < words.length - 1; i++) {
      boolean option = words[i].startsWith("--");
      if (!option && (REMOTE.matcher(words[i]).matches() || ARCHIVE.matcher(words[i]).matches())) {
        boolean root = oldest && words[words.length - 1].equals("/");
        return root && !REMOTE.matcher(words[i]).matches() ? Outcome.PASS : Outcome.FAIL;
      }
    }
    return Outcome.PASS;
  }

  private static Verdict fromRecipe(Examination x) {
    JsonNode committed = x.observation().peek(COMMITTED);
    if (ImageOriginChecks.isDeclared(x, Declaration.UNBUILT_IMAGE)) {
      return x.pass("declared as known and wanted");
    }
    if (committed.asBoolean(false)) {
      x.observation().look(COMMITTED);
      return x.fail(
          List.of(x.observation().evidence(COMMITTED.path(), committed)),
          "the engine told of a commit that made it");
    }
    ImageHistory history = ImageHistory.of(x);
    if (history.isEmpty()) {
      return x.unknown("the image has no history");
    }
    boolean watched = committed.isBoolean();
    if (watched) {
      x.observation().look(COMMITTED);
    }
    return recipe(x, history, watched);
  }

  private static Verdict recipe(Examination x, ImageHistory history, boolean watched) {
    List<Evidence> unclear = new ArrayList<>();
    @Nullable String why = null;
    for (Step step : history.own()) {
      Evidence evidence = ImageHistory.evidence(x, step);
      if (step.comment().toLowerCase(Locale.ROOT).startsWith("imported from")) {
        return x.fail(
            List.of(evidence, ImageHistory.comment(x, step)), "imported: it cannot be built again");
      }
      if (step.isBareCommand() && !step.comment().isEmpty()) {
        return x.fail(
            List.of(evidence, ImageHistory.comment(x, step)),
            "a commit leaves such a command and comment");
      }
      boolean newest = step.equals(history.steps().getLast());
      if (isSilent(step)) {
        unclear.add(evidence);
        why = "a step does not say what it did";
      } else if (!watched && step.isBareCommand()) {
        unclear.add(evidence);
        why = "a commit leaves such a command, and so does RUN in its exec form";
      } else if (!watched && newest && step.startsShell() && !step.isBuildKit()) {
        unclear.add(evidence);
        why = "a commit of a shell's container looks like the last step of a classic build";
      }
    }
    return why == null ? x.pass() : x.unknown(unclear, why);
  }
}
