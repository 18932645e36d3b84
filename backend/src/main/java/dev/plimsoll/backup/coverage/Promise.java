package dev.plimsoll.backup.coverage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was promised for data: the strictest of all policies that match.
 *
 * @param policyId the policy with the shortest RPO; null if a label promises it
 * @param policy its name, or the label
 * @param rpo how much may be lost; null if nothing but an exemption matches
 * @param restoreTestEvery how often a restore must be proven; null if no policy asks for it
 * @param offHost whether a backup that lies on the host itself counts for nothing
 * @param exemption null if none is approved
 */
public record Promise(
    @Nullable Long policyId,
    @Nullable Integer policyVersion,
    String policy,
    @Nullable Duration rpo,
    @Nullable Duration restoreTestEvery,
    boolean offHost,
    Policy.@Nullable Exemption exemption) {}
