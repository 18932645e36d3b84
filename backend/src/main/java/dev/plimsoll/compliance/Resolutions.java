package dev.plimsoll.compliance;

import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes into the history of each finding that a collection resolved what changed: the document
 * that failed, the one that stands there now, and where they differ.
 */
@Component
@PortalItself
class Resolutions {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final Documents documents;

  Resolutions(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  /** Completes the events that publishing wrote at an instant, in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  void explain(long hostId, Instant at, long collectionId) {
    List<Resolved> resolved = resolved(hostId, at.atOffset(ZoneOffset.UTC));
    if (resolved.isEmpty()) {
      return;
    }
    Set<Sha256> wanted = new HashSet<>();
    resolved.forEach(one -> one.addHashes(wanted));
    Map<Sha256, JsonNode> trees = documents.trees(wanted);
    jdbc.sql(
            "update finding_event e set detail = e.detail || n.detail::jsonb"
                + " from unnest(?, ?) n (id, detail) where e.id = n.id")
        .param(new SqlArrayValue("bigint", resolved.stream().map(Resolved::event).toArray()))
        .param(
            new SqlArrayValue(
                "text",
                resolved.stream()
                    .map(one -> MAPPER.writeValueAsString(one.detail(collectionId, trees)))
                    .toArray()))
        .update();
  }

  /**
   * Findings that were resolved at the instant, each with one verdict that failed until then, the
   * state that its evidence stood in, and the state that followed: of the same subject, or of
   * another of its lineage that was made in its place.
   */
  private List<Resolved> resolved(long hostId, OffsetDateTime at) {
    return jdbc.sql(
            """
            select e.id, v.evidence, old.subject_id, old.document, old.observation,
              new.subject_id new_subject, new.document new_document,
              new.observation new_observation
            from finding f
            join finding_event e on e.finding_id = f.id and e.at = :at and e.kind = 'RESOLVED'
            left join lateral (
              select v.evidence from verdict v join subject b on b.id = v.subject_id
              where v.host_id = f.host_id and v.check_id = f.check_id and v.valid_to = :at
                and v.outcome = 'FAIL' and b.kind = f.kind and b.lineage = f.lineage
              order by v.subject_id limit 1) v on true
            left join lateral (
              select s.subject_id, s.document, s.observation, b.kind, b.lineage
              from state s join subject b on b.id = s.subject_id
              where s.host_id = f.host_id and s.valid_to = :at and s.document is not null
                and exists (
                  select 1 from json_array_elements(v.evidence) x
                  where x->>'documentSha256' in
                    (encode(s.document, 'hex'), encode(s.observation, 'hex')))
              order by s.subject_id limit 1) old on true
            left join lateral (
              select s.subject_id, s.document, s.observation
              from state s join subject b on b.id = s.subject_id
              where s.host_id = f.host_id and s.valid_from = :at and s.valid_to = 'infinity'
                and b.kind = old.kind and b.lineage = old.lineage
              order by s.subject_id = old.subject_id desc, s.subject_id limit 1) new on true
            where f.host_id = :host and f.status = 'RESOLVED' and f.resolved_at = :at
            """)
        .param("host", hostId)
        .param("at", at)
        .query(
            (row, n) ->
                new Resolved(
                    row.getLong("id"),
                    row.getString("evidence"),
                    row.getObject("subject_id", Long.class),
                    hash(row.getBytes("document")),
                    hash(row.getBytes("observation")),
                    row.getObject("new_subject", Long.class),
                    hash(row.getBytes("new_document")),
                    hash(row.getBytes("new_observation"))))
        .list();
  }

  private static @Nullable Sha256 hash(byte @Nullable [] digest) {
    return digest == null ? null : Sha256.stored(digest);
  }

  private record Resolved(
      long event,
      @Nullable String evidence,
      @Nullable Long subject,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      @Nullable Long newSubject,
      @Nullable Sha256 newDocument,
      @Nullable Sha256 newObservation) {

    void addHashes(Set<Sha256> hashes) {
      List<@Nullable Sha256> all = new ArrayList<>();
      all.add(document);
      all.add(observation);
      all.add(newDocument);
      all.add(newObservation);
      for (Sha256 one : all) {
        if (one != null) {
          hashes.add(one);
        }
      }
    }

    Map<String, Object> detail(long collectionId, Map<Sha256, JsonNode> trees) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("collection", collectionId);
      if (subject == null || document == null) {
        return detail;
      }
      // An observation tells where the document stayed as it was
      boolean seen =
          Objects.equals(document, newDocument) && observation != null && newObservation != null;
      Sha256 before = seen ? observation : document;
      Sha256 after = seen ? newObservation : newDocument;
      detail.put("subject", subject);
      if (before != null) {
        detail.put("before", before.hex());
      }
      if (before != null && after != null && newSubject != null) {
        detail.put("newSubject", newSubject);
        detail.put("after", after.hex());
        JsonNode old = trees.get(before);
        JsonNode now = trees.get(after);
        if (old != null && now != null) {
          detail.put("paths", ChangedPaths.between(old, now, paths()));
        }
      }
      return detail;
    }

    private Set<String> paths() {
      Set<String> paths = new HashSet<>();
      if (evidence != null) {
        for (JsonNode one : MAPPER.readTree(evidence)) {
          paths.add(one.path("path").asString(""));
        }
      }
      return paths;
    }
  }
}
