package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether what the engine shows can be trusted: its certificate, its plugins, its lists. */
final class EngineTrustChecks {
  private static final Field CERTIFICATE = Field.of(".certificate");
  private static final Field NOT_AFTER = Field.of(".certificate.notAfter");
  private static final Field KEY_TYPE = Field.of(".certificate.keyType");
  private static final Field KEY_BITS = Field.of(".certificate.keyBits");
  private static final Field CHAIN = Field.of(".certificate.chainsToAuthority");
  private static final Field NAME = Field.of(".certificate.nameMatches");
  private static final Field PLUGINS = Field.of(".plugins");
  private static final Field PLUGINS_UNREAD = Field.of(".unread.plugins");
  private static final String EVERY_DEVICE = "AllowAllDevices";

  /** A certificate is replaced this long before it expires. */
  private static final Duration REPLACED_BEFORE = Duration.ofDays(30);

  private static final int RSA_BITS = 2048;
  private static final int CURVE_BITS = 256;

  private EngineTrustChecks() {}

  static final Check CERTIFICATE_VALID =
      RuleBuilder.engine("ENG-CERT", MEDIUM)
          .nist("4.5.4")
          .title("The engine's TLS certificate is valid, ours and not about to expire")
          .rationale(
              "With an expired certificate collecting ends; with a foreign one somebody else"
                  + " answers in the engine's place.")
          .remediation(
              "Issue a new server certificate from the private CA, with RSA of 2048 bits or more or"
                  + " a curve of 256, and restart the engine.")
          .judgedBy(EngineTrustChecks::certificateValid);

  static final Check PLUGINS_APPROVED =
      RuleBuilder.engine("ENG-PLUGINS", MEDIUM)
          .advisory()
          .nist("4.4.3")
          .title("Managed engine plugins do not hold host-wide powers unnoticed")
          .rationale("A plugin can be given more of the host than any container has.")
          .remediation(
              "docker plugin disable it, or declare it as a plugin that is known and wanted.")
          .judgedBy(EngineTrustChecks::pluginsApproved);

  static final Check CANARY_NOTICED =
      RuleBuilder.engine("ENG-PLANTED", HIGH)
          .advisory()
          .nist("4.4.5")
          .title("Collector self-test: a planted bad container is reported")
          .rationale(
              "A collector that sees nothing looks like a host with nothing wrong. The canary shows"
                  + " that it sees.")
          .remediation(
              "Plant one: docker create --privileged --label "
                  + Canary.LABEL
                  + "=true busybox, and never start it. If it is not noticed, look at the proxy in"
                  + " front of the engine.")
          .judgedBy(EngineTrustChecks::canaryNoticed);

  private static Verdict certificateValid(Examination x) {
    switch (x.host().transport()) {
      case UNIX, SSH -> {
        return x.notApplicable("the engine is not reached over TLS");
      }
      case TCP -> {
        x.keep(new Evidence("transport", "\"TCP\"", null));
        return x.unknown("the engine answers over plain TCP: there is no certificate to look at");
      }
      case TLS -> {}
    }
    Source observed = x.observation();
    if (!observed.peek(CERTIFICATE).isObject()) {
      observed.object(CERTIFICATE);
    }
    if (!observed.flag(CHAIN)) {
      return x.fail("it does not chain to the authority that was given for this host");
    }
    if (!observed.flag(NAME)) {
      return x.fail("it is for another name");
    }
    String type = observed.text(KEY_TYPE);
    long bits = observed.integer(KEY_BITS);
    boolean strong =
        switch (type) {
          case "RSA" -> bits >= RSA_BITS;
          case "EC", "EdDSA" -> bits >= CURVE_BITS - 1;
          default -> false;
        };
    if (!strong) {
      return x.fail("its key is too weak");
    }
    Instant notAfter = Instants.parse(observed.text(NOT_AFTER));
    if (notAfter == null) {
      throw observed.unreadable(NOT_AFTER.path(), observed.peek(NOT_AFTER), "an instant");
    }
    Instant due = notAfter.minus(REPLACED_BEFORE);
    if (!x.host().at().isBefore(due)) {
      return x.fail(
          x.host().at().isBefore(notAfter) ? "it expires in less than 30 days" : "it has expired");
    }
    Verdict pass = x.pass();
    return new Verdict(pass.outcome(), pass.evidence(), null, new Turn(due, Outcome.FAIL));
  }

