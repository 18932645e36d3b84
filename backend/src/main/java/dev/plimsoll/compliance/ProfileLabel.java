package dev.plimsoll.compliance;

import java.util.Collection;
import java.util.List;

/**
 * The profile that a row of scores names: that of all its hosts, or {@link Profile#MIXED} with
 * version 0 where they have different ones.
 */
record ProfileLabel(String profile, int version) {
  private static final ProfileLabel DEFAULT =
      new ProfileLabel(Profile.EVERYTHING.name(), Profile.EVERYTHING.version());
  private static final ProfileLabel MIXED = new ProfileLabel(Profile.MIXED, 0);

  /** The label of hosts that were scored under these; that of the default for no hosts. */
  static ProfileLabel of(Collection<ScoreBasis> bases) {
    List<ProfileLabel> labels =
        bases.stream()
            .map(basis -> new ProfileLabel(basis.profile(), basis.profileVersion()))
            .distinct()
            .toList();
    return switch (labels.size()) {
      case 0 -> DEFAULT;
      case 1 -> labels.getFirst();
      default -> MIXED;
    };
  }
}
