package dev.plimsoll.posture;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What was seen on hosts. */
@Service
@Requires(Permission.READ)
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class SubjectList {
  private static final int MOST_STATES = 1000;
  private static final SubjectQuery DEFAULTS =
      new SubjectQuery(null, null, null, false, SubjectQuery.Sort.NAME, false, null);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Documents documents;
  private final SubjectRows rows;

  SubjectList(
      JdbcClient jdbc,
      @Qualifier("publishClock") Clock clock,
      Documents documents,
      SubjectRows rows) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.documents = documents;
    this.rows = rows;
  }

  /** Subjects that match, paged by key. */
  public Page<SubjectRow> list(SubjectQuery query, PageRequest page) {
    Listing<SubjectQuery> listing =
        Listing.of("subjects", query, DEFAULTS, query.asOf(), page, clock);
    Moment moment = listing.moment();
    SubjectQuery asked = listing.query();
    if (asked.sort() == SubjectQuery.Sort.WORST && asked.hostId() == null) {
      throw new InvalidInput("sort", "\"worst\" needs a host. Give one, or sort otherwise.");
    }
    Conditions conditions =
        new Conditions(moment)
            .andIf(asked.hostId(), "b.host_id = :host", "host")
            .andIf(kind(asked.kind()), "b.kind = :kind", "kind")
            .andText(
                "q",
                asked.text(),
                "strpos(lower(b.name), lower(:text)) > 0"
                    + " or strpos(lower(b.docker_id), lower(:text)) > 0"
                    + " or strpos(lower(s.name), lower(:text)) > 0",
                "text");
    if (asked.hostId() == null) {
      conditions.and("not hh.decommissioned");
    }
    if (asked.present()) {
      conditions.and("s.subject_id is not null");
    }
    if (!moment.current()) {
      conditions.and("b.first_seen <= :at");
    }
    KeyedSelect select =
        new KeyedSelect(
            SubjectSelect.sql(moment, asked, conditions),
            conditions.parameters(),
            SubjectSelect.order(asked));
    Page<SubjectSelect.Found> found = select.page(jdbc, listing, page, SubjectSelect.FOUND);
    return found.with(rows.complete(found.items(), moment));
  }

  /** One subject; empty if it had not been seen at the instant. */
  public Optional<SubjectRow> get(long subjectId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    Conditions conditions = new Conditions(moment).and("b.id = :id", "id", subjectId);
    if (!moment.current()) {
      conditions.and("b.first_seen <= :at");
    }
    List<SubjectSelect.Found> found =
        jdbc.sql(SubjectSelect.sql(moment, DEFAULTS, conditions))
            .params(conditions.parameters())
            .query(SubjectSelect.FOUND)
            .list();
    return rows.complete(found, moment).stream().findFirst();
  }

  /** Its document at the instant; empty if there was none. */
  public Optional<StoredDocument> document(long subjectId, @Nullable Instant asOf) {
    Moment moment = Moment.of(asOf, clock);
    return jdbc.sql(
            "select s.document from state s where s.subject_id = :id and s.document is not null"
                + " and "
                + moment.holds("s"))
        .param("id", subjectId)
        .param("at", moment.time())
        .query((row, n) -> Sha256.stored(row.getBytes("document")))
        .optional()
        .flatMap(this::stored);
  }

  /** Any stored document that a verdict, state or observation names by its SHA-256 in hex. */
  public Optional<StoredDocument> document(String sha256) {
    if (!sha256.matches("[0-9a-fA-F]{64}")) {
      return Optional.empty();
    }
    return stored(Sha256.stored(HexFormat.of().parseHex(sha256)));
  }

  /** Its states, newest first, at most 1000. */
  public List<StateRow> history(long subjectId) {
    return history(subjectId, null, new PageRequest(MOST_STATES, null, false)).items();
  }

  /** Its states as they were known at an instant, null for now; newest first, paged by key. */
  public Page<StateRow> history(long subjectId, @Nullable Instant asOf, PageRequest page) {
    Subject subject = new Subject(subjectId);
    Listing<Subject> listing = Listing.of("history", subject, subject, asOf, page, clock);
    if (listing.query().id() != subjectId) {
      throw Listing.unfit("belongs to another subject");
    }
    Moment moment = listing.moment();
    Conditions conditions = new Conditions(moment).and("s.subject_id = :id", "id", subjectId);
    if (!moment.current()) {
      conditions.and("s.valid_from <= :at");
    }
    return new KeyedSelect(
            "select s.valid_from, nullif(s.valid_to, 'infinity') valid_to, s.name, s.document,"
                + " s.observation, s.problem, s.collection_id from state s"
                + conditions.where(),
            conditions.parameters(),
            KeyOrder.of(KeyColumn.of("valid_from", KeyColumn.Type.INSTANT, true)))
        .page(
            jdbc,
            listing,
            page,
            (row, n) -> {
              Instant to = Rows.instantOrNull(row, "valid_to");
              boolean lasts = to == null || (!moment.current() && to.isAfter(moment.at()));
              return new StateRow(
                  Rows.instant(row, "valid_from"),
                  lasts ? null : to,
                  row.getString("name"),
                  Rows.hexOrNull(row, "document"),
                  Rows.hexOrNull(row, "observation"),
                  Problems.one(row.getString("problem")),
                  Rows.longOrNull(row, "collection_id"));
            });
  }

  private Optional<StoredDocument> stored(Sha256 sha256) {
    return documents.json(sha256).map(json -> new StoredDocument(sha256.hex(), json));
  }

  private static @Nullable String kind(@Nullable String word) {
    return word == null ? null : Catalogue.requireKind(word).word();
  }

  /** Whose history is listed. */
  private record Subject(long id) {}
}
