package dev.plimsoll.posture;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was seen on hosts. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true)
public class SubjectList {
  /** Subjects that match, paged by key. */
  public Page<SubjectRow> list(SubjectQuery query, PageRequest page) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** One subject; empty if it had not been seen at the instant. */
  public Optional<SubjectRow> get(long subjectId, @Nullable Instant asOf) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Its document at the instant; empty if there was none. */
  public Optional<StoredDocument> document(long subjectId, @Nullable Instant asOf) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Any stored document that a verdict, state or observation names by its SHA-256 in hex. */
  public Optional<StoredDocument> document(String sha256) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Its states, newest first, at most 1000. */
  public List<StateRow> history(long subjectId) {
    throw new UnsupportedOperationException("not built yet");
  }
}
