package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.NoSuchPolicy;
import dev.plimsoll.backup.PolicyDraft;
import dev.plimsoll.backup.PolicyPreview;
import dev.plimsoll.backup.PolicyRecord;
import dev.plimsoll.backup.SelectorJson;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What must be backed up and how fresh, or need not be. */
@RestController
@RequestMapping("/api/v1/backup-policies")
@Tag(name = "Backup policies", description = "What must be backed up and how fresh")
class BackupPoliciesResource {
  private final BackupPolicies policies;
  private final AsOf instants;

  BackupPoliciesResource(BackupPolicies policies, AsOf instants) {
    this.policies = policies;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "All policies by name")
  PageBody<PolicyBody> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(policies.list(instants.check(asOf)).stream().map(PolicyBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One policy")
  PolicyBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    long policyId = Ids.parse("backup policy", id);
    Instant at = instants.check(asOf);
    return at == null
        ? shown(policyId)
        : policies.list(at).stream()
            .filter(policy -> policy.id() == policyId)
            .findFirst()
            .map(PolicyBody::of)
            .orElseThrow(() -> new NotFound("backup policy", id));
  }

  @PostMapping
  @Operation(summary = "Add a policy; an exemption waits until somebody else approves it")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = PolicyRequest.class)))
  ResponseEntity<PolicyBody> create(@RequestBody JsonNode body) {
    long id = policies.create(draft(body, null));
    return ResponseEntity.created(URI.create("/api/v1/backup-policies/" + id)).body(shown(id));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary =
          "Change a policy (RFC 7396): what is left out stays, null takes away; a selector is"
              + " replaced as a whole, and an exemption has to be approved again")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = PolicyRequest.class)))
  PolicyBody change(@PathVariable String id, @RequestBody JsonNode body) {
    long policyId = Ids.parse("backup policy", id);
    PolicyRecord before = policies.find(policyId).orElseThrow(() -> new NoSuchPolicy(policyId));
    policies.change(policyId, draft(body, before.policy()));
    return shown(policyId);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "End a policy; what it promised before stays history")
  void remove(@PathVariable String id) {
    policies.remove(Ids.parse("backup policy", id));
  }

  @PostMapping("/{id}/approve")
  @Operation(summary = "Approve an exemption that somebody else asked for")
  PolicyBody approve(@PathVariable String id) {
    long policyId = Ids.parse("backup policy", id);
    policies.approve(policyId);
    return shown(policyId);
  }

  @PostMapping("/preview")
  @Operation(summary = "What a selector matches now; stores nothing")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = PreviewRequest.class)))
  PreviewBody preview(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    JsonFields within = fields.object("selector");
    Selector selector = within == null ? Selector.VOLUMES : SelectorJson.read(within);
    fields.check();
    return PreviewBody.of(policies.preview(selector));
  }

  private PolicyBody shown(long id) {
    return policies.find(id).map(PolicyBody::of).orElseThrow(() -> new NoSuchPolicy(id));
  }

  private static PolicyDraft draft(JsonNode body, @Nullable Policy before) {
    JsonFields fields = JsonFields.of(body);
    String name =
        before == null || fields.has("name") ? fields.requiredText("name") : before.name();
    JsonFields within = fields.object("selector");
    Selector selector =
        within != null
            ? SelectorJson.read(within)
            : before == null || fields.isNull("selector") ? Selector.VOLUMES : before.selector();
    Duration rpo = seconds(fields, "rpoSeconds", before == null ? null : before.rpo());
    Duration restore =
        seconds(
            fields, "restoreTestEverySeconds", before == null ? null : before.restoreTestEvery());
    Boolean offHost = fields.flag("offHost");
    JsonFields exempt = fields.object("exempt");
    Policy.Exemption kept = before == null || fields.has("exempt") ? null : before.exemption();
    String reason =
        exempt != null ? exempt.requiredText("reason") : kept == null ? null : kept.reason();
    Instant until =
        exempt != null ? exempt.instant("expiresAt") : kept == null ? null : kept.until();
    fields.check();
    return new PolicyDraft(
        name,
        selector,
        rpo,
        restore,
        offHost == null ? before != null && before.offHost() && !fields.isNull("offHost") : offHost,
        reason,
        until);
  }

  private static @Nullable Duration seconds(
      JsonFields fields, String name, @Nullable Duration before) {
    if (!fields.has(name)) {
      return before;
    }
    Long seconds = fields.whole(name);
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** What can be said of a policy. */
  record PolicyRequest(
      String name,
      @Nullable SelectorBody selector,
      @Nullable Long rpoSeconds,
      @Nullable Long restoreTestEverySeconds,
      @Nullable Boolean offHost,
      @Nullable ExemptRequest exempt) {}

  /** Why data needs no backup. */
  record ExemptRequest(String reason, @Nullable Instant expiresAt) {}

  /** What to look up. */
  record PreviewRequest(SelectorBody selector) {}

  /**
   * Which data a policy is for; what is left out holds of everything, but of kinds, volumes alone.
   */
  record SelectorBody(
      @Nullable List<String> kinds,
      @Nullable String group,
      @Nullable String environment,
      @Nullable List<String> hosts,
      @Nullable Map<String, String> hostLabels,
      @Nullable Map<String, String> labels,
      @Nullable List<String> names,
      @Nullable String project,
      @Nullable Boolean anonymous) {}

  /**
   * A policy as the API shows it.
   *
   * @param since when this version began
   */
  record PolicyBody(
      String id,
      int version,
      String name,
      @Schema(implementation = SelectorBody.class) JsonNode selector,
      @Nullable Long rpoSeconds,
      @Nullable Long restoreTestEverySeconds,
      boolean offHost,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ExemptBody exempt,
      String author,
      Instant since) {
    static PolicyBody of(PolicyRecord record) {
      Policy policy = record.policy();
      return new PolicyBody(
          String.valueOf(policy.id()),
          policy.version(),
          policy.name(),
          SelectorJson.write(policy.selector()),
          seconds(policy.rpo()),
          seconds(policy.restoreTestEvery()),
          policy.offHost(),
          ExemptBody.of(record),
          record.author(),
          record.since());
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
      return duration == null ? null : (Long) duration.toSeconds();
    }
  }

  /**
   * An exemption.
   *
   * @param status AWAITS_APPROVAL until somebody else than its author approved it, then APPROVED
   */
  record ExemptBody(
      String reason, @Nullable Instant expiresAt, @Nullable String approvedBy, String status) {
    static @Nullable ExemptBody of(PolicyRecord record) {
      Policy.Exemption exemption = record.policy().exemption();
      return exemption == null
          ? null
          : new ExemptBody(
              exemption.reason(),
              exemption.until(),
              exemption.approver(),
              record.awaitsApproval() ? "AWAITS_APPROVAL" : "APPROVED");
    }
  }

  /**
   * What a selector matches now.
   *
   * @param first at most 50, by host and name
   */
  record PreviewBody(long matched, Map<String, Long> byKind, int hosts, List<MatchBody> first) {
    static PreviewBody of(PolicyPreview preview) {
      Map<String, Long> kinds = new TreeMap<>();
      preview.byKind().forEach((kind, count) -> kinds.put(kind.word(), count));
      return new PreviewBody(
          preview.matched(),
          kinds,
          preview.hosts(),
          preview.first().stream().map(MatchBody::of).toList());
    }
  }

  /**
   * Data that a selector matches.
   *
   * @param coverage ID of the kept data
   * @param policy what promises for it already
   */
  record MatchBody(
      String coverage,
      HostRefBody host,
      String kind,
      String name,
      DataShape shape,
      @Nullable String policy) {
    static MatchBody of(PolicyPreview.Match match) {
      return new MatchBody(
          String.valueOf(match.dataId()),
          new HostRefBody(String.valueOf(match.hostId()), match.host()),
          match.ref().kind().word(),
          match.ref().name(),
          match.shape(),
          match.policy());
    }
  }
}
