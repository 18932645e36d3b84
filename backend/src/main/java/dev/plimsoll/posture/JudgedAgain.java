package dev.plimsoll.posture;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What the checks saw where no row says it: a PASS keeps its outcome and no evidence, because the
 * same check on the same stored facts sees the same again.
 */
@Component
@PortalItself
class JudgedAgain {
  private final StoredFacts storedFacts;
  private final Catalogue catalogue;

  JudgedAgain(StoredFacts storedFacts, Catalogue catalogue) {
    this.storedFacts = storedFacts;
    this.catalogue = catalogue;
  }

  /**
   * Verdicts of some subjects of one host, by subject and check ID.
   *
   * @param subjects those that were not known at the instant are left out
   */
  Map<Long, Map<String, Verdict>> of(long hostId, Set<Long> subjects, Instant at) {
    Checklist checklist = catalogue.now().checklist();
    StoredFacts.Known known = storedFacts.asOf(hostId, at);
    Map<Long, Map<String, Verdict>> verdicts = new HashMap<>();
    for (StoredFacts.KnownSubject subject : known.subjects()) {
      if (subjects.contains(subject.id())) {
        List<Rule> rules = checklist.rules(subject.kind());
        List<Verdict> answers = checklist.judge(known.facts(), subject.kind(), subject.dockerId());
        Map<String, Verdict> byCheck = HashMap.newHashMap(rules.size());
        for (int i = 0; i < rules.size(); i++) {
          byCheck.put(rules.get(i).id(), answers.get(i));
        }
        verdicts.put(subject.id(), byCheck);
      }
    }
    return verdicts;
  }
}
