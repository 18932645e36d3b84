package dev.plimsoll.posture;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a scope's data stands how, from an instant on.
 *
 * @param kinds for each kind that is kept at all
 * @param offHost where the newest good backups of what is PROTECTED lie; null in a series
 */
public record CoverageTotals(Instant at, Map<DataKind, States> kinds, @Nullable OffHost offHost) {
  private static final double ALL = 100;

  public CoverageTotals {
    kinds = Map.copyOf(kinds);
  }

  static CoverageTotals of(
      Instant at, Map<DataKind, Map<CoverageState, Amount>> kinds, @Nullable OffHost offHost) {
    Map<DataKind, States> states = new EnumMap<>(DataKind.class);
    kinds.forEach((kind, amounts) -> states.put(kind, new States(amounts)));
    return new CoverageTotals(at, states, offHost);
  }

  /** All kinds together. */
  public States all() {
    Map<CoverageState, Amount> all = new EnumMap<>(CoverageState.class);
    kinds
        .values()
        .forEach(states -> states.states().forEach((s, n) -> all.merge(s, n, Amount::plus)));
    return new States(all);
  }

  /**
   * Amounts for each state that any data is in.
   *
   * @param states none of an empty scope
   */
  public record States(Map<CoverageState, Amount> states) {
    public States {
      states = Map.copyOf(states);
    }

    /** How much is in a state. */
    public Amount of(CoverageState state) {
      return states.getOrDefault(state, Amount.NONE);
    }

    /** How much there is. */
    public Amount total() {
      return states.values().stream().reduce(Amount.NONE, Amount::plus);
    }

    /** How much of it is not exempt. */
    public Amount promised() {
      return total().minus(of(CoverageState.EXEMPT));
    }

    /** The share of what is not exempt that is PROTECTED, 0 to 100; null if there is none. */
    public @Nullable Double percent() {
      return share(of(CoverageState.PROTECTED).count(), promised().count());
    }

    /** The same by bytes, of what was measured. */
    public @Nullable Double percentOfBytes() {
      return share(of(CoverageState.PROTECTED).bytes(), promised().bytes());
    }

    private static @Nullable Double share(long part, long whole) {
      return whole == 0 ? null : (Double) (ALL * part / whole);
    }
  }

  /**
   * How much data.
   *
   * @param bytes of those that were measured
   * @param unsized how many were not measured
   */
  public record Amount(long count, long bytes, long unsized) {
    static final Amount NONE = new Amount(0, 0, 0);

    Amount plus(Amount other) {
      return new Amount(count + other.count, bytes + other.bytes, unsized + other.unsized);
    }

    Amount minus(Amount other) {
      return new Amount(count - other.count, bytes - other.bytes, unsized - other.unsized);
    }
  }

  /** How many of what is PROTECTED have their newest good backup where. */
  public record OffHost(long yes, long no, long notReported) {}
}
