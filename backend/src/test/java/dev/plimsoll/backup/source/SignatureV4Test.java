package dev.plimsoll.backup.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureV4Test {
  private static final Instant AT = Instant.parse("2013-05-24T00:00:00Z");
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final SignatureV4 SIGNATURE =
      new SignatureV4(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, "us-east-1");

  @ParameterizedTest
  @CsvSource({
    "/?lifecycle=, fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    "/?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  })
  @DisplayName("GET without a body: the signatures of AWS's published examples")
  void published(String address, String signature) {
    assertThat(
            SIGNATURE.headers(URI.create("https://examplebucket.s3.amazonaws.com" + address), AT))
        .containsEntry("x-amz-date", "20130524T000000Z")
        .containsEntry("x-amz-content-sha256", EMPTY)
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature="
                + signature);
  }

  @Test
  @DisplayName("Every header that is given is signed: AWS's published example with a range")
  void range() {
    assertThat(
            SIGNATURE.authorization(
                URI.create("https://examplebucket.s3.amazonaws.com/test.txt"),
                Map.of(
                    "range",
                    "bytes=0-9",
                    "x-amz-content-sha256",
                    EMPTY,
                    "x-amz-date",
                    "20130524T000000Z"),
                AT))
        .endsWith(
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  @DisplayName("A query is sorted, and all but unreserved characters are escaped")
  void query() {
    assertThat(SignatureV4.query(Map.of("prefix", "a b/ü~*+", "list-type", "2")))
        .isEqualTo("list-type=2&prefix=a%20b%2F%C3%BC~%2A%2B");
  }

  @Test
  @DisplayName("A session's token is sent and signed")
  void session() {
    assertThat(
            new SignatureV4("key", "secret", "token", "eu-west-1")
                .headers(URI.create("http://127.0.0.1:9000/bucket?a=b"), AT))
        .containsEntry("x-amz-security-token", "token")
        .extractingByKey("Authorization")
        .asString()
        .contains("/eu-west-1/s3/", ";x-amz-date;x-amz-security-token,")
        .doesNotContain("secret");
  }
}
