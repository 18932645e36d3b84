package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.CRITICAL;
import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who reaches the engine, from where it takes images, and who reaches whom on its bridge. */
final class EngineAccessChecks {
  private static final Field WARNINGS = Field.of(".info.Warnings");
  private static final Field REGISTRIES = Field.of(".info.RegistryConfig");
  private static final Field INSECURE_CIDRS =
      Field.of(".info.RegistryConfig.InsecureRegistryCIDRs");
  private static final Field INDEX_CONFIGS = Field.of(".info.RegistryConfig.IndexConfigs");
  private static final Field AUTHORIZATION = Field.of(".info.Plugins.Authorization");
  private static final Field NETWORK_NAME = Field.of(".Name");
  private static final Field NETWORK_OPTIONS = Field.of(".Options");
  private static final String ICC = "com.docker.network.bridge.enable_icc";

  private EngineAccessChecks() {}

  static final Check INTER_CONTAINER =
      RuleBuilder.engine("ENG-ICC", MEDIUM)
          .cis("2.2")
          .nist("4.3.3")
          .linuxOnly()
          .title("Containers on the default bridge cannot talk to each other freely")
          .rationale("One compromised container reaches all its neighbours on the default bridge.")
          .remediation(
              "Set \"icc\": false in daemon.json and give applications networks of their own.")
          .judgedBy(EngineAccessChecks::interContainer);

  static final Check INSECURE_REGISTRIES =
      RuleBuilder.engine("ENG-INSECUREREG", HIGH)
          .cis("2.5")
          .nist("4.2.1")
          .linuxOnly()
          .title("No registry may be used without verified TLS")
          .rationale("Whoever sits between engine and registry can replace the images it pulls.")
          .remediation(
              "Give the registry a certificate that the host trusts and remove it from"
                  + " \"insecure-registries\".")
          .judgedBy(EngineAccessChecks::insecureRegistries);

  static final Check REMOTE_API =
      RuleBuilder.engine("ENG-TCPTLS", CRITICAL)
          .cis("2.7", "2.8")
          .nist("4.5.4")
          .stig("DKER-EE-001050")
          .linuxOnly()
          .title("Remote API is off or demands client certificates")
          .rationale(
              "Whoever can call the API owns the host. On a loopback address that is every local"
                  + " user.")
          .remediation(
              "Remove tcp:// from \"hosts\", or set \"tlsverify\": true with a private CA; prefer"
                  + " SSH.")
          .judgedBy(EngineAccessChecks::remoteApi);

  static final Check AUTHORIZATION_PLUGIN =
      RuleBuilder.engine("ENG-AUTHZ", MEDIUM)
          .cis("2.12", "2.13")
          .nist("4.5.4")
          .linuxOnly()
          .title("An authorisation plugin limits what API clients may do")
          .rationale("Without one, everybody who may call the API may do everything.")
          .remediation(
              "Install an authorisation plugin and name it in \"authorization-plugins\", or accept"
                  + " the risk with a read-only socket proxy in front.")
          .judgedBy(
              x ->
                  x.engine().arrayOrNull(AUTHORIZATION).isEmpty()
                      ? x.fail("no authorisation plugin is active")
                      : x.pass());

  private static Verdict interContainer(Examination x) {
    Reading.Unread unread = x.host().unreadLists().get(SubjectKind.NETWORK);
    for (Reading reading : x.host().networks().values()) {
      switch (reading) {
        case Reading.Read read when isBridge(read) -> {
          return judgeBridge(x, x.open(read));
        }
        case Reading.Read other -> {}
        case Reading.Unread failed -> unread = failed;
      }
    }
    return unread == null
        ? x.notApplicable("there is no default bridge")
        : Examination.unread(unread);
  }

  private static boolean isBridge(Reading.Read network) {
    return NETWORK_NAME.in(network.document()).asString("").equals("bridge");
  }

  private static Verdict judgeBridge(Examination x, Source bridge) {
    JsonNode options = bridge.peek(NETWORK_OPTIONS);
    String path = NETWORK_OPTIONS.member(ICC);
    JsonNode value = options.path(ICC);
    String icc = bridge.textOf(path, value);
    x.keep(bridge.evidence(path, value));
    return icc.equalsIgnoreCase("false") ? x.pass() : x.fail(null);
  }

  private static Verdict insecureRegistries(Examination x) {
    Source engine = x.engine();
    if (!engine.peek(REGISTRIES).isObject()) {
      engine.object(REGISTRIES);
    }
    List<Evidence> insecure = new ArrayList<>();
    List<String> cidrs = engine.textsOrNull(INSECURE_CIDRS);
    for (int i = 0; i < cidrs.size(); i++) {
      if (!isLoopbackRange(cidrs.get(i))) {
        insecure.add(engine.entry(INSECURE_CIDRS, i));
      }
    }
    for (Map.Entry<String, JsonNode> index : engine.objectOrNull(INDEX_CONFIGS).properties()) {
      String path = INDEX_CONFIGS.member(index.getKey()) + ".Secure";
      JsonNode secure = index.getValue().path("Secure");
      if (!secure.isBoolean()) {
        throw engine.unreadable(path, secure, "true or false");
      }
      if (!secure.booleanValue() && !isLoopbackHost(index.getKey())) {
        insecure.add(engine.evidence(path, secure));
      }
    }
    return insecure.isEmpty() ? x.pass() : x.fail(insecure, null);
  }

  /** A range inside 127.0.0.0/8, or ::1 alone; the engine adds the first by itself. */
  private static boolean isLoopbackRange(String cidr) {
    int slash = cidr.indexOf('/');
    if (cidr.equals("::1/128")) {
      return true;
    }
    return cidr.startsWith("127.")
        && slash > 0
        && UserSpec.number(cidr.substring(slash + 1)).orElse(0) >= 8;
  }

  /** A registry on the host itself, with or without a port. */
  private static boolean isLoopbackHost(String registry) {
    String host =
        registry.startsWith("[")
            ? registry.substring(1, Math.max(1, registry.indexOf(']')))
            : registry.split(":", 2)[0];
    return host.equals("localhost") || host.equals("::1") || isLoopbackAddress(host);
  }

  private static boolean isLoopbackAddress(String host) {
    String[] bytes = host.split("\\.", -1);
    if (bytes.length != 4 || !bytes[0].equals("127")) {
      return false;
    }
    for (String part : bytes) {
      if (UserSpec.number(part).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static Verdict remoteApi(Examination x) {
    if (x.host().transport() == HostFacts.Transport.TCP) {
      return x.fail(
          List.of(new Evidence("transport", "\"TCP\"", null)),
          "the engine answered this portal over plain TCP");
    }
    Source engine = x.engine();
    String version = engine.text(EngineVersion.API);
    EngineVersion api = EngineVersion.parse(version);
    if (api == null || !api.atLeast(1, 39)) {
      return x.unknown("API " + version + " does not warn of open listeners; 1.39 and later do");
    }
    List<String> warnings = engine.textsOrNull(WARNINGS);
    List<Evidence> open = new ArrayList<>();
    for (int i = 0; i < warnings.size(); i++) {
      // Covers the warning of no encryption and that of unverified clients
      if (warnings.get(i).contains("API is accessible on")) {
        open.add(engine.entry(WARNINGS, i));
      }
    }
    return open.isEmpty() ? x.pass() : x.fail(open, null);
  }
}
