package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a swarm keeps its secrets and keys. */
final class SwarmKeyChecks {
  private static final Field AUTO_LOCK = Field.of(".swarm.Spec.EncryptionConfig.AutoLockManagers");
  private static final Field CA_CONFIG = Field.of(".swarm.Spec.CAConfig");
  private static final Field CERT_EXPIRY = Field.of(".swarm.Spec.CAConfig.NodeCertExpiry");
  private static final Field ROOT = Field.of(".swarm.TLSInfo.TrustRoot");
  private static final Field ROTATING = Field.of(".swarm.RootRotationInProgress");
  private static final Field ROTATING_SINCE = Field.of(".rotatingSince");
  private static final Duration LONGEST_CERTIFICATE = Duration.ofDays(90);
  private static final Duration UNLOCK_KEY_AGE = Duration.ofDays(180);
  private static final Duration ROOT_AGE = Duration.ofDays(365);
  private static final Duration LONGEST_ROTATION = Duration.ofDays(1);

  private SwarmKeyChecks() {}

  static final Check SECRETS =
      RuleBuilder.swarm("SWM-SECRETS", MEDIUM)
          .cis("7.4")
          .nist("4.1.4")
          .title("Services take passwords from swarm secrets, not from variables")
          .rationale("Whoever may inspect a service reads its variables.")
          .remediation(
              "docker secret create, and docker service update --secret-add; name its file in a"
                  + " variable that ends in _FILE.")
          .judgedBy(Swarm.onManager(SwarmKeyChecks::secrets));

  static final Check AUTO_LOCKED =
      RuleBuilder.swarm("SWM-AUTOLOCK", MEDIUM)
          .cis("7.5")
          .nist("4.3.1")
          .title("Swarm keys are locked at rest")
          .rationale("Without the lock, a manager's stolen disk holds the swarm's CA and secrets.")
          .remediation(
              "docker swarm update --autolock=true, and keep the unlock key somewhere else.")
          .judgedBy(
              Swarm.onManager(
                  x ->
                      Swarm.part(x.document(), Swarm.CLUSTER).flag(AUTO_LOCK)
                          ? x.pass()
                          : x.fail(null)));

  static final Check KEY_ROTATED =
      RuleBuilder.swarm("SWM-KEYROTATE", LOW)
          .attestable()
          .evidence()
          .cis("7.6")
          .nist("4.3.1")
          .title("The unlock key is rotated on schedule")
          .rationale("A key that left the house is of no use for longer than until it is changed.")
          .remediation("docker swarm unlock-key --rotate, and attest it with its date.")
          .judgedBy(Swarm.inSwarm(SwarmKeyChecks::keyRotated));

  static final Check CERTIFICATES_SHORT =
      RuleBuilder.swarm("SWM-CERTROTATE", LOW)
          .cis("7.7")
          .nist("4.3.5")
          .title("Node certificates are short-lived")
          .rationale("The certificate of a node that was taken over expires by itself.")
          .remediation("docker swarm update --cert-expiry 2160h, or shorter.")
          .judgedBy(Swarm.onManager(SwarmKeyChecks::certificatesShort));

  static final Check ROOT_ROTATED =
      RuleBuilder.swarm("SWM-CAROTATE", LOW)
          .cis("7.8")
          .nist("4.3.5")
          .title("The cluster CA is rotated on schedule")
          .rationale("All that a leaked CA key can do ends with the CA.")
          .remediation("docker swarm ca --rotate, once a year, and see that it ends.")
          .judgedBy(Swarm.onManager(SwarmKeyChecks::rootRotated));

