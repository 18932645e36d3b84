package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Mask.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretChecksTest {

  static Stream<CheckCase> cases() {
    return Stream.of(
        env("PATH=/usr/bin:/bin", Outcome.PASS),
        env("NO_VALUE", Outcome.PASS),
        masked("DB_PASSWORD", Shape.TEXT, Outcome.FAIL),
        masked("DB_PASSWORD", Shape.NUMBER, Outcome.FAIL),
        masked("DB_PASSWORD", Shape.EMPTY, Outcome.PASS),
        masked("DB_PASSWORD", Shape.PATH, Outcome.PASS),
        masked("DB_PASSWORD", Shape.SECRETS_PATH, Outcome.PASS),
        masked("ALLOW_EMPTY_PASSWORD", Shape.BOOLEAN, Outcome.PASS),
        masked("DB_PASSWORD", Shape.UNKNOWN, Outcome.UNKNOWN),
        masked("DB_PASSWORD_FILE", Shape.TEXT, Outcome.PASS),
        masked("DEPLOY", Shape.GITHUB_TOKEN, Outcome.FAIL),
        masked("DEPLOY", Shape.AWS_KEY, Outcome.FAIL),
        masked("DEPLOY", Shape.PEM, Outcome.FAIL),
        masked("SENTRY_DSN", Shape.TEXT, Outcome.PASS),
        masked("SENTRY_DSN", Shape.URL_CREDENTIALS, Outcome.FAIL),
        masked("DATABASE_URL", Shape.URL_CREDENTIALS, Outcome.FAIL),
        masked("DEPLOY_FILE", Shape.GITHUB_TOKEN, Outcome.FAIL),
        env("JAVA_OPTS=-Dpin=" + escaped(Shape.TEXT) + " -Xmx1g", Outcome.FAIL),
        env("JAVA_OPTS=-Dpin=" + escaped(Shape.EMPTY) + " -Xmx1g", Outcome.PASS),
        env("TOKENIZERS_PARALLELISM=false", Outcome.PASS),
        env("COMPASS=north", Outcome.PASS),
        env("MAX_TOKENS=4096", Outcome.PASS),
        env("DB_PASSWORD=hunter2", Outcome.FAIL),
        env("db_password=hunter2", Outcome.FAIL),
        env("JENKINS_PSW=hunter2", Outcome.FAIL),
        env("DB_PASSWORD=/run/secrets/db", Outcome.PASS),
        env("DB_PASSWORD=true", Outcome.PASS),
        given(
            "the entry that fails is named",
            "CTR-ENVSECRET=FAIL@.Config.Env[1]",
            h -> h.set(".Config.Env", "[\"A=b\",\"TOKEN=" + escaped(Shape.TEXT) + "\",\"C=d\"]")),
        given(
            "a secret beside a mask that says nothing",
            "CTR-ENVSECRET=FAIL@.Config.Env[1]",
            h ->
                h.set(
                    ".Config.Env",
                    "[\"TOKEN=%s\",\"TOKEN2_SECRET=%s\"]"
                        .formatted(escaped(Shape.UNKNOWN), escaped(Shape.TEXT)))),
        given("no variables", "CTR-ENVSECRET=PASS", h -> h.set(".Config.Env", "[]")),
        given(
            "variables not stated",
            "CTR-ENVSECRET=UNKNOWN@.Config.Env",
            h -> h.remove(".Config.Env")));
  }

  private static CheckCase masked(String name, Shape shape, Outcome outcome) {
    return env(name + "=" + escaped(shape), outcome);
  }

  private static CheckCase env(String entry, Outcome outcome) {
    return given(
        entry.replace('\\', ' '),
        "CTR-ENVSECRET=" + outcome,
        h -> h.set(".Config.Env", "[\"" + entry + "\"]"));
  }

  private static String escaped(Shape shape) {
    return new Mask("9f02", shape).text().replace("\"", "\\\"");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  @Test
  void evidenceNeverShowsWhatWasNotMasked() {
    Verdict verdict =
        new HostFixture().set(".Config.Env", "[\"DB_PASSWORD=hunter2\"]").judge("CTR-ENVSECRET");
    assertThat(verdict.evidence())
        .singleElement()
        .extracting(Evidence::value)
        .isEqualTo("\"DB_PASSWORD=…\"");
  }
}
