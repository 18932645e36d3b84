package dev.plimsoll.scanning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ImageFilesReaderTest {
  private static final String KEY =
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAtkZ9p8gYvMZK\n-----END RSA PRIVATE KEY-----\n";

  private static JsonNode read(InputStream save) throws IOException {
    return new ImageFilesReader(ArchiveLimits.DEFAULT).read(save);
  }

  private static JsonNode read(SavedImage image) throws IOException {
    return read(image.classic());
  }

  private static List<String> paths(JsonNode report, String list) {
    List<String> paths = new ArrayList<>();
    report.path(list).forEach(entry -> paths.add(entry.path("path").asString("")));
    return paths;
  }

  @Test
  @DisplayName("set-id files are listed with mode and layer; a set-group-id directory is none")
  void setId() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.directory("var/mail", 02775)
                            .file("bin/su", 04755, "su")
                            .file("bin/plain", 0755, "plain"))
                .layer(tar -> tar.file("usr/bin/wall", 02755, "wall")));
    assertThat(paths(report, "setId")).containsExactly("/bin/su", "/usr/bin/wall");
    assertThat(report.path("setId").path(0).path("mode").asString()).isEqualTo("4755");
    assertThat(report.path("setId").path(1).path("layer").asInt()).isEqualTo(1);
    assertThat(report.path("layers").size()).isEqualTo(2);
  }

  @Test
  @DisplayName("a later layer hides a file by deleting, replacing or covering it, or what holds it")
  void hidden() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file("deleted", 04755, "x")
                            .file("replaced", 04755, "x")
                            .file("opaque/in", 04755, "x")
                            .file("gone/deep/in", 04755, "x")
                            .file("file/in", 04755, "x")
                            .file("link/in", 04755, "x")
                            .file("directory", 04755, "x")
                            .file("kept/in", 04755, "x")
                            .file("keptalso", 04755, "x"))
                .layer(
                    tar ->
                        tar.file(".wh.deleted", 0, "")
                            .file("replaced", 0755, "x")
                            .directory("opaque", 0755)
                            .file("opaque/.wh..wh..opq", 0, "")
                            .file("opaque/new", 04755, "x")
                            .file(".wh.gone", 0, "")
                            .file("file", 0644, "x")
                            .link("link", "/elsewhere", false)
                            .directory("directory", 0755)
                            .directory("kept", 0755)
                            .file("kept/.wh.other", 0, "")
                            .file(".wh..wh.plnk", 0, "")));
    assertThat(paths(report, "setId")).containsExactly("/kept/in", "/keptalso", "/opaque/new");
  }

  @Test
  @DisplayName("a deletion does not reach files of its own or of later layers")
  void whiteoutsLookDown() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(tar -> tar.file(".wh.su", 0, "").file("su", 04755, "x"))
                .layer(tar -> tar.directory("bin", 0755))
                .layer(tar -> tar.file("bin/late", 04755, "x")));
    assertThat(paths(report, "setId")).containsExactly("/bin/late", "/su");
  }

  @Test
  @DisplayName("the last entry of one name in a layer is the one that counts")
  void lastEntryCounts() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file("a", 04755, "x")
                            .file("./a", 0755, "x")
                            .file("b", 0755, "x")
                            .file("c/../b", 04755, "x")));
    assertThat(paths(report, "setId")).containsExactly("/b");
  }

  @Test
  @DisplayName("a file with several names counts once, and shows while one of them does")
  void hardLinks() throws IOException {
    SavedImage image =
        new SavedImage()
            .layer(
                tar ->
                    tar.file("bin/sudo", 04755, "x")
                        .link("bin/sudoedit", "bin/sudo", true)
                        .link("bin/sudosoft", "bin/sudo", false))
            .layer(tar -> tar.file("bin/.wh.sudo", 0, ""));
    JsonNode report = read(image);
    assertThat(paths(report, "setId")).containsExactly("/bin/sudoedit");
    assertThat(report.path("setId").path(0).path("names").asInt()).isEqualTo(1);
  }

  @Test
  @DisplayName("file capabilities come from the extended attribute")
  void capabilities() throws IOException {
    // VFS_CAP_REVISION_2 with CAP_NET_RAW (13) permitted and effective
    char[] data = new char[20];
    data[0] = 1;
    data[3] = 2;
    data[5] = 0x20;
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file(
                                "bin/ping",
                                0755,
                                SavedImage.utf8("x"),
                                Map.of("SCHILY.xattr.security.capability", new String(data)))
                            .file(
                                "bin/other",
                                0755,
                                SavedImage.utf8("x"),
                                Map.of("SCHILY.xattr.user.mime", "text"))));
    assertThat(paths(report, "capabilities")).containsExactly("/bin/ping");
    assertThat(report.path("capabilities").path(0).path("permitted").asString())
        .isEqualTo("0000000000002000");
  }

  @Test
  @DisplayName("accounts are those of the files that show, and no hash is kept")
  void accounts() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(tar -> tar.file("etc/passwd", 0644, "old:x:0:0::/:/bin/sh\n"))
                .layer(
                    tar ->
                        tar.file(
                                "etc/passwd",
                                0644,
                                """
                                root:x:0:0::/:/bin/sh
                                toor::0:0::/:/bin/sh
                                app:x:1000:1000:::
                                broken
                                :x:0:0:::
                                odd:x:-1:0:::
                                """)
                            .file(
                                "etc/shadow", 0640, "root:$6$salt$secrethash:1::\nguest::1::\n")));
    JsonNode accounts = report.path("accounts");
    assertThat(accounts.path("uid0").toString()).isEqualTo("[\"root\",\"toor\"]");
    assertThat(accounts.path("passwordless").toString()).isEqualTo("[\"guest\",\"toor\"]");
    assertThat(accounts.path("users").toString()).isEqualTo("{\"app\":1000,\"root\":0,\"toor\":0}");
    assertThat(accounts.path("passwdFile").asString()).isEqualTo("read");
    assertThat(report.toString()).doesNotContain("secrethash");
  }

  @Test
  @DisplayName("an account file that was deleted is absent, and one that is a link is odd")
  void oddAccounts() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file("etc/passwd", 0644, "root:x:0:0:::\n")
                            .file("etc/shadow", 0640, "root::1::\n"))
                .layer(
                    tar ->
                        tar.file("etc/.wh.passwd", 0, "")
                            .link("etc/shadow", "/nix/shadow", false)));
    assertThat(report.path("accounts").path("passwdFile").asString()).isEqualTo("absent");
    assertThat(report.path("accounts").path("shadowFile").asString()).isEqualTo("odd");
    assertThat(report.path("accounts").path("uid0")).isEmpty();
  }

  @Test
  @DisplayName("secrets are told by name and content, in every layer, and only their hash is kept")
  void secrets() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file("app/server.key", 0600, KEY)
                            .file("root/.aws/credentials", 0600, "[default]\n")
                            .file(
                                "root/.docker/config.json",
                                0600,
                                "{\"auths\":{\"r\":{\"auth\":\"eA==\"}}}")
                            .file("root/.npmrc", 0600, "//registry/:_authToken=abc")
                            .file("root/.pypirc", 0600, "[pypi]\npassword = abc\n")
                            .file("home/id_ed25519", 0600, "x")
                            .file("home/vault.kdbx", 0600, "x")
                            .file(
                                "pgp.asc",
                                0600,
                                "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\nlQOYBFabcdefghijklmnop\n"))
                .layer(tar -> tar.file("app/.wh.server.key", 0, "")));
    assertThat(report.path("secrets"))
        .extracting(secret -> secret.path("path").asString() + " " + secret.path("kind").asString())
        .containsExactly(
            "/app/server.key private-key",
            "/root/.aws/credentials aws-credentials",
            "/root/.docker/config.json registry-login",
            "/root/.npmrc npm-token",
            "/root/.pypirc pypi-password",
            "/home/id_ed25519 ssh-key",
            "/home/vault.kdbx password-safe",
            "/pgp.asc private-key");
    JsonNode key = report.path("secrets").path(0);
    assertThat(key.path("sha256").asString()).isEqualTo(SavedImage.sha256(SavedImage.utf8(KEY)));
    assertThat(key.path("shows").asBoolean()).isFalse();
    assertThat(report.toString()).doesNotContain("MIIEow").doesNotContain("eA==");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          etc/ssl/cert.pem         | -----BEGIN CERTIFICATE-----\\nMIIEowIBAAKCAQEAtkZ9p8gYvMZK
          usr/lib/libcrypto.so     | \\0ELF-----BEGIN PRIVATE KEY-----\\nMIIEowIBAAKCAQEAtkZ9
          usr/lib/parser.py        | header = "-----BEGIN PRIVATE KEY-----"
          doc/howto.txt            | -----BEGIN PRIVATE KEY-----\\n...
          root/id_rsa.pub          | ssh-rsa AAAA
          root/.docker/config.json | {"auths":{},"credsStore":"pass"}
          root/.npmrc              | //registry/:_authToken=${NPM_TOKEN}
          root/.pypirc             | [pypi]\\nusername = __token__
          etc/credentials          | x
          root/.aws/credentials    |
          """)
  @DisplayName("what only resembles a secret is none")
  void noSecrets(String path, String content) throws IOException {
    String text = content == null ? "" : content.strip().replace("\\n", "\n").replace("\\0", "\0");
    JsonNode report = read(new SavedImage().layer(tar -> tar.file(path.strip(), 0644, text)));
    assertThat(report.path("secrets")).isEmpty();
  }

  @Test
  @DisplayName("a long file is hashed to its end")
  void longSecret() throws IOException {
    byte[] safe = new byte[300_000];
    new Random(7).nextBytes(safe);
    JsonNode report = read(new SavedImage().layer(tar -> tar.file("a.kdbx", 0600, safe, Map.of())));
    assertThat(report.path("secrets").path(0).path("sha256").asString())
        .isEqualTo(SavedImage.sha256(safe));
  }

  @Test
  @DisplayName("login servers and compilers are programs, wherever their name alone is not enough")
  void programs() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar ->
                        tar.file("usr/sbin/sshd", 0755, "x")
                            .link("usr/bin/cc", "gcc-12", false)
                            .directory("usr/lib/gcc", 0755)
                            .file("usr/share/doc/make", 0644, "x")
                            .file("usr/sbin/dropbear", 0755, "x"))
                .layer(tar -> tar.file("usr/sbin/.wh.dropbear", 0, "")));
    assertThat(paths(report, "programs")).containsExactly("/usr/bin/cc", "/usr/sbin/sshd");
    assertThat(report.path("programs").path(1).path("login").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  @DisplayName("an OCI layout tells the same as the classic form")
  void oci(SavedImage.Compression compression) throws IOException {
    SavedImage image =
        new SavedImage()
            .layer(tar -> tar.file("bin/su", 04755, "x").file("k.pem", 0600, KEY))
            .layer(tar -> tar.file("bin/.wh.su", 0, "").file("bin/mount", 04755, "x"));
    assertThat(read(image.oci(compression))).isEqualTo(read(image.classic()));
  }

  @Test
  @DisplayName("a layer that is compressed otherwise makes the image unreadable, not clean")
  void unknownCompression() {
    SavedImage image = new SavedImage().layer(tar -> tar.file("a", 04755, "x"));
    assertThatThrownBy(() -> read(image.oci(SavedImage.Compression.XZ)))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("compressed in a way");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 511, 512, 700, 1024, 1600, 2048, 3000})
  @DisplayName("an archive that is cut off anywhere is an error, never a shorter report")
  void cutOff(int length) throws IOException {
    byte[] whole =
        new SavedImage()
            .layer(tar -> tar.file("a", 04755, "x".repeat(900)))
            .classic()
            .readAllBytes();
    assertThatThrownBy(() -> read(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("bytes at random never do anything but end the reading")
  void randomBytes() throws IOException {
    Random random = new Random(20261124);
    byte[] whole =
        new SavedImage()
            .layer(tar -> tar.file("a", 04755, "x").link("b", "a", true))
            .oci(SavedImage.Compression.GZIP)
            .readAllBytes();
    int ended = 0;
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 8; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(new ByteArrayInputStream(damaged));
      } catch (IOException e) {
        ended++;
      }
    }
    assertThat(ended).isPositive();
  }

  @Test
  @DisplayName("archives that are built to exhaust the reader are given up")
  void bounds() {
    SavedImage big =
        new SavedImage().layer(tar -> tar.file("zeros", 0644, new byte[2_000_000], Map.of()));
    assertThatThrownBy(() -> limited(1_000_000, 100, big.oci(SavedImage.Compression.GZIP)))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("unpacks to more than 1000000");
    SavedImage many =
        new SavedImage()
            .layer(
                tar -> {
                  for (int i = 0; i < 200; i++) {
                    tar.file("f" + i, 0644, "");
                  }
                  return tar;
                });
    assertThatThrownBy(() -> limited(1_000_000_000, 100, many.classic()))
        .hasMessageContaining("more than 100 files");
    SavedImage deep = new SavedImage().layer(tar -> tar.file("d/".repeat(3000) + "f", 0644, ""));
    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("longer than 4096");
  }

  private static void limited(long bytes, int entries, InputStream save) throws IOException {
    new ImageFilesReader(new ArchiveLimits(bytes, entries, 4096, 1 << 20)).read(save);
  }

  @Test
  @DisplayName("a header that claims a gigabyte is refused before it is read")
  void hugeHeader() {
    byte[] header = new byte[1024];
    header[0] = 'a';
    Arrays.fill(header, 124, 135, (byte) '7');
    header[156] = 'x';
    long sum = 8 * ' ';
    for (byte b : header) {
      sum += b & 0xff;
    }
    byte[] digits = SavedImage.utf8("%06o\0 ".formatted(sum));
    System.arraycopy(digits, 0, header, 148, digits.length);
    assertThatThrownBy(() -> read(new ByteArrayInputStream(header)))
        .isInstanceOf(UnreadableImage.class)
        .hasMessageContaining("header");
  }

  @Test
  @DisplayName("more entries than are kept are said to be more")
  void cut() throws IOException {
    JsonNode report =
        read(
            new SavedImage()
                .layer(
                    tar -> {
                      for (int i = 0; i < 300; i++) {
                        tar.file("f" + i, 04755, "");
                      }
                      return tar;
                    }));
    assertThat(report.path("setId").size()).isEqualTo(200);
    assertThat(report.path("cut").toString()).isEqualTo("[\"setId\"]");
  }

  @Test
  @DisplayName("no manifest, or one whose layers are missing, is no image")
  void incomplete() {
    assertThatThrownBy(() -> read(new ByteArrayInputStream(new byte[1024])))
        .hasMessageContaining("no manifest");
    byte[] tar =
        new SavedImage.Tar()
            .file("config.json", 0644, "{\"rootfs\":{\"diff_ids\":[\"sha256:1\"]}}")
            .file(
                "manifest.json",
                0644,
                "[{\"Config\":\"config.json\",\"Layers\":[\"a/layer.tar\"]}]")
            .bytes();
    assertThatThrownBy(() -> read(new ByteArrayInputStream(tar))).hasMessageContaining("not whole");
  }
}
