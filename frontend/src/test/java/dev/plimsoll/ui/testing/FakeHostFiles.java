package dev.plimsoll.ui.testing;

import dev.plimsoll.attest.AttestationDraft;
import dev.plimsoll.attest.SignedAttestation;
import dev.plimsoll.attest.UploadedReport;
import dev.plimsoll.checklist.Attestation;
import dev.plimsoll.checklist.HostReport;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.posture.HostRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was read, reported and signed of the own files of one host; nobody looked at the others. */
public final class FakeHostFiles {
  /** The one host. */
  public static final long HOST = 2;

  /** What one who signed wrote, to be shown as text. */
  public static final String HOSTILE_STATEMENT = "<img src=x onerror=alert(1)> looked at the key";

  private static final String READ =
      """
      {"ssh":{
        "audit":["-w /etc/docker -p wa -k docker","-w /usr/bin/dockerd -p wa"],
        "dockerGroup":["deploy"],"accountDirectories":[],"mounts":["/","/var/lib/docker"],
        "tls":{"tlscacert":"/etc/docker/ca.pem","tlscert":null,"tlskey":null},
        "files":{
          "/etc/docker":{"uid":0,"gid":0,"user":"root","group":"root","mode":"755"},
          "/usr/bin/dockerd":{"uid":0,"gid":0,"user":"root","group":"root","mode":"755"},
          "/bin/dockerd":null,"/usr/sbin/dockerd":null,"/sbin/dockerd":null,
          "/run/docker.sock":{"uid":0,"gid":998,"user":"root","group":"docker","mode":"666"},
          "/etc/docker/daemon.json":{"uid":0,"gid":0,"user":"root","group":"root","mode":"644"},
          "/etc/default/docker":null},
        "unread":{"/etc/docker/ca.pem":
          {"call":"ssh xargs -0 stat","status":1,"detail":"Permission denied"}}}}
      """;
  private static final String REPORTED =
      """
      {"tool":"docker-bench-security","version":"1.6.0","benchmark":"CIS Docker Benchmark 1.6/1.7",
       "results":{"3.1":{"result":"PASS"},"3.2":{"result":"WARN",
        "details":"Wrong permissions for /lib/systemd/system/docker.service"},
        "3.21":{"result":"INFO","details":"File not found"},
        "3.22":{"result":"INFO","details":"File not found"}}}
      """;

  private final String host;
  private final List<UploadedReport> reports = new ArrayList<>();
  private final List<SignedAttestation> attestations = new ArrayList<>();

  FakeHostFiles(HostRef host, Instant now) {
    this.host = host.name();
    Instant taken = now.minus(Duration.ofDays(6));
    reports.add(
        new UploadedReport(
            1,
            host.id(),
            FakeDocuments.sha256(reported()),
            "docker-bench-security",
            "1.6.0",
            "CIS Docker Benchmark 1.6/1.7",
            "analyst",
            taken,
            taken.plusSeconds(900),
            taken.plus(Duration.ofDays(30)),
            4));
    sign("HFI-MODE-TLSKEY", Outcome.PASS, HOSTILE_STATEMENT, now, Duration.ofDays(20));
    sign("HST-HARDENED", Outcome.PASS, "Lynis 3.1: index 84.", now, Duration.ofDays(70));
  }

  static JsonNode read() {
    return JsonMapper.shared().readTree(READ);
  }

  static JsonNode reported() {
    return JsonMapper.shared().readTree(REPORTED);
  }

  /** Reports on a host. */
  public List<UploadedReport> reports(long hostId) {
    return hostId == HOST ? reports : List.of();
  }

  /** What was signed of a host. */
  public List<SignedAttestation> attestations(long hostId) {
    return hostId == HOST ? attestations : List.of();
  }

  /** Signs what a dialog was filled with. */
  SignedAttestation sign(AttestationDraft draft, Instant now) {
    return sign(
        draft.check(),
        Outcome.valueOf(draft.outcome()),
        draft.statement(),
        now,
        Duration.ofDays(9));
  }

  private SignedAttestation sign(
      String check, Outcome outcome, String statement, Instant now, Duration counts) {
    SignedAttestation signed =
        new SignedAttestation(
            attestations.size() + 1L,
            HOST,
            host,
            check,
            outcome,
            statement,
            "analyst",
            FakeDocuments.sha256(check + statement),
            now.minus(Duration.ofDays(3)),
            now.minus(Duration.ofDays(3)),
            now.plus(counts),
            null,
            null);
    attestations.add(signed);
    return signed;
  }

  List<HostReport> reportFacts() {
    return reports.stream()
        .map(r -> new HostReport(r.documentSha256(), reported(), r.takenAt(), r.expiresAt()))
        .toList();
  }

  List<Attestation> attestationFacts() {
    return attestations.stream()
        .map(
            a ->
                new Attestation(
                    a.check(),
                    a.outcome(),
                    a.author(),
                    a.signedAt(),
                    a.expiresAt(),
                    a.statement(),
                    a.documentSha256()))
        .toList();
  }
}
