package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import dev.plimsoll.checklist.Mask.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Secrets that lie where everybody who may inspect a host reads them. */
final class SecretChecks {
  private static final Field ENV = Field.of(".Config.Env");
  private static final Field IMAGE_CONFIG = Field.of(".inspect.Config");
  private static final Field IMAGE_ENV = Field.of(".inspect.Config.Env");
  private static final Field IMAGE_LABELS = Field.of(".inspect.Config.Labels");
  private static final Field OPTIONS = Field.of(".Options");

  /** A name whose value begins where the text ends. */
  private static final Pattern NAME_BEFORE = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)=[\"']?$");

  private static final Pattern OPEN_PASSWORD = Pattern.compile("(?:^|,)pass(?:word)?=[^,]");

  private SecretChecks() {}

  static final Check NOT_IN_ENVIRONMENT =
      RuleBuilder.container("CTR-ENVSECRET", HIGH)
          .nist("4.1.4")
          .title("No password in environment variables")
          .rationale("Variables show in inspect, in crash reports and in every child process.")
          .remediation(
              "Mount a secret below /run/secrets and name its file in a variable that ends in"
                  + " _FILE. Change what was exposed.")
          .judgedBy(SecretChecks::notInEnvironment);

  static final Check NOT_IN_HISTORY =
      RuleBuilder.image("IMG-SECRETHIST", HIGH)
          .cis("4.10")
          .nist("4.1.4")
          .title("No secret in build steps, variables or labels")
          .rationale("Build arguments, variables and labels go with the image to all who pull it.")
          .remediation(
              "Hand secrets to the build with RUN --mount=type=secret, and change what was exposed.")
          .judgedBy(ImageChecks.inUse(SecretChecks::notInHistory));

  static final Check NOT_IN_OPTIONS =
      RuleBuilder.volume("VOL-OPTSECRET", MEDIUM)
          .nist("4.1.4")
          .title("No password in volume options")
          .rationale("Whoever may list volumes reads their options.")
          .remediation("Name a credentials file on the host: -o o=credentials=/etc/share.cred.")
          .judgedBy(SecretChecks::notInOptions);

  private static Verdict notInEnvironment(Examination x) {
    List<Evidence> secrets = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    judgeVariables(x.document(), ENV.path(), x.document().array(ENV), secrets, unclear);
    return verdict(x, secrets, unclear);
  }

  private static Verdict verdict(Examination x, List<Evidence> secrets, List<Evidence> unclear) {
    if (!secrets.isEmpty()) {
      return x.fail(secrets, null);
    }
    if (!unclear.isEmpty()) {
      return x.unknown(unclear, "the mask does not say enough to judge");
    }
    return x.pass();
  }

  private static Verdict notInHistory(Examination x) {
    Source image = x.document();
    ImageHistory history = ImageHistory.of(x);
    List<Evidence> secrets = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    JsonNode env = image.objectOrAbsent(IMAGE_CONFIG, IMAGE_CONFIG).path("Env");
    if (env.isArray()) {
      judgeVariables(image, IMAGE_ENV.path(), env, secrets, unclear);
    }
    for (Map.Entry<String, JsonNode> label : image.peek(IMAGE_LABELS).properties()) {
      Evidence evidence = image.evidence(IMAGE_LABELS.member(label.getKey()), label.getValue());
      add(value(label.getKey(), label.getValue().asString("")), evidence, secrets, unclear);
    }
    for (ImageHistory.Step step : history.steps()) {
      add(text(step.command()), ImageHistory.evidence(x, step), secrets, unclear);
    }
    return history.isEmpty() && secrets.isEmpty()
        ? x.unknown("the image has no history")
        : verdict(x, secrets, unclear);
  }

  private static Verdict notInOptions(Examination x) {
    Source volume = x.document();
    JsonNode options = volume.objectOrNull(OPTIONS);
    if (options.isNull()) {
      return x.notApplicable("it has no options");
    }
    List<Evidence> secrets = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      String value = option.getValue().asString("");
      String path = OPTIONS.member(option.getKey());
      if (OPEN_PASSWORD.matcher(value).find()) {
        secrets.add(volume.redacted(path, CompactJson.text("pass=…")));
      } else {
        add(
            value(option.getKey(), value),
            volume.evidence(path, option.getValue()),
            secrets,
            unclear);
      }
    }
    return verdict(x, secrets, unclear);
  }

  private static void add(
      Outcome outcome, Evidence evidence, List<Evidence> secrets, List<Evidence> unclear) {
    switch (outcome) {
      case FAIL -> secrets.add(evidence);
      case UNKNOWN -> unclear.add(evidence);
      default -> {}
    }
  }

  private static Outcome value(String name, String value) {
    List<Mask> masks = Mask.find(value);
    return masks.isEmpty() ? judge(name, value) : judge(name, value, masks);
  }

  /**
   * A build step. What a shell line assigns may be the name of another variable, which its mask no
   * longer shows; a build argument, or anything else that is kept as it was given, is a secret.
   */
  private static Outcome text(String command) {
    int shell = command.indexOf("/bin/sh -c");
    // Build arguments, where there are any, stand before the shell
    boolean run = shell >= 0 && !command.contains("#(nop)");
    Outcome outcome = Outcome.PASS;
    int from = 0;
    for (Mask mask : Mask.find(command)) {
      String text = mask.text();
      int at = Math.max(command.indexOf(text, from), from);
      Matcher name = NAME_BEFORE.matcher(command).region(Math.max(0, at - 100), at);
      boolean named = name.find();
      Outcome one;
      if (mask.shape() == Shape.UNKNOWN) {
        one = Outcome.UNKNOWN;
      } else if (mask.shape().secretByItself()) {
        one = Outcome.FAIL;
      } else if (mask.shape().neverSecret() || (named && !SecretNames.matches(name.group(1)))) {
        one = Outcome.PASS;
      } else if (run && at > shell) {
        boolean mounted = command.startsWith(" /run/secrets/", at + text.length());
        one = mounted ? Outcome.PASS : Outcome.UNKNOWN;
      } else {
        one = Outcome.FAIL;
      }
      if (one == Outcome.FAIL) {
        return one;
      }
      outcome = one == Outcome.UNKNOWN ? one : outcome;
      from = at + text.length();
    }
    return outcome;
  }

  /**
   * Finds secrets among variables of the form {@code NAME=value}.
   *
   * @param path where the list stands, for evidence
   */
  static void judgeVariables(
      Source source, String path, JsonNode env, List<Evidence> secrets, List<Evidence> unclear) {
    for (int i = 0; i < env.size(); i++) {
      String place = path + "[" + i + "]";
      String entry = source.textOf(place, env.get(i));
      int equals = entry.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String name = entry.substring(0, equals);
      String value = entry.substring(equals + 1);
      List<Mask> masks = Mask.find(value);
      switch (masks.isEmpty() ? judge(name, value) : judge(name, value, masks)) {
        case FAIL ->
            secrets.add(
                masks.isEmpty()
                    // Not masked, so not shown either
                    ? source.redacted(place, CompactJson.text(name + "=…"))
                    : source.evidence(place, env.get(i)));
        case UNKNOWN -> unclear.add(source.evidence(place, env.get(i)));
        default -> {}
      }
    }
  }

  private static Outcome judge(String name, String value) {
    Shape shape = SecretShapes.classify(value);
    if (shape.secretByItself()) {
      return Outcome.FAIL;
    }
    return SecretNames.matches(name) && !shape.neverSecret() ? Outcome.FAIL : Outcome.PASS;
  }

  private static Outcome judge(String name, String value, List<Mask> masks) {
    // A mask in the middle of a value stands where masking saw a secret, whatever the name
    boolean secretName = SecretNames.matches(name) || Mask.parse(value) == null;
    Outcome outcome = Outcome.PASS;
    for (Mask mask : masks) {
      if (mask.shape() == Shape.UNKNOWN) {
        outcome = Outcome.UNKNOWN;
      } else if (mask.shape().secretByItself() || (secretName && !mask.shape().neverSecret())) {
        return Outcome.FAIL;
      }
    }
    return outcome;
  }
}
