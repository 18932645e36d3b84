package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks of what is inside an image, how it was built and where it comes from. */
class ImageContentChecksTest {
  private static final String SU = "[{\"path\":\"/bin/su\",\"mode\":\"4755\",\"layer\":0}]";
  private static final String ROOT_TAR = "/bin/sh -c #(nop) ADD file:0a1b in / ";
  private static final String SHELL = "/bin/sh -c #(nop)  CMD [\"sh\"]";

  static Stream<CheckCase> cases() {
    return Stream.of(files(), history(), secrets(), committed(), origin()).flatMap(cases -> cases);
  }

  private static Stream<CheckCase> files() {
    return Stream.of(
        given(
            "nothing in it",
            "IMG-SUID=PASS IMG-FILECAPS=PASS IMG-UID0=PASS IMG-PKGS=PASS IMG-SECRETFILE=PASS",
            h -> h.imageFiles(".cut", "[]")),
        given("su", "IMG-SUID=FAIL@.setId[0]", h -> h.imageFiles(".setId", SU)),
        given(
            "su that is known and wanted",
            "IMG-SUID=PASS",
            h -> h.imageFiles(".setId", SU).declare(Declaration.SET_ID_FILE, "/bin/su")),
        given(
            "more than the report keeps, the known ones first",
            "IMG-SUID=UNKNOWN",
            h ->
                h.imageFiles(".setId", SU)
                    .imageFiles(".cut", "[\"setId\"]")
                    .declare(Declaration.SET_ID_FILE, "/bin/su")),
        given(
            "ping with a capability",
            "IMG-FILECAPS=FAIL@.capabilities[0]",
            h -> h.imageFiles(".capabilities", "[{\"path\":\"/bin/ping\",\"layer\":1}]")),
        given(
            "ping whose capability is known",
            "IMG-FILECAPS=PASS",
            h ->
                h.imageFiles(".capabilities", "[{\"path\":\"/bin/ping\",\"layer\":1}]")
                    .declare(Declaration.FILE_CAPABILITY, "/bin/ping")),
        given(
            "a second root",
            "IMG-UID0=FAIL@.accounts.uid0[1]",
            h -> h.imageFiles(".accounts.uid0", "[\"root\",\"toor\"]")),
        given(
            "no password",
            "IMG-UID0=FAIL@.accounts.passwordless[0]",
            h -> h.imageFiles(".accounts.passwordless", "[\"guest\"]")),
        given(
            "account files that are links",
            "IMG-UID0=UNKNOWN",
            h -> h.imageFiles(".accounts.passwdFile", "\"odd\"")),
        given(
            "no account files",
            "IMG-UID0=N/A",
            h -> h.imageFiles(".accounts.passwdFile", "\"absent\"")),
        given(
            "a compiler",
            "IMG-PKGS=FAIL@.programs[0]",
            h -> h.imageFiles(".programs", "[{\"path\":\"/usr/bin/gcc\",\"layer\":0}]")),
        given(
            "a deleted key",
            "IMG-SECRETFILE=FAIL@.secrets[0]",
            h -> h.imageFiles(".secrets", "[{\"path\":\"/k\",\"sha256\":\"aa\",\"layer\":0}]")),
        given(
            "a key for tests",
            "IMG-SECRETFILE=PASS",
            h ->
                h.imageFiles(".secrets", "[{\"path\":\"/k\",\"sha256\":\"aa\",\"layer\":0}]")
                    .declare(Declaration.TEST_KEY, "aa")),
        given(
            "the engine refused to save it",
            "IMG-SUID=UNKNOWN@GET_/x IMG-FILECAPS=UNKNOWN IMG-UID0=UNKNOWN"
                + " IMG-PKGS=UNKNOWN IMG-SECRETFILE=UNKNOWN",
            HostFixture::imageFilesUnread),
        given("not yet read", "IMG-SUID=UNKNOWN", h -> h),
        given(
            "an image that nobody uses",
            "IMG-SUID=N/A IMG-FILECAPS=N/A IMG-UID0=N/A IMG-PKGS=N/A IMG-SECRETFILE=N/A"
                + " IMG-UPDATEALONE=N/A IMG-ADD=N/A IMG-SECRETHIST=N/A IMG-VERIFIEDPKG=N/A"
                + " IMG-COMMITTED=N/A IMG-BASE=N/A IMG-REGISTRY=N/A IMG-SCANNED=N/A"
                + " IMG-VULNCRIT=N/A IMG-MALWARE=N/A IMG-SIGNED=N/A",
            h -> h.imageFiles(".setId", SU).withoutContainer()),
        given(
            "a user whom the image's passwd knows",
            "IMG-USER=PASS",
            h -> h.image(".inspect.Config.User", "\"app\"").imageFiles(".cut", "[]")),
        given(
            "a user who is root by another name",
            "IMG-USER=FAIL",
            h ->
                h.image(".inspect.Config.User", "\"toor\"")
                    .imageFiles(".accounts.users", "{\"toor\":0}")),
        given(
            "a user whom the image's passwd does not know",
            "IMG-USER=UNKNOWN",
            h -> h.image(".inspect.Config.User", "\"nobody\"").imageFiles(".cut", "[]")));
  }

