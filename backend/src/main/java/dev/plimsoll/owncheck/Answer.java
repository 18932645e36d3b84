package dev.plimsoll.owncheck;

import dev.plimsoll.checklist.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an expression says of one subject.
 *
 * @param value null if it cannot be answered
 * @param evidence the fields that were read to find out, the last {@value Reads#MAX_KEPT} of them
 * @param reason why there is no answer, or what is worth knowing of the evidence; may be null
 */
record Answer(@Nullable Boolean value, List<Evidence> evidence, @Nullable String reason) {
  Answer {
    evidence = List.copyOf(evidence);
  }
}
