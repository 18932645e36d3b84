package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Findings across the fleet. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class FindingList {
  /** Findings that match, paged by key. */
  public Page<FindingRow> list(FindingQuery query, PageRequest page) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** One finding. */
  public Optional<FindingRow> get(long findingId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** What happened to it, oldest first, at most 1000. */
  public List<FindingEvent> events(long findingId) {
    throw new UnsupportedOperationException("not built yet");
  }
}
