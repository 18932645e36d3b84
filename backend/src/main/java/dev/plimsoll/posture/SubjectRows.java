package dev.plimsoll.posture;

import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Completes a page of subjects with what other rows and documents tell, all at once. */
@Component
@PortalItself
class SubjectRows {
  private final JdbcClient jdbc;
  private final Documents documents;
  private final BlindHosts blindHosts;
  private final Catalogue catalogue;

  SubjectRows(JdbcClient jdbc, Documents documents, BlindHosts blindHosts, Catalogue catalogue) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.blindHosts = blindHosts;
    this.catalogue = catalogue;
  }

  List<SubjectRow> complete(List<SubjectSelect.Found> page, Moment moment) {
    if (page.isEmpty()) {
      return List.of();
    }
    Set<Long> hosts = new HashSet<>();
    page.forEach(found -> hosts.add(found.host().id()));
    Map<Long, Blindness> blind = blindHosts.at(moment, hosts);
    Map<Long, SeenUntil> until = new HashMap<>();
    page.forEach(found -> until.put(found.id(), SeenUntil.of(found, cause(found, blind), moment)));
    Map<SeenUntil, Instant> reads = lastReads(new HashSet<>(until.values()));
    Map<Long, Judged> judged = judged(page.stream().map(SubjectSelect.Found::id).toList(), moment);
    Map<Sha256, JsonNode> trees = containerTrees(page);
    return page.stream()
        .map(
            found -> {
              Blindness.Cause cause = cause(found, blind);
              Judged.Tally tally = tally(found, cause, judged.get(found.id()), moment);
              return row(found, cause, reads.get(until.get(found.id())), tally, trees);
            })
        .toList();
  }

  private static Blindness.@Nullable Cause cause(
      SubjectSelect.Found found, Map<Long, Blindness> blind) {
    return blind.getOrDefault(found.host().id(), Blindness.NONE).cause(found.kind());
  }

  private Judged.Tally tally(
      SubjectSelect.Found found,
      Blindness.@Nullable Cause cause,
      @Nullable Judged judged,
      Moment moment) {
    if (!found.there()) {
      return Judged.Tally.NONE;
    }
    if (cause != null) {
      return Judged.Tally.blind(catalogue.now().rules(found.kind()));
    }
    return judged == null ? Judged.Tally.NONE : judged.tally(moment.at());
  }

  private static SubjectRow row(
      SubjectSelect.Found found,
      Blindness.@Nullable Cause cause,
      @Nullable Instant lastRead,
      Judged.Tally tally,
      Map<Sha256, JsonNode> trees) {
    JsonNode document = tree(found.document(), trees);
    JsonNode observation = tree(found.observation(), trees);
    Severity worst = tally.worst();
    return new SubjectRow(
        found.id(),
        found.kind().word(),
        found.name(),
        found.dockerId(),
        found.host(),
        found.firstSeen(),
        found.there() ? lastRead : found.goneAt(),
        state(found, cause),
        observation == null ? null : text(observation.path("state")),
        document == null ? null : text(document.path("Config").path("Image")),
        tally.failed(),
        tally.unknown(),
        worst == null ? null : worst.name().toLowerCase(Locale.ROOT),
        found.document() == null ? null : found.document().hex(),
        found.observation() == null ? null : found.observation().hex());
  }

  private static String state(SubjectSelect.Found found, Blindness.@Nullable Cause cause) {
    if (!found.there()) {
      return "GONE";
    }
    return cause != null || found.document() == null ? "UNKNOWN" : "PRESENT";
  }

  /** Ends of the newest collections that read a host and could see its subject. */
  private Map<SeenUntil, Instant> lastReads(Set<SeenUntil> wanted) {
    List<SeenUntil> each = List.copyOf(wanted);
    Map<SeenUntil, Instant> reads = new HashMap<>();
    jdbc.sql(
            """
            select h.n, r.finished_at from unnest(:hosts, :until) with ordinality h (id, until, n)
            cross join lateral (
              select c.finished_at from collection c
              where c.host_id = h.id and c.outcome in ('SUCCEEDED', 'PARTIAL')
                and c.finished_at <= h.until
              order by c.started_at desc limit 1) r
            """)
        .param("hosts", Rows.ids(each.stream().map(SeenUntil::hostId).toList()))
        .param("until", Rows.times(each.stream().map(SeenUntil::until).toList()))
        .query(
            row -> {
              reads.put(each.get(row.getInt("n") - 1), Rows.instant(row, "finished_at"));
            });
    return reads;
  }

  /** Until when collections of a host could see a subject, or subjects of its kind. */
  private record SeenUntil(long hostId, Instant until) {
    static SeenUntil of(SubjectSelect.Found found, Blindness.@Nullable Cause cause, Moment moment) {
      // The collection that could not read the list ended at the instant it tells.
      return new SeenUntil(
          found.host().id(), cause == null ? moment.at() : cause.since().minusNanos(1000));
    }
  }

  private Map<Long, Judged> judged(Collection<Long> subjects, Moment moment) {
    Map<Long, Judged> judged = new HashMap<>();
    Catalogue.Snapshot checks = catalogue.now();
    jdbc.sql(
            "select "
                + Judged.COLUMNS
                + " from judgement j where j.subject_id = any (:subjects) and "
                + moment.holds("j"))
        .param("subjects", Rows.ids(subjects))
        .param("at", moment.time())
        .query(
            row -> {
              judged.put(row.getLong("subject_id"), Judged.of(row, checks));
            });
    return judged;
  }

  private Map<Sha256, JsonNode> containerTrees(List<SubjectSelect.Found> page) {
    Set<Sha256> wanted = new HashSet<>();
    for (SubjectSelect.Found found : page) {
      if (found.kind() == SubjectKind.CONTAINER) {
        if (found.document() != null) {
          wanted.add(found.document());
        }
        if (found.observation() != null) {
          wanted.add(found.observation());
        }
      }
    }
    return documents.trees(wanted);
  }

  private static @Nullable JsonNode tree(@Nullable Sha256 sha256, Map<Sha256, JsonNode> trees) {
    return sha256 == null ? null : trees.get(sha256);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