  private static Stream<CheckCase> history() {
    return Stream.of(
        given(
            "no history",
            "IMG-UPDATEALONE=UNKNOWN IMG-ADD=UNKNOWN IMG-SECRETHIST=UNKNOWN"
                + " IMG-VERIFIEDPKG=UNKNOWN IMG-COMMITTED=UNKNOWN",
            h -> h),
        built(
            "update alone",
            "IMG-UPDATEALONE=FAIL@.history[1].CreatedBy",
            "/bin/sh -c apt-get -q update",
            "/bin/sh -c apt-get install -y curl"),
        built(
            "update and install",
            "IMG-UPDATEALONE=PASS",
            "RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends curl # buildkit"),
        built(
            "update with an option that has a value",
            "IMG-UPDATEALONE=FAIL",
            "/bin/sh -c apt-get -o Acquire::Retries=3 update"),
        built(
            "update and upgrade",
            "IMG-UPDATEALONE=FAIL",
            "/bin/sh -c apt update && apt upgrade -y"),
        built("apk add --no-cache", "IMG-UPDATEALONE=PASS", "/bin/sh -c apk add --no-cache curl"),
        built("apk update", "IMG-UPDATEALONE=FAIL", "RUN /bin/sh -c apk update # buildkit"),
        built("dnf makecache", "IMG-UPDATEALONE=FAIL", "/bin/sh -c dnf -y makecache"),
        built("zypper", "IMG-UPDATEALONE=FAIL", "/bin/sh -c zypper --non-interactive refresh"),
        built("a word that ends so", "IMG-UPDATEALONE=PASS", "/bin/sh -c ./self-update.sh update"),
        given(
            "the base image's own steps",
            "IMG-UPDATEALONE=PASS IMG-ADD=PASS",
            h -> steps(h, ROOT_TAR, "/bin/sh -c apt-get update", SHELL, "/bin/sh -c make")),
        given(
            "the base image is on the host too",
            "IMG-UPDATEALONE=PASS",
            h ->
                steps(h, "/bin/sh -c apk update", "COPY app /app # buildkit")
                    .otherImage("[]")
                    .otherImageHas(".inspect.RootFS.Layers", "[\"sha256:01\"]")
                    .otherImageHas(".history", "[{\"CreatedBy\":\"x\"}]")),
        given(
            "a squashed step",
            "IMG-UPDATEALONE=UNKNOWN IMG-VERIFIEDPKG=UNKNOWN IMG-COMMITTED=UNKNOWN",
            h -> step(h, "", "merge sha256:01 to sha256:02", 4096)),
        built("COPY", "IMG-ADD=PASS", "COPY a.tar.gz /x # buildkit"),
        built("ADD of a URL", "IMG-ADD=FAIL", "ADD https://example.com/a /x # buildkit"),
        built("ADD of a repository", "IMG-ADD=FAIL", "ADD git@github.com:a/b.git /x # buildkit"),
        built("ADD of an archive", "IMG-ADD=FAIL", "ADD --chown=1:1 a.tar.gz /x # buildkit"),
        built("ADD of a plain file", "IMG-ADD=PASS", "ADD app.conf /etc/ # buildkit"),
        given(
            "ADD by the classic builder, which hides the name",
            "IMG-ADD=UNKNOWN",
            h -> steps(h, ROOT_TAR, "/bin/sh -c #(nop) ADD file:0a1b in /app ")),
        given("the root filesystem of a base image", "IMG-ADD=PASS", h -> steps(h, ROOT_TAR)),
        built(
            "signatures checked",
            "IMG-VERIFIEDPKG=PASS",
            "/bin/sh -c curl -fsSLo key https://x && gpg --import key"),
        built("curl -k", "IMG-VERIFIEDPKG=FAIL", "/bin/sh -c curl -fsSk https://x -o y"),
        built(
            "curl | sh",
            "IMG-VERIFIEDPKG=FAIL",
            "/bin/sh -c curl -fsSL https://x | sudo -E bash -"),
        built("wget | sh", "IMG-VERIFIEDPKG=FAIL", "/bin/sh -c wget -qO- https://x | /bin/sh"),
        built(
            "trusted=yes",
            "IMG-VERIFIEDPKG=FAIL",
            "/bin/sh -c echo 'deb [trusted=yes] http://x ./' > /etc/apt/sources.list"),
        built(
            "--allow-untrusted", "IMG-VERIFIEDPKG=FAIL", "/bin/sh -c apk add --allow-untrusted a"),
        built(
            "pip --trusted-host",
            "IMG-VERIFIEDPKG=FAIL",
            "/bin/sh -c pip install --trusted-host x y"));
  }