  private static Verdict pluginsApproved(Examination x) {
    Source observed = x.observation();
    JsonNode failed = observed.peek(PLUGINS_UNREAD);
    if (failed.isObject()) {
      throw Examination.partUnread(failed);
    }
    JsonNode plugins = observed.array(PLUGINS);
    if (plugins.isEmpty()) {
      return x.notApplicable("there are no plugins");
    }
    Set<String> declared = x.host().declared(Declaration.PLUGIN);
    List<Evidence> powerful = new ArrayList<>();
    for (int i = 0; i < plugins.size(); i++) {
      JsonNode plugin = plugins.get(i);
      String path = PLUGINS.entry(i);
      JsonNode enabled = plugin.path("Enabled");
      if (!enabled.isBoolean()) {
        throw observed.unreadable(path + ".Enabled", enabled, "true or false");
      }
      String name = observed.textOf(path + ".Name", plugin.path("Name"));
      if (enabled.booleanValue() && !declared.contains(name)) {
        powers(observed, path + ".Config", plugin.path("Config"), powerful);
      }
    }
    return powerful.isEmpty() ? x.pass() : x.fail(powerful, null);
  }

  private static void powers(
      Source observed, String path, JsonNode config, List<Evidence> powerful) {
    JsonNode linux = config.path("Linux");
    JsonNode all = linux.path(EVERY_DEVICE);
    if (!all.isBoolean()) {
      throw observed.unreadable(path + ".Linux." + EVERY_DEVICE, all, "true or false");
    }
    if (all.booleanValue()) {
      powerful.add(observed.evidence(path + ".Linux." + EVERY_DEVICE, all));
    }
    JsonNode capabilities = linux.path("Capabilities");
    for (int i = 0; i < capabilities.size(); i++) {
      if (capabilities.path(i).asString("").equals("CAP_SYS_ADMIN")) {
        powerful.add(
            observed.evidence(path + ".Linux.Capabilities[" + i + "]", capabilities.path(i)));
      }
    }
    JsonNode network = config.path("Network").path("Type");
    if (network.asString("").equals("host")) {
      powerful.add(observed.evidence(path + ".Network.Type", network));
    }
  }

  private static Verdict canaryNoticed(Examination x) {
    HostFacts host = x.host();
    boolean planted = false;
    for (Map.Entry<String, Reading> entry : host.containers().entrySet()) {
      if (!(entry.getValue() instanceof Reading.Read container)
          || !Canary.isLabelled(container.document())) {
        continue;
      }
      Evidence label =
          new Evidence(Canary.LABELS.member(Canary.LABEL), "\"true\"", container.sha256());
      if (!Canary.is(container.document(), container.observation())) {
        return x.fail(
            List.of(label),
            "a container that was started carries the label; it counts as any other");
      }
      Verdict verdict =
          PrivilegeChecks.NOT_PRIVILEGED.judge(new Check.Subject(host, entry.getKey(), container));
      if (verdict.outcome() != Outcome.FAIL) {
        return x.fail(
            List.of(label), "the canary is not privileged: CTR-PRIV does not fail for it");
      }
      x.keep(label);
      verdict.evidence().forEach(x::keep);
      planted = true;
    }
    if (planted) {
      return x.pass();
    }
    Reading.Unread unread = Containers.unread(host);
    return unread == null ? x.notApplicable("no canary is planted") : Examination.unread(unread);
  }
}
