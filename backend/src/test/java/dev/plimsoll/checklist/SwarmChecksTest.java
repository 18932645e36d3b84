package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SwarmChecksTest {
  private static final String SERVICE = "\"com.docker.swarm.service.id\":\"s1\"";

  static Stream<CheckCase> cases() {
    return Stream.of(
        given(
            "swarm mode is off: never a pass but for the check that asks for it",
            "SWM-UNNEEDED=PASS SWM-MANAGERS=N/A SWM-BIND=N/A SWM-SECRETS=N/A SWM-AUTOLOCK=N/A"
                + " SWM-KEYROTATE=N/A SWM-CERTROTATE=N/A SWM-CAROTATE=N/A SWM-PLANES=N/A"
                + " SWM-DRAIN=N/A",
            h -> h),
        given(
            "a worker is not shown its swarm",
            "SWM-MANAGERS=UNKNOWN SWM-SECRETS=UNKNOWN SWM-AUTOLOCK=UNKNOWN SWM-KEYROTATE=UNKNOWN"
                + " SWM-CERTROTATE=UNKNOWN SWM-CAROTATE=UNKNOWN SWM-DRAIN=UNKNOWN"
                + " SWM-PLANES=UNKNOWN",
            HostFixture::worker),
        given("no swarm state", "SWM-UNNEEDED=UNKNOWN", h -> h.engineWithout(".info.Swarm")),
        given("a node that nobody declared", "SWM-UNNEEDED=FAIL", HostFixture::manager),
        given(
            "a declared node",
            "SWM-UNNEEDED=PASS",
            h -> h.manager().declared(Declaration.SWARM_NODE, "yes")),
        given(
            "a locked node",
            "SWM-UNNEEDED=FAIL SWM-AUTOLOCK=UNKNOWN",
            h ->
                h.engine(".info.Swarm.LocalNodeState", "\"locked\"")
                    .declared(Declaration.SWARM_NODE, "yes")),
        managers(1, 1, "SWM-MANAGERS=PASS"),
        managers(3, 3, "SWM-MANAGERS=PASS"),
        managers(2, 1, "SWM-MANAGERS=FAIL"),
        managers(5, 2, "SWM-MANAGERS=FAIL"),
        managers(5, 4, "SWM-MANAGERS=FAIL"),
        managers(5, 3, "SWM-MANAGERS=PASS"),
        managers(
            5,
            5,
            "SWM-MANAGERS=FAIL@.info.Swarm.LocalNodeState,"
                + ".info.Swarm.ControlAvailable,.info.Swarm.Nodes,.info.Swarm.Managers"),
        managers(20, 7, "SWM-MANAGERS=PASS"),
        managers(20, 9, "SWM-MANAGERS=FAIL"),
        given("sockets were not read", "SWM-BIND=UNKNOWN", HostFixture::manager),
        given(
            "ss is missing",
            "SWM-BIND=UNKNOWN@ssh_ss",
            h ->
                h.manager()
                    .ssh(
                        "{\"unread\":{\"listening\":{\"call\":\"ssh_ss\",\"status\":127,"
                            + "\"detail\":\"not found\"}}}")),
        listening("10.0.0.5:2377", "SWM-BIND=PASS"),
        listening("*:2377", "SWM-BIND=FAIL@.ssh.listening[0]"),
        listening("0.0.0.0:2377", "SWM-BIND=FAIL"),
        listening("[::]:2377", "SWM-BIND=FAIL"),
        listening("0.0.0.0%eth0:2377", "SWM-BIND=FAIL"),
        listening("[fd00::5]:2377", "SWM-BIND=PASS"),
        listening("*:7946", "SWM-BIND=UNKNOWN"),
        given(
            "a worker listens on no control port",
            "SWM-BIND=PASS",
            h -> h.worker().ssh("{\"listening\":[\"*:7946\"]}")),
        given("variables without secrets", "SWM-SECRETS=PASS", HostFixture::manager),
        given("no services", "SWM-SECRETS=N/A", h -> h.manager().swarm(".services", "[]")),
        given(
            "a password in a variable, shown only by its name",
            "SWM-SECRETS=FAIL@.services[0].Spec.TaskTemplate.ContainerSpec.Env[1]",
            h -> variables(h.manager(), "[\"A=1\",\"DB_PASSWORD=hunter2\"]")),
        given(
            "the name of a file is none",
            "SWM-SECRETS=PASS",
            h -> variables(h.manager(), "[\"DB_PASSWORD_FILE=/run/secrets/db\"]")),
        given("no variables", "SWM-SECRETS=PASS", h -> variables(h.manager(), "null")),
        given("odd variables", "SWM-SECRETS=UNKNOWN", h -> variables(h.manager(), "7")),
        refused("services", "SWM-SECRETS=UNKNOWN@GET_/services SWM-DRAIN=FAIL"),
        refused("nodes", "SWM-DRAIN=UNKNOWN@GET_/nodes SWM-SECRETS=PASS"),
        refused(
            "swarm",
            "SWM-AUTOLOCK=UNKNOWN@GET_/swarm SWM-CERTROTATE=UNKNOWN SWM-CAROTATE=UNKNOWN"
                + " SWM-KEYROTATE=UNKNOWN"),
        given("no autolock", "SWM-AUTOLOCK=FAIL SWM-KEYROTATE=N/A", HostFixture::manager),
        given(
            "autolock, and nobody says when the key was rotated",
            "SWM-AUTOLOCK=PASS SWM-KEYROTATE=UNKNOWN",
            h -> locked(h)),
        given(
            "rotated and attested",
            "SWM-KEYROTATE=PASS",
            h ->
                locked(h)
                    .attested(
                        "SWM-KEYROTATE",
                        Outcome.PASS,
                        "2026-09-01T00:00:00Z",
                        "2027-09-01T00:00:00Z")),
        given(
            "rotated too long ago",
            "SWM-KEYROTATE=FAIL",
            h ->
                locked(h)
                    .attested(
                        "SWM-KEYROTATE",
                        Outcome.PASS,
                        "2026-05-01T00:00:00Z",
                        "2027-05-01T00:00:00Z")),
        given(
            "attested not to be rotated",
            "SWM-KEYROTATE=FAIL",
            h ->
                locked(h)
                    .attested(
                        "SWM-KEYROTATE",
                        Outcome.FAIL,
                        "2026-11-01T00:00:00Z",
                        "2027-05-01T00:00:00Z")),
        expiry("7776000000000000", "SWM-CERTROTATE=PASS"),
        expiry("7776000000000001", "SWM-CERTROTATE=FAIL"),
        expiry("0", "SWM-CERTROTATE=PASS"),
        expiry(null, "SWM-CERTROTATE=PASS"),
        expiry("\"90d\"", "SWM-CERTROTATE=UNKNOWN"),
        given("a CA of half a year", "SWM-CAROTATE=PASS", HostFixture::manager),
        given("a CA of a year", "SWM-CAROTATE=FAIL", h -> h.manager().at("2027-06-01T00:00:00Z")),
        given(
            "a CA that is no certificate",
            "SWM-CAROTATE=UNKNOWN@.swarm.TLSInfo.TrustRoot",
            h -> h.manager().swarm(".swarm.TLSInfo.TrustRoot", "\"none\"")),
        given(
            "a rotation under way since yesterday noon",
            "SWM-CAROTATE=FAIL",
            h -> rotating(h, "2026-11-23T12:00:00Z")),
        given(
            "a rotation that has just begun",
            "SWM-CAROTATE=PASS",
            h -> rotating(h, "2026-11-24T11:00:00Z")),
        given(
            "a rotation of which nobody knows since when",
            "SWM-CAROTATE=UNKNOWN",
            h -> h.manager().swarm(".swarm.RootRotationInProgress", "true")),
        given(
            "data path attested",
            "SWM-PLANES=PASS",
            h ->
                h.manager()
                    .attested(
                        "SWM-PLANES",
                        Outcome.PASS,
                        "2026-09-01T00:00:00Z",
                        "2027-09-01T00:00:00Z")),
        given(
            "one interface for both, attested",
            "SWM-PLANES=FAIL",
            h ->
                h.manager()
                    .attested(
                        "SWM-PLANES",
                        Outcome.FAIL,
                        "2026-09-01T00:00:00Z",
                        "2027-09-01T00:00:00Z")),
        given("data path unknown", "SWM-PLANES=UNKNOWN", HostFixture::manager),
        given(
            "a swarm of one node has one plane",
            "SWM-PLANES=N/A",
            h ->
                h.manager(
                    "{\"LocalNodeState\":\"active\",\"ControlAvailable\":true,\"Nodes\":1,"
                        + "\"Managers\":1}")),
        given(
            "a manager that works",
            "SWM-DRAIN=FAIL@.nodes[0].Spec.Availability",
            HostFixture::manager),
        given(
            "a small swarm, declared",
            "SWM-DRAIN=PASS",
            h -> h.manager().declared(Declaration.SMALL_SWARM, "yes")),
        given(
            "all managers drained",
            "SWM-DRAIN=PASS",
            h ->
                h.manager()
                    .swarm(
                        ".nodes",
                        "[{\"Spec\":{\"Role\":\"manager\",\"Availability\":\"drain\"}},"
                            + "{\"Spec\":{\"Role\":\"worker\",\"Availability\":\"active\"}}]")),
        given("odd nodes", "SWM-DRAIN=UNKNOWN", h -> h.manager().swarm(".nodes", "[7]")),
        given(
            "the swarm subject itself was not read",
            "SWM-UNNEEDED=UNKNOWN SWM-DRAIN=UNKNOWN@GET_/info",
            HostFixture::swarmUnread),
        given(
            "backups are not looked up",
            "SWM-BACKUP=UNKNOWN",
            h -> h.manager().switchedOff(ReadingSwitch.BACKUPS)),
        given("swarm mode is off", "SWM-BACKUP=N/A", h -> h.switchedOn(ReadingSwitch.BACKUPS)),
        given(
            "no backup of the swarm",
            "SWM-BACKUP=FAIL",
            h -> h.manager().switchedOn(ReadingSwitch.BACKUPS)),
        given(
            "a backup of this morning",
            "SWM-BACKUP=PASS",
            h -> h.manager().swarmBackedUp("2026-11-24T06:00:00Z")),
        given(
            "a backup of yesterday morning",
            "SWM-BACKUP=FAIL",
            h -> h.manager().swarmBackedUp("2026-11-23T06:00:00Z")),
        given(
            "a locked swarm whose unlock key nobody keeps",
            "SWM-BACKUP=FAIL",
            h -> locked(h).swarmBackedUp("2026-11-24T06:00:00Z")),
        given(
            "a locked swarm whose unlock key is kept elsewhere",
            "SWM-BACKUP=PASS",
            h ->
                locked(h)
                    .swarmBackedUp("2026-11-24T06:00:00Z")
                    .attested(
                        "SWM-BACKUP",
                        Outcome.PASS,
                        "2026-11-01T00:00:00Z",
                        "2027-05-01T00:00:00Z")),
        given(
            "records cannot be looked up", "SWM-BACKUP=UNKNOWN", h -> h.manager().recordsUnread()),
        given(
            "a worker keeps nothing of the swarm",
            "SWM-BACKUP=UNKNOWN",
            h -> h.worker().switchedOn(ReadingSwitch.BACKUPS)),
        task("3", "any", "CTR-RESTART=PASS"),
        task("0", "any", "CTR-RESTART=FAIL"),
        task("6", "any", "CTR-RESTART=FAIL"),
        task("null", "any", "CTR-RESTART=FAIL"),
        task("0", "none", "CTR-RESTART=PASS"),
        task("\"many\"", "any", "CTR-RESTART=UNKNOWN"),
        given(
            "a task on a worker",
            "CTR-RESTART=UNKNOWN@.Config.Labels['com.docker.swarm.service.id']",
            h -> h.worker().set(".Config.Labels", "{" + SERVICE + "}")),
        given(
            "a task of a service that is gone",
            "CTR-RESTART=UNKNOWN",
            h -> h.manager().set(".Config.Labels", "{\"com.docker.swarm.service.id\":\"s9\"}")),
        given(
            "a task whose services were refused",
            "CTR-RESTART=UNKNOWN@GET_/services",
            h -> refuse(h.manager(), "services").set(".Config.Labels", "{" + SERVICE + "}")),
        given(
            "a volume that a service mounts",
            "VOL-ORPHAN=PASS@.Name,.info.Swarm.LocalNodeState,.info.Swarm.ControlAvailable,"
                + ".services[0].Spec.TaskTemplate.ContainerSpec.Mounts[0].Source",
            h -> h.manager().volume(".Name", "\"uploads\"")),
        given("a volume that no service mounts", "VOL-ORPHAN=FAIL", HostFixture::manager),
        given("a volume on a worker", "VOL-ORPHAN=UNKNOWN", HostFixture::worker));
  }

  private static HostFixture variables(HostFixture host, String json) {
    return host.swarm(
        ".services",
        "[{\"ID\":\"s1\",\"Spec\":{\"TaskTemplate\":{\"ContainerSpec\":{\"Env\":" + json + "}}}}]");
  }

  private static HostFixture locked(HostFixture host) {
    return host.manager().swarm(".swarm.Spec.EncryptionConfig.AutoLockManagers", "true");
  }

  private static HostFixture rotating(HostFixture host, String since) {
    return host.manager()
        .swarm(".swarm.RootRotationInProgress", "true")
        .swarmObserves("\"" + since + "\"");
  }

  private static CheckCase managers(int nodes, int managers, String expected) {
    return given(
        "%d managers of %d nodes".formatted(managers, nodes),
        expected,
        h ->
            h.manager(
                "{\"LocalNodeState\":\"active\",\"ControlAvailable\":true,\"Nodes\":%d,\"Managers\":%d}"
                    .formatted(nodes, managers)));
  }

  private static CheckCase listening(String socket, String expected) {
    return given(
        "a manager that listens on " + socket,
        expected,
        h -> h.manager().ssh("{\"listening\":[\"" + socket + "\"]}"));
  }

  private static CheckCase refused(String part, String expected) {
    return given(part + " refused", expected, h -> refuse(h.manager(), part));
  }

  private static HostFixture refuse(HostFixture host, String part) {
    return host.swarm("." + part, null)
        .swarm(
            ".unread." + part,
            "{\"call\":\"GET_/%s\",\"status\":403,\"detail\":\"refused\"}".formatted(part));
  }

  private static CheckCase expiry(@Nullable String nanoseconds, String expected) {
    return given(
        "certificates for " + nanoseconds,
        expected,
        h -> h.manager().swarm(".swarm.Spec.CAConfig.NodeCertExpiry", nanoseconds));
  }

  private static CheckCase task(String attempts, String condition, String expected) {
    return given(
        "a task restarted %s times on %s".formatted(attempts, condition),
        expected,
        h ->
            h.manager()
                .set(".Config.Labels", "{" + SERVICE + "}")
                .swarm(
                    ".services",
                    """
                    [{"ID":"s1","Spec":{"TaskTemplate":{"RestartPolicy":{"Condition":"%s",
                      "MaxAttempts":%s}}}}]
                    """
                        .formatted(condition, attempts)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }

  @Test
  void anAttestedRotationTurnsWhenItIsDueAgainOrLapses() {
    HostFixture due =
        locked(new HostFixture())
            .attested(
                "SWM-KEYROTATE", Outcome.PASS, "2026-09-01T00:00:00Z", "2027-09-01T00:00:00Z");
    assertThat(due.judge("SWM-KEYROTATE").turn())
        .isEqualTo(new Turn(Instant.parse("2027-02-28T00:00:00Z"), Outcome.FAIL));
    HostFixture lapses =
        locked(new HostFixture())
            .attested(
                "SWM-KEYROTATE", Outcome.PASS, "2026-09-01T00:00:00Z", "2026-12-01T00:00:00Z");
    assertThat(lapses.judge("SWM-KEYROTATE").turn())
        .isEqualTo(new Turn(Instant.parse("2026-12-01T00:00:00Z"), Outcome.UNKNOWN));
  }

  @Test
  void aBackupTurnsOldAfterADay() {
    HostFixture host = new HostFixture().manager().swarmBackedUp("2026-11-24T06:00:00Z");
    assertThat(host.judge("SWM-BACKUP").turn())
        .isEqualTo(new Turn(Instant.parse("2026-11-25T06:00:00Z"), Outcome.FAIL));
  }

  @Test
  void theCaTurnsWithItsYear() {
    assertThat(new HostFixture().manager().judge("SWM-CAROTATE").turn())
        .isEqualTo(new Turn(Instant.parse("2027-06-01T00:00:00Z"), Outcome.FAIL));
  }

  @Test
  void aRotationTurnsAfterADay() {
    assertThat(rotating(new HostFixture(), "2026-11-24T11:00:00Z").judge("SWM-CAROTATE").turn())
        .isEqualTo(new Turn(Instant.parse("2026-11-25T11:00:00Z"), Outcome.FAIL));
  }
}
