package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineTrustChecksTest {
  private static final String TABLE =
      """
      {"asOf":"2026-11-01",
       "components":{
         "Engine":[{"branch":"29","floor":"29.8.2","endOfLife":null},
                   {"branch":"25.0","floor":"25.0.17","endOfLife":"2026-12-04"},
                   {"branch":"20.10","floor":"20.10.27","endOfLife":"2023-12-10"}],
         "containerd":[{"branch":"2.3","floor":"2.3.5","endOfLife":"2028-04-30"},
                       {"branch":"1.6","floor":"1.6.39","endOfLife":"2025-08-23"}],
         "runc":[{"branch":"1.5","floor":"1.5.3","endOfLife":null},
                 {"branch":"1.1","floor":"1.1.15","endOfLife":"2025-04-29"}]},
       "vendors":[{"component":"Engine","mark":"+acme","branch":"20.10","floor":"20.10.24",
                   "endOfLife":"2028-06-30"}],
       "systems":[{"name":"Debian GNU/Linux","release":"12","kernel":"6.1",
                   "endOfLife":"2028-06-30"},
                  {"name":"Ubuntu","release":"20.04","kernel":"5.4","endOfLife":"2025-05-31"}]}
      """;

  static Stream<CheckCase> cases() {
    return Stream.of(
        given("a unix socket", "ENG-CERT=N/A", h -> h),
        given("SSH", "ENG-CERT=N/A", h -> h.transport(HostFacts.Transport.SSH)),
        given("plain TCP", "ENG-CERT=UNKNOWN@transport", h -> h.transport(HostFacts.Transport.TCP)),
        given(
            "no handshake was observed",
            "ENG-CERT=UNKNOWN@.certificate",
            h -> h.transport(HostFacts.Transport.TLS)),
        certificate("2027-11-24T00:00:00Z", "RSA", 2048, "ENG-CERT=PASS"),
        certificate("2027-11-24T00:00:00Z", "RSA", 1024, "ENG-CERT=FAIL"),
        certificate("2027-11-24T00:00:00Z", "EC", 256, "ENG-CERT=PASS"),
        certificate("2027-11-24T00:00:00Z", "EC", 224, "ENG-CERT=FAIL"),
        certificate("2027-11-24T00:00:00Z", "EdDSA", 255, "ENG-CERT=PASS"),
        certificate("2027-11-24T00:00:00Z", "DSA", 3072, "ENG-CERT=FAIL"),
        certificate("2026-12-24T12:00:00Z", "EC", 256, "ENG-CERT=FAIL"),
        certificate("2026-12-24T12:00:01Z", "EC", 256, "ENG-CERT=PASS"),
        certificate("2026-11-01T00:00:00Z", "EC", 256, "ENG-CERT=FAIL"),
        certificate("some day", "EC", 256, "ENG-CERT=UNKNOWN@.certificate.notAfter"),
        given(
            "another authority's certificate",
            "ENG-CERT=FAIL@.certificate.chainsToAuthority",
            h -> tls(h, "2027-11-24T00:00:00Z", "EC", 256, false)),
        given("plugins were never asked for", "ENG-PLUGINS=UNKNOWN@.plugins", h -> h),
        given(
            "plugins refused",
            "ENG-PLUGINS=UNKNOWN@GET_/plugins",
            h ->
                h.engineObserves(
                    ".unread.plugins",
                    "{\"call\":\"GET_/plugins\",\"status\":403,\"detail\":\"refused\"}")),
        given("no plugins", "ENG-PLUGINS=N/A", h -> h.engineObserves(".plugins", "[]")),
        plugin("true", "false", "[]", "bridge", "ENG-PLUGINS=PASS"),
        plugin(
            "true",
            "true",
            "[]",
            "bridge",
            "ENG-PLUGINS=FAIL@.plugins[0].Config.Linux.AllowAllDevices"),
        plugin(
            "true",
            "false",
            "[\"CAP_NET_ADMIN\",\"CAP_SYS_ADMIN\"]",
            "host",
            "ENG-PLUGINS=FAIL@.plugins[0].Config.Linux.Capabilities[1],"
                + ".plugins[0].Config.Network.Type"),
        plugin("false", "true", "[\"CAP_SYS_ADMIN\"]", "host", "ENG-PLUGINS=PASS"),
        plugin("null", "true", "[]", "host", "ENG-PLUGINS=UNKNOWN"),
        given(
            "a powerful plugin that is declared",
            "ENG-PLUGINS=PASS",
            h ->
                plugged(h, "true", "true", "[\"CAP_SYS_ADMIN\"]", "host")
                    .declared(Declaration.PLUGIN, "acme/volumes:1")),
        given("no canary", "ENG-PLANTED=N/A", h -> h),
        given(
            "a canary that is noticed",
            "ENG-PLANTED=PASS@.Config.Labels['dev.plimsoll.canary'],.HostConfig.Privileged",
            h ->
                h.set(".Config.Labels", "{\"dev.plimsoll.canary\":\"true\"}")
                    .set(".HostConfig.Privileged", "true")
                    .observe(".state", "\"created\"")
                    .observe(".everStarted", "false")),
        given(
            "a canary whose privileges a proxy hides",
            "ENG-PLANTED=FAIL",
            h ->
                h.set(".Config.Labels", "{\"dev.plimsoll.canary\":\"true\"}")
                    .set(".HostConfig.Privileged", "false")
                    .observe(".everStarted", "false")),
        given(
            "the label on a container that was started",
            "ENG-PLANTED=FAIL@.Config.Labels['dev.plimsoll.canary']",
            h ->
                h.set(".Config.Labels", "{\"dev.plimsoll.canary\":\"true\"}")
                    .set(".HostConfig.Privileged", "true")),
        given(
            "containers refused",
            "ENG-PLANTED=UNKNOWN@GET_/containers/json",
            h -> h.unreadList(SubjectKind.CONTAINER, "GET_/containers/json")),
        given(
            "no table",
            "ENG-VERSION=UNKNOWN ENG-KERNEL=UNKNOWN",
            h -> runs(h, "29.8.2", "v2.3.5", "1.5.3")),
        versions("29.8.2", "v2.3.5", "1.5.3", "ENG-VERSION=PASS"),
        versions("29.9.0", "2.3.6", "1.5.4", "ENG-VERSION=PASS"),
        versions(
            "29.8.1",
            "2.3.5",
            "1.5.3",
            "ENG-VERSION=FAIL@.version.Components[0].Version,.components.Engine[0].floor"),
        versions("29.8.2-rc.1", "2.3.5", "1.5.3", "ENG-VERSION=FAIL"),
        versions(
            "20.10.27",
            "2.3.5",
            "1.5.3",
            "ENG-VERSION=FAIL@.version.Components[0].Version,.components.Engine[2].endOfLife"),
        versions("29.8.2", "1.6.39", "1.5.3", "ENG-VERSION=FAIL"),
        versions("29.8.2", "2.3.5", "1.1.12", "ENG-VERSION=FAIL"),
        versions("19.03.15", "2.3.5", "1.5.3", "ENG-VERSION=FAIL"),
        versions("31.0.0", "2.3.5", "1.5.3", "ENG-VERSION=UNKNOWN"),
        versions("nightly", "2.3.5", "1.5.3", "ENG-VERSION=UNKNOWN"),
        versions("20.10.24+dfsg1", "2.3.5", "1.5.3", "ENG-VERSION=UNKNOWN"),
        versions("20.10.24+acme3", "2.3.5", "1.5.3", "ENG-VERSION=PASS"),
        versions("20.10.5+acme1", "2.3.5", "1.5.3", "ENG-VERSION=FAIL"),
        versions("29.8.2+dfsg1", "2.3.5~ds1", "1.5.3+ds1", "ENG-VERSION=PASS"),
        given(
            "a distribution that writes its version into the commit",
            "ENG-VERSION=UNKNOWN",
            h ->
                runs(h, "29.1.3", "2.3.5", "1.5.3")
                    .engine(".version.GitCommit", "\"29.1.3-0ubuntu3~24.04.1\"")
                    .supportTable(TABLE)),
        given(
            "a commit is no distribution's mark",
            "ENG-VERSION=FAIL",
            h ->
                runs(h, "29.1.3", "2.3.5", "1.5.3")
                    .engine(".version.GitCommit", "\"5debdf5\"")
                    .supportTable(TABLE)),
        given(
            "no runc",
            "ENG-VERSION=UNKNOWN",
            h ->
                h.engine(
                        ".version.Components",
                        "[{\"Name\":\"Engine\",\"Version\":\"29.8.2\"},"
                            + "{\"Name\":\"containerd\",\"Version\":\"2.3.5\"}]")
                    .supportTable(TABLE)),
        given(
            "no components", "ENG-VERSION=UNKNOWN@.version.Components", h -> h.supportTable(TABLE)),
        given(
            "a table of 90 days",
            "ENG-VERSION=UNKNOWN@.asOf ENG-KERNEL=UNKNOWN@.asOf",
            h ->
                os(runs(h, "29.8.2", "2.3.5", "1.5.3"), "Debian GNU/Linux 12", "12", "6.1.0")
                    .supportTable(TABLE)
                    .at("2027-01-30T00:00:00Z")),
        system("Debian GNU/Linux 12 (bookworm)", "12", "6.1.0-49-amd64", "ENG-KERNEL=PASS"),
        system(
            "Debian GNU/Linux 12 (bookworm)",
            "12",
            "5.10.0-30-amd64",
            "ENG-KERNEL=FAIL@.info.KernelVersion,.systems[0].kernel"),
        system(
            "Ubuntu 20.04.6 LTS",
            "20.04",
            "5.4.0-1",
            "ENG-KERNEL=FAIL@.info.OperatingSystem,.systems[1].endOfLife"),
        system("Homebrew Linux 1", "1", "6.1.0", "ENG-KERNEL=UNKNOWN@.info.OperatingSystem"),
        system("Debian GNU/Linux 12 (bookworm)", "12", "unknown", "ENG-KERNEL=UNKNOWN"),
        system("", "12", "6.1.0", "ENG-KERNEL=UNKNOWN"));
  }

  private static CheckCase certificate(String notAfter, String type, int bits, String expected) {
    return given(
        "a certificate with %s %d until %s".formatted(type, bits, notAfter),
        expected,
        h -> tls(h, notAfter, type, bits, true));
  }

  private static HostFixture tls(
      HostFixture host, String notAfter, String type, int bits, boolean chains) {
    return host.transport(HostFacts.Transport.TLS)
        .engineObserves(
            ".certificate",
            """
            {"notAfter":"%s","keyType":"%s","keyBits":%d,"chainsToAuthority":%s,"nameMatches":true}
            """
                .formatted(notAfter, type, bits, chains));
  }

  private static CheckCase plugin(
      String enabled, String allDevices, String capabilities, String network, String expected) {
    return given(
        "a plugin, enabled %s, all devices %s, %s, network %s"
            .formatted(enabled, allDevices, capabilities, network),
        expected,
        h -> plugged(h, enabled, allDevices, capabilities, network));
  }

  private static HostFixture plugged(
      HostFixture host, String enabled, String allDevices, String capabilities, String network) {
    return host.engineObserves(
        ".plugins",
        """
        [{"Name":"acme/volumes:1","Enabled":%s,"Config":{"Linux":{"AllowAllDevices":%s,
          "Capabilities":%s},"Network":{"Type":"%s"}}}]
        """
            .formatted(enabled, allDevices, capabilities, network));
  }

  private static CheckCase versions(
      String engine, String containerd, String runc, String expected) {
    return given(
        "engine %s, containerd %s, runc %s".formatted(engine, containerd, runc),
        expected,
        h -> runs(h, engine, containerd, runc).supportTable(TABLE));
  }

  private static HostFixture runs(HostFixture host, String engine, String containerd, String runc) {
    return host.engine(
        ".version.Components",
        """
        [{"Name":"Engine","Version":"%s"},{"Name":"containerd","Version":"%s"},
         {"Name":"runc","Version":"%s"},{"Name":"docker-init","Version":"0.19.0"}]
        """
            .formatted(engine, containerd, runc));
  }

  private static CheckCase system(String name, String release, String kernel, String expected) {
    return given(
        "%s, kernel %s".formatted(name, kernel),
        expected,
        h -> os(h, name, release, kernel).supportTable(TABLE));
  }

  private static HostFixture os(HostFixture host, String name, String release, String kernel) {
    return host.engine(".info.OperatingSystem", "\"" + name + "\"")
        .engine(".info.OSVersion", "\"" + release + "\"")
        .engine(".info.KernelVersion", "\"" + kernel + "\"");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  @Test
  void aSupportedBranchTurnsWhenItEnds() {
    HostFixture host = runs(new HostFixture(), "25.0.17", "2.3.5", "1.5.3").supportTable(TABLE);
    assertThat(host.judge("ENG-VERSION").turn())
        .isEqualTo(new Turn(Instant.parse("2026-12-05T00:00:00Z"), Outcome.FAIL));
    assertThat(host.at("2026-12-05T00:00:00Z").judge("ENG-VERSION").outcome())
        .isEqualTo(Outcome.FAIL);
  }

  @Test
  void anOldTableDecidesNothingWhateverItSaidBefore() {
    HostFixture good = runs(new HostFixture(), "29.8.2", "2.3.5", "1.5.3").supportTable(TABLE);
    HostFixture bad = runs(new HostFixture(), "29.0.0", "2.3.5", "1.5.3").supportTable(TABLE);
    Turn lapse = new Turn(Instant.parse("2027-01-30T00:00:00Z"), Outcome.UNKNOWN);
    assertThat(good.judge("ENG-VERSION").turn()).isEqualTo(lapse);
    assertThat(bad.judge("ENG-VERSION").turn()).isEqualTo(lapse);
  }

  @Test
  void theTablesAgeIsShownFromDaySixty() {
    HostFixture host = runs(new HostFixture(), "29.0.0", "2.3.5", "1.5.3").supportTable(TABLE);
    assertThat(host.at("2026-12-30T23:59:59Z").judge("ENG-VERSION").reason())
        .doesNotContain("60 days");
    assertThat(host.at("2026-12-31T00:00:00Z").judge("ENG-VERSION").reason())
        .contains("2026-11-01", "60 days");
  }

  @Test
  void aCertificateTurnsThirtyDaysBeforeItEnds() {
    HostFixture host = tls(new HostFixture(), "2027-11-24T00:00:00Z", "EC", 256, true);
    assertThat(host.judge("ENG-CERT").turn())
        .isEqualTo(new Turn(Instant.parse("2027-10-25T00:00:00Z"), Outcome.FAIL));
  }
}
