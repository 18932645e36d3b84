package dev.plimsoll.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The first answers to requests with an {@code Idempotency-Key}, kept for 24 hours. A claim and the
 * answer are written in the transaction of what the request does, so that neither is there without
 * the other; a second request with the key waits at its claim until the first is through.
 */
@Repository
class FirstAnswers {
  static final Duration KEPT = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final Clock clock;

  FirstAnswers(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Claims a key for an actor.
   *
   * @return the first answer where the key was claimed before, else empty
   */
  Optional<FirstAnswer> claim(String actor, String key, String fingerprint) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            delete from idempotent_request r using (
              select actor, key from idempotent_request where created_at < :before
              limit 100 for update skip locked) old
            where r.actor = old.actor and r.key = old.key
            """)
        .param("before", utc(now.minus(KEPT)))
        .update();
    int claimed =
        jdbc.sql(
                """
                insert into idempotent_request (actor, key, fingerprint, created_at, status)
                values (:actor, :key, decode(:fingerprint, 'hex'), :now, 0)
                on conflict (actor, key) do update
                  set fingerprint = excluded.fingerprint, created_at = excluded.created_at,
                      status = 0, content_type = null, location = null, body = null
                  where idempotent_request.created_at < :before
                """)
            .param("actor", actor)
            .param("key", key)
            .param("fingerprint", fingerprint)
            .param("now", utc(now))
            .param("before", utc(now.minus(KEPT)))
            .update();
    return claimed == 1 ? Optional.empty() : Optional.of(find(actor, key));
  }

  /** Keeps the answer to a claimed key; a null body for one that must not be kept. */
  void keep(String actor, String key, FirstAnswer answer) {
    jdbc.sql(
            """
            update idempotent_request
            set status = :status, content_type = :type, location = :location, body = :body
            where actor = :actor and key = :key
            """)
        .param("status", answer.status())
        .param("type", answer.contentType())
        .param("location", answer.location())
        .param("body", answer.body())
        .param("actor", actor)
        .param("key", key)
        .update();
  }

  private FirstAnswer find(String actor, String key) {
    return jdbc.sql(
            """
            select encode(fingerprint, 'hex') as fingerprint, status, content_type, location, body
            from idempotent_request where actor = :actor and key = :key
            """)
        .param("actor", actor)
        .param("key", key)
        .query(
            (row, n) ->
                new FirstAnswer(
                    row.getString("fingerprint"),
                    row.getInt("status"),
                    row.getString("content_type"),
                    row.getString("location"),
                    row.getBytes("body")))
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  /**
   * What was answered.
   *
   * @param fingerprint of the request, in hex
   * @param body null where it held a secret
   */
  @SuppressWarnings("ArrayRecordComponent") // A carrier between two methods; never compared.
  record FirstAnswer(
      String fingerprint,
      int status,
      @Nullable String contentType,
      @Nullable String location,
      byte @Nullable [] body) {}
}
