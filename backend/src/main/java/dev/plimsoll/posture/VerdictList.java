package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every subject and check, PASS included. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class VerdictList {
  /** Verdicts that match, by host, subject and check in catalogue order, paged by key. */
  public Page<VerdictRow> list(VerdictQuery query, PageRequest page) {
    throw new UnsupportedOperationException("not built yet");
  }
}