  private static Stream<CheckCase> secrets() {
    return Stream.of(
        built("no secret", "IMG-SECRETHIST=PASS", "COPY app /app # buildkit"),
        built(
            "a build argument",
            "IMG-SECRETHIST=FAIL@.history[0].CreatedBy",
            "|1 TOKEN=" + mask("text") + " /bin/sh -c make"),
        built("ENV in a step", "IMG-SECRETHIST=FAIL", "ENV DB_PASSWORD=" + mask("text")),
        built(
            "a token by its form",
            "IMG-SECRETHIST=FAIL",
            "RUN /bin/sh -c git clone " + mask("url-credentials") + " # buildkit"),
        built(
            "what a shell line assigns may be a variable's name",
            "IMG-SECRETHIST=UNKNOWN",
            "RUN /bin/sh -c PASSWORD=" + mask("text") + " make # buildkit"),
        built(
            "a mounted secret that is read",
            "IMG-SECRETHIST=PASS",
            "RUN /bin/sh -c TOKEN=" + mask("text") + " /run/secrets/token) make # buildkit"),
        built(
            "a data source name without a password",
            "IMG-SECRETHIST=PASS",
            "ENV APP_DSN=" + mask("text")),
        built("a mask of a later version", "IMG-SECRETHIST=UNKNOWN", "ENV A_TOKEN=" + mask("odd")),
        given(
            "a variable of the configuration",
            "IMG-SECRETHIST=FAIL@.inspect.Config.Env[0]",
            h ->
                steps(h, SHELL)
                    .image(".inspect.Config.Env", "[" + quoted("API_KEY=" + mask("text")) + "]")),
        given(
            "a label",
            "IMG-SECRETHIST=FAIL@.inspect.Config.Labels['api.token']",
            h ->
                steps(h, SHELL)
                    .image(
                        ".inspect.Config.Labels", "{\"api.token\":" + quoted(mask("text")) + "}")),
        options("null", "VOL-OPTSECRET=N/A"),
        options("{}", "VOL-OPTSECRET=PASS"),
        options("{\"type\":\"nfs\",\"o\":\"addr=10.0.0.1,rw\"}", "VOL-OPTSECRET=PASS"),
        options(
            "{\"o\":" + quoted("username=" + mask("password-option")) + "}", "VOL-OPTSECRET=FAIL"),
        options("{\"o\":\"username=u,pass=x\"}", "VOL-OPTSECRET=FAIL@.Options['o']"),
        options("{\"password\":" + quoted(mask("text")) + "}", "VOL-OPTSECRET=FAIL"),
        options("{\"password_file\":\"/etc/share.cred\"}", "VOL-OPTSECRET=PASS"),
        options("{\"token\":" + quoted(mask("odd")) + "}", "VOL-OPTSECRET=UNKNOWN"));
  }

