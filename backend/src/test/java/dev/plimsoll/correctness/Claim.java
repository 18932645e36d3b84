package dev.plimsoll.correctness;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.SubjectKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must be said of one subject.
 *
 * @param dockerId under which it is judged
 * @param asked what the engine was told to make
 */
record Claim(
    SubjectKind kind, String dockerId, String title, String asked, Map<String, Outcome> expected) {

  /** The same with other outcomes for some checks. */
  Claim but(String words) {
    Map<String, Outcome> all = new TreeMap<>(expected);
    all.putAll(Expected.of(words));
    return new Claim(kind, dockerId, title, asked, all);
  }
}
