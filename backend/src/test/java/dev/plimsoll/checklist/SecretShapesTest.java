package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Mask.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretShapesTest {

  static Stream<Arguments> cases() {
    return Stream.of(
        c("", Shape.EMPTY),
        c("true", Shape.BOOLEAN),
        c("No", Shape.BOOLEAN),
        c("1", Shape.BOOLEAN),
        c("42", Shape.NUMBER),
        c("-3.5", Shape.NUMBER),
        c("/run/secrets/db_password", Shape.SECRETS_PATH),
        c("/run/secrets/../../etc/passwd", Shape.PATH),
        c("/run/secrets/", Shape.PATH),
        c("/etc/ssl/key.pem", Shape.PATH),
        c("./conf/secret.txt", Shape.PATH),
        c("file:///run/key", Shape.PATH),
        c("C:\\ProgramData\\Docker\\secrets\\db", Shape.PATH),
        c("/k3J9xQ2mN8vB5cL7pR4tY6wZ", Shape.TEXT),
        c("/with space and words", Shape.TEXT),
        c("AKIA" + "ABCDEFGHIJKLMNOP", Shape.AWS_KEY),
        c("key=AKIA" + "ABCDEFGHIJKLMNOP;", Shape.AWS_KEY),
        c("AKIA-SHORT", Shape.TEXT),
        c("ghp_" + "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8", Shape.GITHUB_TOKEN),
        c("github_pat_" + "11AAAAAAA0aaaaaaaaaaaa_bbbb", Shape.GITHUB_TOKEN),
        c("-----BEGIN " + "PRIVATE KEY-----\\nMIIE", Shape.PEM),
        c("-----BEGIN " + "RSA PRIVATE KEY-----\nMIIE", Shape.PEM),
        c("-----BEGIN " + "OPENSSH PRIVATE KEY-----\nb3Bl", Shape.PEM),
        c("-----BEGIN CERTIFICATE-----\nMIIB", Shape.TEXT),
        c("eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiJsYWIifQ.c2lnbmF0dXJlLW9m", Shape.JWT),
        c("postgres://app:hunter2@db:5432/app", Shape.URL_CREDENTIALS),
        c("redis://:hunter2@cache", Shape.URL_CREDENTIALS),
        c("app:hunter2@tcp(db:3306)/app", Shape.URL_CREDENTIALS),
        c("app:hunter2@db/app", Shape.URL_CREDENTIALS),
        c("https://registry.example/v2/", Shape.TEXT),
        c("https://app@example.org/", Shape.TEXT),
        c("web:1.0@sha256:0123456789abcdef", Shape.TEXT),
        c("Server=db;User=app;Password=hunter2", Shape.PASSWORD_OPTION),
        c("-Xmx1g -Ddb.password=hunter2", Shape.PASSWORD_OPTION),
        c("password=$DB_PASSWORD", Shape.TEXT),
        c("hunter2", Shape.TEXT));
  }

  private static Arguments c(String value, Shape shape) {
    return Arguments.of(value, shape);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsTheShape(String value, Shape shape) {
    assertThat(SecretShapes.classify(value)).isEqualTo(shape);
  }

  @Test
  void noShapeIsBothASecretAndNone() {
    assertThat(Shape.values()).noneMatch(shape -> shape.secretByItself() && shape.neverSecret());
  }
}
