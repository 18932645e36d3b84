package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.posture.CoverageRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How data stands, as the API shows it. A volume has {@code volume}, a bound directory {@code path}
 * and the first container that uses it, a writable layer {@code container}, a swarm {@code swarm}.
 *
 * @param subject ID of the volume, or of the container whose layer it is
 * @param reason a sentence
 * @param policy name of the policy, or the label that promises it
 * @param lastSuccess when the newest good backup ended
 * @param lastSuccessStartedAt when it began: what was written later is not in it
 * @param offHost whether it lies elsewhere than on the host; null if that was not reported
 * @param lastRestoreTest when the newest restore ended whose hashes were all equal
 * @param bytes null if it was never measured
 * @param usedBy names of the containers that use it
 * @param intents what was meant; no evidence of anything
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record CoverageBody(
    String id,
    @Nullable String subject,
    String kind,
    DataShape shape,
    String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String volume,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String container,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String path,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean swarm,
    HostRefBody host,
    @Nullable String group,
    @Nullable String project,
    CoverageState state,
    CoverageReason reasonCode,
    String reason,
    Instant since,
    @Nullable Instant turnsAt,
    @Nullable CoverageState turnsTo,
    @Nullable CoverageState whenLastSeen,
    @Nullable String policy,
    @Nullable String policyId,
    @Nullable Long rpoSeconds,
    @Nullable Long restoreTestEverySeconds,
    @Nullable ExemptionBody exemption,
    @Nullable Instant lastSuccess,
    @Nullable Instant lastSuccessStartedAt,
    @Nullable String lastSuccessRecord,
    @Nullable Boolean offHost,
    @Nullable Instant lastFailure,
    @Nullable Instant lastRestoreTest,
    @Nullable Long bytes,
    @Nullable Instant bytesSince,
    boolean orphaned,
    List<String> usedBy,
    List<KeptData.User> users,
    List<KeptData.Intent> intents) {

  static CoverageBody of(CoverageRow row) {
    CoverageRow.Promised promise = row.promise();
    CoverageRow.Good good = row.backups().good();
    Long subject = row.subjectId();
    Long policyId = promise == null ? null : promise.policyId();
    return new CoverageBody(
        String.valueOf(row.dataId()),
        subject == null ? null : String.valueOf(subject),
        row.kind().word(),
        row.shape(),
        row.name(),
        row.kind() == DataKind.VOLUME ? row.name() : null,
        container(row),
        row.kind() == DataKind.DIRECTORY ? row.name() : null,
        row.kind() == DataKind.SWARM ? true : null,
        HostRefBody.of(row.host()),
        row.group(),
        row.project(),
        row.state(),
        row.reason(),
        row.sentence(),
        row.since(),
        row.turnsAt(),
        row.turnsTo(),
        row.whenLastSeen(),
        promise == null ? null : promise.policy(),
        policyId == null ? null : String.valueOf(policyId),
        promise == null ? null : promise.rpoSeconds(),
        promise == null ? null : promise.restoreTestEverySeconds(),
        ExemptionBody.of(row.exemption()),
        good == null ? null : good.finishedAt(),
        good == null ? null : good.startedAt(),
        good == null ? null : String.valueOf(good.recordId()),
        good == null ? null : good.offHost(),
        row.backups().lastFailure(),
        row.backups().lastRestoreTest(),
        row.bytes(),
        row.bytesSince(),
        row.orphaned(),
        row.usedBy().stream().map(KeptData.User::container).distinct().toList(),
        row.usedBy(),
        row.intents());
  }

  private static @Nullable String container(CoverageRow row) {
    return switch (row.kind()) {
      case LAYER -> row.name();
      case DIRECTORY ->
          row.usedBy().stream().map(KeptData.User::container).findFirst().orElse(null);
      case VOLUME, SWARM -> null;
    };
  }

  /** Why data needs no backup, who approved that, and until when. */
  record ExemptionBody(
      String policy, String reason, @Nullable String approvedBy, @Nullable Instant expiresAt) {
    static @Nullable ExemptionBody of(Policy.@Nullable Exemption exemption) {
      return exemption == null
          ? null
          : new ExemptionBody(
              exemption.by(), exemption.reason(), exemption.approver(), exemption.until());
    }
  }
}