  private static Stream<CheckCase> committed() {
    return Stream.of(
        built(
            "a classic build",
            "IMG-COMMITTED=PASS",
            "/bin/sh -c make",
            "/bin/sh -c #(nop) COPY file:01 in /app "),
        built("BuildKit", "IMG-COMMITTED=PASS", "RUN /bin/sh -c make # buildkit"),
        built("a build for Windows", "IMG-COMMITTED=PASS", "cmd /S /C md c:\\app"),
        built("jib", "IMG-COMMITTED=PASS", "jib-maven-plugin:3.4.0"),
        given(
            "an event names the commit",
            "IMG-COMMITTED=FAIL@.committed",
            h -> steps(h, ROOT_TAR, "sleep 99999").imageObserves(".committed", "true")),
        built("docker commit, or an exec-form RUN", "IMG-COMMITTED=UNKNOWN", "sleep 99999"),
        given(
            "docker commit -m",
            "IMG-COMMITTED=FAIL@.history[0].CreatedBy,.history[0].Comment",
            h -> step(h, "sleep 99999", "patched by hand", 12)),
        given(
            "an exec-form RUN on a host whose events were followed",
            "IMG-COMMITTED=PASS",
            h -> steps(h, ROOT_TAR, "make").imageObserves(".committed", "false")),
        built(
            "docker commit of a shell's container, or a last RUN",
            "IMG-COMMITTED=UNKNOWN",
            "/bin/sh -c sleep 999"),
        given(
            "docker import",
            "IMG-COMMITTED=FAIL@.history[0].CreatedBy,.history[0].Comment",
            h -> step(h, "", "Imported from -", 4096)),
        given(
            "docker import, known and wanted",
            "IMG-COMMITTED=PASS",
            h ->
                step(h, "", "Imported from -", 4096)
                    .declare(Declaration.UNBUILT_IMAGE, "shop/web")));
  }

  private static Stream<CheckCase> origin() {
    String digest = "registry.example.com:5000/shop/web@sha256:01";
    return Stream.of(
        given("no base was approved", "IMG-BASE=UNKNOWN", h -> h),
        given(
            "begins with an approved base",
            "IMG-BASE=PASS",
            h -> h.declare(Declaration.BASE_IMAGE, "sha256:99", "sha256:01,sha256:02")),
        given(
            "has only part of an approved base",
            "IMG-BASE=FAIL@.inspect.RootFS.Layers",
            h -> h.declare(Declaration.BASE_IMAGE, "sha256:01,sha256:02,sha256:03")),
        given(
            "a label alone is a claim",
            "IMG-BASE=FAIL",
            h ->
                h.declare(Declaration.BASE_IMAGE, "sha256:99")
                    .image(
                        ".inspect.Config.Labels",
                        "{\"org.opencontainers.image.base.name\":\"debian\"}")),
        given(
            "from scratch, and meant so",
            "IMG-BASE=N/A",
            h -> h.declare(Declaration.UNBUILT_IMAGE, "shop/web:1.0")),
        given("no layers field", "IMG-BASE=UNKNOWN", h -> h.image(".inspect.RootFS", null)),
        registry("no registry was allowed", "IMG-REGISTRY=UNKNOWN", digest),
        registry(
            "from an allowed registry", "IMG-REGISTRY=PASS", digest, "registry.example.com:5000"),
        registry("from another one", "IMG-REGISTRY=FAIL@.digests[0]", digest, "docker.io"),
        registry("from Docker's own", "IMG-REGISTRY=PASS", "shop/web@sha256:01", "docker.io"),
        given(
            "never pulled",
            "IMG-REGISTRY=FAIL@.digests",
            h -> h.imageObserves(".digests", "[]").declare(Declaration.REGISTRY, "docker.io")),
        given(
                "in containerd's store, where built images have digests too",
                "IMG-REGISTRY=UNKNOWN",
                h ->
                    h.imageObserves(".digests", "[\"" + digest + "\"]")
                        .declare(Declaration.REGISTRY, "registry.example.com:5000")
                        .engine(
                            ".info.DriverStatus",
                            "[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]"))
            .described(),
        given("used", "IMG-SPRAWL=PASS", h -> h),
        given("unused and young", "IMG-SPRAWL=PASS", HostFixture::withoutContainer),
        given(
            "unused and old",
            "IMG-SPRAWL=FAIL",
            h -> h.withoutContainer().image(".inspect.Created", "\"2026-10-25T12:00:00Z\"")),
        given(
            "unused and old, but kept",
            "IMG-SPRAWL=PASS",
            h ->
                h.withoutContainer()
                    .image(".inspect.Created", "\"2026-10-25T12:00:00Z\"")
                    .declare(Declaration.KEPT_IMAGE, "shop/web")),
        given(
            "dangling", "IMG-SPRAWL=FAIL", h -> h.withoutContainer().imageObserves(".tags", "[]")),
        given(
            "unused, and its age is hidden",
            "IMG-SPRAWL=UNKNOWN",
            h -> h.withoutContainer().image(".inspect.Created", "\"1980-01-01T00:00:00Z\"")),
        given(
            "somebody unknown may use it",
            "IMG-SPRAWL=UNKNOWN",
            h -> h.withoutContainer().otherUnread(HostFixture.OTHER)));
  }

