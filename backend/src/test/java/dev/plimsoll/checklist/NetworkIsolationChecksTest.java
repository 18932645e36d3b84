package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkIsolationChecksTest {
  private static final String GATEWAY = "com.docker.network.bridge.gateway_mode_ipv";
  private static final String BINDING = "com.docker.network.bridge.host_binding_ipv4";

  static Stream<CheckCase> cases() {
    return Stream.of(
        given(
            "a bridge without options",
            "NET-OVERLAYENC=N/A NET-SHARED=N/A NET-UNPROTECTED=PASS NET-BINDDEFAULT=UNKNOWN"
                + " NET-L2=N/A",
            h -> h),
        given(
            "the list was refused",
            "NET-OVERLAYENC=UNKNOWN NET-SHARED=UNKNOWN NET-UNPROTECTED=UNKNOWN"
                + " NET-BINDDEFAULT=UNKNOWN NET-L2=UNKNOWN@GET_/networks",
            HostFixture::networkUnread),
        overlay("{\"encrypted\":\"\"}", "NET-OVERLAYENC=PASS"),
        overlay("{\"encrypted\":\"true\"}", "NET-OVERLAYENC=PASS"),
        overlay("{\"encrypted\":\"false\"}", "NET-OVERLAYENC=FAIL@.Options"),
        overlay("{}", "NET-OVERLAYENC=FAIL@.Options"),
        overlay("null", "NET-OVERLAYENC=UNKNOWN@.Options"),
        overlay("{\"encrypted\":true}", "NET-OVERLAYENC=UNKNOWN"),
        given(
            "ingress is judged apart",
            "NET-OVERLAYENC=N/A NET-SHARED=N/A",
            h -> h.manager().network(".Driver", "\"overlay\"").network(".Ingress", "true")),
        given(
            "one node: nothing crosses a wire",
            "NET-OVERLAYENC=N/A",
            h ->
                h.manager(
                        "{\"LocalNodeState\":\"active\",\"ControlAvailable\":true,\"Nodes\":1,"
                            + "\"Managers\":1}")
                    .network(".Driver", "\"overlay\"")),
        given(
            "a worker",
            "NET-OVERLAYENC=UNKNOWN",
            h -> h.worker().network(".Driver", "\"overlay\"")),
        given(
            "a worker that sees the option",
            "NET-OVERLAYENC=PASS",
            h ->
                h.worker()
                    .network(".Driver", "\"overlay\"")
                    .network(".Options", "{\"encrypted\":\"\"}")),
        given(
            "two containers of one project",
            "NET-SHARED=PASS",
            h -> member(member(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "shop")),
        given(
            "two projects",
            "NET-SHARED=FAIL@.Config.Labels['com.docker.compose.project'],"
                + ".Config.Labels['com.docker.compose.project']",
            h -> member(member(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "mail")),
        given(
            "two projects on a shared edge",
            "NET-SHARED=PASS",
            h ->
                member(member(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "mail")
                    .network(".Labels", "{\"dev.plimsoll.shared-edge\":\"true\"}")),
        given(
            "one member of no project",
            "NET-SHARED=UNKNOWN@.NetworkSettings.Networks['web']",
            h -> member(member(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "")),
        given(
            "members that were never started are known by the network's name",
            "NET-SHARED=FAIL",
            h -> named(named(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "mail")),
        given("a single member", "NET-SHARED=N/A", h -> member(h, HostFixture.OTHER, "shop")),
        given(
            "containers refused",
            "NET-SHARED=UNKNOWN@GET_/containers/json",
            h ->
                member(h, HostFixture.OTHER, "shop")
                    .unreadList(SubjectKind.CONTAINER, "GET_/containers/json")),
        given(
            "a container that was not read cannot make it better",
            "NET-SHARED=FAIL",
            h ->
                member(member(h, HostFixture.OTHER, "shop"), HostFixture.THIRD, "mail")
                    .otherUnread("f3".repeat(32))),
        given("the default bridge", "NET-SHARED=N/A", h -> h.network(".Name", "\"bridge\"")),
        given("the host's network", "NET-SHARED=N/A", h -> h.network(".Driver", "\"host\"")),
        given(
            "a service of another stack",
            "NET-SHARED=FAIL",
            h -> member(h.manager().network(".Driver", "\"overlay\""), HostFixture.OTHER, "mail")),
        given(
            "a service and a task of one stack",
            "NET-SHARED=PASS",
            h -> member(h.manager().network(".Driver", "\"overlay\""), HostFixture.OTHER, "shop")),
        given(
            "an overlay network on a worker",
            "NET-SHARED=UNKNOWN@GET_/info",
            h -> h.worker().network(".Driver", "\"overlay\"").swarmUnread()),
        gateway("4", "nat", "NET-UNPROTECTED=PASS"),
        gateway("4", "isolated", "NET-UNPROTECTED=PASS"),
        gateway("6", "routed", "NET-UNPROTECTED=PASS"),
        gateway("4", "nat-unprotected", "NET-UNPROTECTED=FAIL@.Options['" + GATEWAY + "4']"),
        gateway("6", "nat-unprotected", "NET-UNPROTECTED=FAIL"),
        gateway("4", "open", "NET-UNPROTECTED=UNKNOWN"),
        given(
            "null options",
            "NET-UNPROTECTED=UNKNOWN@.Options NET-BINDDEFAULT=UNKNOWN@.Options",
            h -> h.network(".Options", "null")),
        given(
            "another driver",
            "NET-UNPROTECTED=N/A NET-BINDDEFAULT=N/A",
            h -> h.network(".Driver", "\"overlay\"")),
        binding("127.0.0.1", "NET-BINDDEFAULT=PASS"),
        binding("0.0.0.0", "NET-BINDDEFAULT=FAIL@.Options['" + BINDING + "']"),
        binding("", "NET-BINDDEFAULT=FAIL"),
        binding("::", "NET-BINDDEFAULT=FAIL"),
        given("macvlan", "NET-L2=FAIL", h -> h.network(".Driver", "\"macvlan\"")),
        given(
            "an approved ipvlan",
            "NET-L2=PASS",
            h ->
                h.network(".Driver", "\"ipvlan\"")
                    .network(".Labels", "{\"dev.plimsoll.approved\":\"true\"}")),
        given(
            "labels missing",
            "NET-L2=UNKNOWN@.Labels",
            h -> h.network(".Driver", "\"ipvlan\"").network(".Labels", null)));
  }

  private static CheckCase overlay(String options, String expected) {
    return given(
        "an overlay network with options " + options,
        expected,
        h -> h.manager().network(".Driver", "\"overlay\"").network(".Options", options));
  }

  private static CheckCase gateway(String family, String mode, String expected) {
    return given(
        "IPv" + family + " gateway mode " + mode,
        expected,
        h -> h.network(".Options", "{\"%s%s\":\"%s\"}".formatted(GATEWAY, family, mode)));
  }

  private static CheckCase binding(String address, String expected) {
    return given(
        "published on '" + address + "'",
        expected,
        h -> h.network(".Options", "{\"%s\":\"%s\"}".formatted(BINDING, address)));
  }

  private static HostFixture member(HostFixture host, String id, String project) {
    return joined(host, id, project, HostFixture.NETWORK);
  }

  private static HostFixture named(HostFixture host, String id, String project) {
    return joined(host, id, project, "");
  }

  private static HostFixture joined(HostFixture host, String id, String project, String networkId) {
    host.other(id, ".NetworkSettings.Networks", "{\"web\":{\"NetworkID\":\"" + networkId + "\"}}");
    if (!project.isEmpty()) {
      host.label(id, "{\"com.docker.compose.project\":\"" + project + "\"}");
    }
    return host;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
