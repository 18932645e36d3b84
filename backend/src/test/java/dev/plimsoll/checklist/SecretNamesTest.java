package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASS",
        "DB_PASS",
        "PASS_DB",
        "db_pass",
        "JENKINS_PSW",
        "PASSWORD",
        "PGPASSWORD",
        "MYSQL_ROOT_PASSWORD",
        "Db_Password",
        "dbPassword",
        "MYSQL_PASSWD",
        "CLIENT_SECRET",
        "SECRET_KEY_BASE",
        "TOKEN",
        "GITHUBTOKEN",
        "API_KEY",
        "APIKEY",
        "STRIPE_API_KEY",
        "PRIVATE_KEY",
        "SSH_PRIVATEKEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "CREDENTIAL",
        "spring.datasource.password"
      })
  void promiseASecret(String name) {
    assertThat(SecretNames.matches(name)).isTrue();
    assertThat(SecretNames.mustMask(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "COMPASS",
        "COMPASS_URL",
        "BYPASS",
        "PASSENGER_COUNT",
        "TOKENIZERS_PARALLELISM",
        "MAX_TOKENS",
        "SECRETARY",
        "KEY",
        "KEYBOARD_LAYOUT",
        "API_KEYS_URL",
        "PUBLIC_KEY",
        "DB_PASSWORD_FILE",
        "db_password_file",
        ""
      })
  void promiseNone(String name) {
    assertThat(SecretNames.matches(name)).isFalse();
    assertThat(SecretNames.mustMask(name)).isFalse();
  }

  @Test
  void dataSourceNamesAreMaskedAndJudgedByShape() {
    assertThat(SecretNames.mustMask("SENTRY_DSN")).isTrue();
    assertThat(SecretNames.matches("SENTRY_DSN")).isFalse();
    assertThat(SecretNames.mustMask("DSNET")).isFalse();
  }
}
