package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.posture.CoverageTotals;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much of a scope's data stands how, as the API shows it.
 *
 * @param kinds the same for each kind that is kept at all
 * @param offHost of what is PROTECTED, where the newest good backup lies; not in a series
 */
record CoverageTotalsBody(
    Instant at,
    Map<CoverageState, Long> counts,
    Map<CoverageState, Long> bytes,
    Map<CoverageState, Long> unsized,
    CoverageTotals.Amount total,
    @Nullable Double percentProtected,
    @Nullable Double percentProtectedOfBytes,
    Map<String, StatesBody> kinds,
    @JsonInclude(JsonInclude.Include.NON_NULL) CoverageTotals.@Nullable OffHost offHost) {

  static CoverageTotalsBody of(CoverageTotals totals) {
    StatesBody all = StatesBody.of(totals.all());
    Map<String, StatesBody> kinds = new TreeMap<>();
    totals.kinds().forEach((kind, states) -> kinds.put(kind.word(), StatesBody.of(states)));
    return new CoverageTotalsBody(
        totals.at(),
        all.counts(),
        all.bytes(),
        all.unsized(),
        all.total(),
        all.percentProtected(),
        all.percentProtectedOfBytes(),
        kinds,
        totals.offHost());
  }

  /**
   * Amounts by state.
   *
   * @param bytes of what was measured
   * @param unsized how many were not
   * @param percentProtected of what is not exempt, 0 to 100; null if there is none
   * @param percentProtectedOfBytes the same by bytes, of what was measured
   */
  record StatesBody(
      Map<CoverageState, Long> counts,
      Map<CoverageState, Long> bytes,
      Map<CoverageState, Long> unsized,
      CoverageTotals.Amount total,
      @Nullable Double percentProtected,
      @Nullable Double percentProtectedOfBytes) {
    static StatesBody of(CoverageTotals.States states) {
      return new StatesBody(
          each(states, CoverageTotals.Amount::count),
          each(states, CoverageTotals.Amount::bytes),
          each(states, CoverageTotals.Amount::unsized),
          states.total(),
          states.percent(),
          states.percentOfBytes());
    }

    private static Map<CoverageState, Long> each(
        CoverageTotals.States states, ToLongFunction<CoverageTotals.Amount> what) {
      Map<CoverageState, Long> amounts = new TreeMap<>();
      for (CoverageState state : CoverageState.values()) {
        amounts.put(state, what.applyAsLong(states.of(state)));
      }
      return amounts;
    }
  }
}
