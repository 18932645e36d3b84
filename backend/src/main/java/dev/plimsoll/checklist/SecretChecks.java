package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;

import dev.plimsoll.checklist.Mask.Shape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Secrets that lie where everybody who may inspect a container reads them. */
final class SecretChecks {
  private static final Field ENV = Field.of(".Config.Env");

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

  private static Verdict notInEnvironment(Examination x) {
    Source container = x.document();
    JsonNode env = container.array(ENV);
    List<Evidence> secrets = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    judgeVariables(container, ENV.path(), env, secrets, unclear);
    if (!secrets.isEmpty()) {
      return x.fail(secrets, null);
    }
    if (!unclear.isEmpty()) {
      return x.unknown(unclear, "the mask does not say enough to judge");
    }
    return x.pass();
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