  private static CheckCase registry(
      String title, String expected, String digest, String... allowed) {
    return given(
        title,
        expected,
        h ->
            h.imageObserves(".digests", "[\"" + digest + "\"]")
                .declare(Declaration.REGISTRY, allowed));
  }

  private static CheckCase options(String json, String expected) {
    return given("options " + json, expected, h -> h.volume(".Options", json));
  }

  private static CheckCase built(String title, String expected, String... commands) {
    List<String> all = new ArrayList<>(List.of(ROOT_TAR, SHELL));
    all.addAll(List.of(commands));
    return given(title, expected, h -> steps(h, all.toArray(String[]::new)));
  }

  /** A history of these steps, the oldest first. */
  private static HostFixture steps(HostFixture host, String... commands) {
    List<String> newestFirst = new ArrayList<>(List.of(commands));
    Collections.reverse(newestFirst);
    ArrayNode history = JsonNodeFactory.instance.arrayNode();
    for (String command : newestFirst) {
      history
          .addObject()
          .put("CreatedBy", command)
          .put("Comment", command.endsWith("# buildkit") ? "buildkit.dockerfile.v0" : "")
          .put("Size", 12);
    }
    return host.image(".history", history.toString());
  }

  private static HostFixture step(HostFixture host, String command, String comment, int size) {
    return host.image(
        ".history",
        "[{\"CreatedBy\":\"%s\",\"Comment\":\"%s\",\"Size\":%d}]"
            .formatted(command, comment, size));
  }

  private static String mask(String shape) {
    return "{\"masked\":\"9f02\",\"shape\":\"" + shape + "\",\"empty\":false}";
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  @Test
  void anUnusedImageTurnsAtTheFirstInstantThatFails() {
    HostFixture host = new HostFixture().withoutContainer();
    Turn turn = Objects.requireNonNull(host.judge("IMG-SPRAWL").turn());
    assertThat(host.at(turn.at().minusNanos(1000).toString()).judge("IMG-SPRAWL").outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(host.at(turn.at().toString()).judge("IMG-SPRAWL").outcome()).isEqualTo(turn.to());
  }

  @Test
  void aHostileHistoryIsJudgedInBoundedTime() {
    String hostile = "/bin/sh -c apt-get " + "-a -b=c ".repeat(20_000) + "curl ".repeat(20_000);
    HostFixture host = steps(new HostFixture(), hostile);
    assertThat(host.judge("IMG-UPDATEALONE").outcome()).isEqualTo(Outcome.PASS);
    assertThat(host.judge("IMG-VERIFIEDPKG").outcome()).isEqualTo(Outcome.PASS);
  }

  @Test
  void whatComesWithTheBaseImageIsSaid() {
    HostFixture host =
        new HostFixture().imageFiles(".setId", SU).declare(Declaration.BASE_IMAGE, "sha256:01");
    assertThat(host.judge("IMG-SUID").reason()).isEqualTo("1 of 1 come with the base image");
  }
}