  private static Verdict secrets(Examination x) {
    Source swarm = Swarm.part(x.document(), Swarm.SERVICES);
    JsonNode services = swarm.peek(Swarm.SERVICES);
    if (!services.isArray()) {
      swarm.array(Swarm.SERVICES);
    }
    if (services.isEmpty()) {
      return x.notApplicable("there are no services");
    }
    List<Evidence> secrets = new ArrayList<>();
    List<Evidence> unclear = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      String path = Swarm.SERVICES.entry(i) + ".Spec.TaskTemplate.ContainerSpec.Env";
      JsonNode task = services.get(i).path("Spec").path("TaskTemplate");
      JsonNode env = task.path("ContainerSpec").path("Env");
      if (!task.isObject() || !(env.isArray() || env.isNull() || env.isMissingNode())) {
        unclear.add(swarm.evidence(path, env));
        continue;
      }
      SecretChecks.judgeVariables(swarm, path, env, secrets, unclear);
    }
    if (!secrets.isEmpty()) {
      return x.fail(secrets, null);
    }
    if (!unclear.isEmpty()) {
      return x.unknown(unclear, "a service does not show enough to judge");
    }
    return x.pass("no variable of %d services holds a secret".formatted(services.size()));
  }

  private static Verdict keyRotated(Examination x) {
    if (!x.engine().flag(Swarm.CONTROL)) {
      return x.unknown("a worker is not shown this: watch a manager of the same swarm");
    }
    if (!Swarm.part(x.document(), Swarm.CLUSTER).flag(AUTO_LOCK)) {
      return x.notApplicable("without autolock there is no unlock key");
    }
    Attestation attestation = Attested.current(x.host(), "SWM-KEYROTATE");
    if (attestation == null) {
      return x.unknown("nobody attests when the key was rotated");
    }
    Instant due = attestation.signedAt().plus(UNLOCK_KEY_AGE);
    if (attestation.outcome() == Outcome.PASS && !x.host().at().isBefore(due)) {
      x.keep(Attested.evidence(attestation));
      return x.fail("the attested rotation lies more than 180 days back");
    }
    return due.isBefore(attestation.expiresAt())
        ? Attested.verdict(x, attestation, due, Outcome.FAIL)
        : Attested.verdict(x, attestation, Outcome.UNKNOWN);
  }

  private static Verdict certificatesShort(Examination x) {
    Source swarm = Swarm.part(x.document(), Swarm.CLUSTER);
    if (!swarm.peek(CA_CONFIG).isObject()) {
      swarm.object(CA_CONFIG);
    }
    if (swarm.peek(CERT_EXPIRY).isMissingNode()) {
      swarm.look(CA_CONFIG);
      return x.pass("the engine's default of 90 days");
    }
    long nanoseconds = swarm.integer(CERT_EXPIRY);
    if (nanoseconds == 0) {
      return x.pass("the engine's default of 90 days");
    }
    return nanoseconds > 0 && nanoseconds <= LONGEST_CERTIFICATE.toNanos()
        ? x.pass()
        : x.fail("valid for more than 90 days");
  }

  private static Verdict rootRotated(Examination x) {
    Source swarm = Swarm.part(x.document(), Swarm.CLUSTER);
    String pem = swarm.text(ROOT);
    Instant begins = notBefore(pem);
    if (begins == null) {
      throw swarm.unreadable(ROOT.path(), swarm.peek(ROOT), "a certificate");
    }
    Instant due = begins.plus(ROOT_AGE);
    if (swarm.flag(ROTATING)) {
      Source observed = x.observation();
      Instant since = Instants.parse(observed.text(ROTATING_SINCE));
      if (since == null) {
        throw observed.unreadable(
            ROTATING_SINCE.path(), observed.peek(ROTATING_SINCE), "an instant");
      }
      Instant stuck = since.plus(LONGEST_ROTATION);
      if (!x.host().at().isBefore(stuck)) {
        return x.fail("a rotation has been under way for more than a day");
      }
      due = stuck.isBefore(due) ? stuck : due;
    }
    if (!x.host().at().isBefore(due)) {
      return x.fail("the CA is older than 365 days");
    }
    Verdict pass = x.pass();
    return new Verdict(pass.outcome(), pass.evidence(), null, new Turn(due, Outcome.FAIL));
  }

  /** From when on a certificate is valid; null if the text is none. */
  private static @Nullable Instant notBefore(String pem) {
    try {
      X509Certificate root =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      return root.getNotBefore().toInstant();
    } catch (CertificateException e) {
      return null;
    }
  }
}
