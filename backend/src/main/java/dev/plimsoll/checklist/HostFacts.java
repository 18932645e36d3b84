package dev.plimsoll.checklist;

import java.time.Instant;
import java.util.Map;

/**
 * All that is known of one host at one instant: everything a check may look at.
 *
 * @param at the instant for which is judged
 * @param transport how the collector reaches the engine
 * @param engine the document {@code {"info":…,"version":…}}
 * @param containers by Docker ID; likewise images, networks; volumes by name
 * @param unreadLists the lists that the engine did not show, by kind: what is missing from such a
 *     map may exist all the same
 */
public record HostFacts(
    Instant at,
    Transport transport,
    Reading engine,
    Map<String, Reading> containers,
    Map<String, Reading> images,
    Map<String, Reading> volumes,
    Map<String, Reading> networks,
    Map<SubjectKind, Reading.Unread> unreadLists) {

  /** How the collector reaches an engine. */
  public enum Transport {
    UNIX,
    TCP,
    TLS,
    SSH
  }
}
