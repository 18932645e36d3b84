package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns what a collection found into intervals: what changed is closed and opened anew, what is the
 * same is not touched. Works on whole sets, never a row at a time.
 */
@Component
@PortalItself
public class Ledger implements DocumentUses {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final Documents documents;

  Ledger(JdbcClient jdbc, Documents documents) {
    this.jdbc = jdbc;
    this.documents = documents;
  }

  @Override
  public List<Column> documents() {
    return List.of(new Column("state", "document"), new Column("state", "observation"));
  }

  /**
   * What recording did.
   *
   * @param changed whether any interval was opened or closed
   * @param documentsNew documents that had never been stored before
   */
  public record Recorded(boolean changed, int documentsNew) {}

  /**
   * Records a collection's findings in the caller's transaction, which holds the host's lock.
   *
   * @param at the publish instant, later than any bound of this host
   * @param newEngine whether the engine is another one than before: all its subjects begin anew
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Recorded record(
      long hostId, long collectionId, Instant at, HostSighting found, boolean newEngine) {
    Map<Key, Open> open = open(hostId);
    Set<Key> present = new HashSet<>();
    List<Sighting> arrived = new ArrayList<>();
    Map<Key, Successor> successors = new LinkedHashMap<>();
    List<Long> close = new ArrayList<>();
    List<Document> toStore = new ArrayList<>();
    for (Sighting sighting : found.sightings()) {
      Key key = new Key(sighting.kind(), sighting.dockerId());
      if (!present.add(key)) {
        continue; // an engine that lists a thing twice has it once
      }
      Open before = open.get(key);
      Successor after = successor(sighting, before, toStore);
      if (before == null) {
        arrived.add(sighting);
        successors.put(key, after);
      } else if (newEngine || !after.same(before)) {
        close.add(before.subjectId());
        successors.put(key, after);
      }
    }
    for (Map.Entry<Key, Open> entry : open.entrySet()) {
      SubjectKind kind = entry.getKey().kind();
      boolean listed = listed(kind, found);
      if (!present.contains(entry.getKey()) && (listed || newEngine)) {
        close.add(entry.getValue().subjectId());
      }
    }
    int documentsNew = documents.store(toStore, at);
    Map<Key, Long> ids = subjects(hostId, at, arrived);
    open.forEach((key, state) -> ids.put(key, state.subjectId()));
    closeStates(close, at);
    openStates(hostId, collectionId, at, successors, ids);
    renameSubjects(successors, ids, open);
    boolean blindnessChanged = blindness(hostId, collectionId, at, found.unreadLists());
    return new Recorded(
        !close.isEmpty() || !successors.isEmpty() || blindnessChanged, documentsNew);
  }

  /**
   * Begins to keep a host's own files as a subject of which nothing is read, in the caller's
   * transaction, which holds the host's lock. Does nothing if they are kept already.
   *
   * @param at later than any bound of this host
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void beginHostFiles(long hostId, Instant at) {
    boolean kept =
        jdbc.sql(
                "select exists (select 1 from state where host_id = ? and kind = ?"
                    + " and valid_to = 'infinity')")
            .param(hostId)
            .param(SubjectKind.HOST_FILE.word())
            .query(Boolean.class)
            .single();
    if (kept) {
      return;
    }
    Document nothing = Document.of(JsonNodeFactory.instance.objectNode());
    documents.store(List.of(nothing), at);
    Sighting.Seen files =
        new Sighting.Seen(
            SubjectKind.HOST_FILE,
            Checklist.HOST_FILES_ID,
            Checklist.HOST_FILES_ID,
            Checklist.HOST_FILES_ID,
            nothing,
            null);
    Map<Key, Long> ids = subjects(hostId, at, List.of(files));
    Successor state = new Successor(files.name(), files.lineage(), nothing.sha256(), null, null);
    openStates(hostId, null, at, Map.of(new Key(files.kind(), files.dockerId()), state), ids);
  }

  /**
   * Marks a host as stale from an instant on, unless it is already.
   *
   * @return whether it was not
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean markStale(long hostId, Instant at, Reading.Unread problem) {
    return jdbc.sql(
                "insert into host_blindness (host_id, scope, valid_from, problem)"
                    + " select ?, 'stale', ?, ?::jsonb where not exists (select 1 from host_blindness"
                    + " where host_id = ? and scope = 'stale' and valid_to = 'infinity')")
            .param(hostId)
            .param(time(at))
            .param(json(problem))
            .param(hostId)
            .update()
        > 0;
  }

  /**
   * Whether a collection would have shown a subject of this kind. A swarm is part of what the
   * engine says; the host's own files are not the engine's to list.
   */
  private static boolean listed(SubjectKind kind, HostSighting found) {
    return switch (kind) {
      case HOST_FILE -> false;
      case SWARM -> !found.unreadLists().containsKey(SubjectKind.ENGINE);
      case ENGINE, CONTAINER, IMAGE, VOLUME, NETWORK -> !found.unreadLists().containsKey(kind);
    };
  }

  /** Hosts that are marked as stale. */
  @Transactional(readOnly = true)
  public Set<Long> staleHosts() {
    return new HashSet<>(
        jdbc.sql(
                "select host_id from host_blindness"
                    + " where scope = 'stale' and valid_to = 'infinity'")
            .query(Long.class)
            .list());
  }

  private Successor successor(Sighting sighting, @Nullable Open before, List<Document> toStore) {
    return switch (sighting) {
      case Sighting.Seen seen -> {
        toStore.add(seen.document());
        Sha256 observation = stored(seen.observation(), toStore);
        yield new Successor(
            seen.name(), seen.lineage(), seen.document().sha256(), observation, null);
      }
      case Sighting.Known known -> {
        if (before == null || before.document() == null) {
          throw new IllegalStateException(
              known.kind().word() + " " + known.dockerId() + " was not read, but is not stored");
        }
        Sha256 observation = stored(known.observation(), toStore);
        yield new Successor(known.name(), known.lineage(), before.document(), observation, null);
      }
      case Sighting.Unread unread ->
          new Successor(
              before == null ? unread.name() : before.name(),
              before == null ? unread.lineage() : before.lineage(),
              null,
              null,
              unread.problem());
    };
  }

  private static @Nullable Sha256 stored(@Nullable Document observation, List<Document> toStore) {
    if (observation == null) {
      return null;
    }
    toStore.add(observation);
    return observation.sha256();
  }

  private Map<Key, Open> open(long hostId) {
    Map<Key, Open> open = new HashMap<>();
    jdbc.sql(
            "select s.subject_id, s.kind, b.docker_id, s.name, b.lineage, s.document, s.observation,"
                + " s.problem->>'call' as call, (s.problem->>'status')::int as status"
                + " from state s join subject b on b.id = s.subject_id"
                + " where s.host_id = ? and s.valid_to = 'infinity'")
        .param(hostId)
        .query(
            row -> {
              byte[] document = row.getBytes("document");
              byte[] observation = row.getBytes("observation");
              open.put(
                  new Key(SubjectKind.of(row.getString("kind")), row.getString("docker_id")),
                  new Open(
                      row.getLong("subject_id"),
                      row.getString("name"),
                      row.getString("lineage"),
                      document == null ? null : Sha256.stored(document),
                      observation == null ? null : Sha256.stored(observation),
                      row.getString("call"),
                      row.getInt("status")));
            });
    return open;
  }

  private Map<Key, Long> subjects(long hostId, Instant at, List<Sighting> arrived) {
    Map<Key, Long> ids = new HashMap<>();
    if (arrived.isEmpty()) {
      return ids;
    }
    List<Names> names = arrived.stream().map(Names::of).toList();
    jdbc.sql(
            "insert into subject (host_id, kind, docker_id, name, lineage, first_seen)"
                + " select ?, k, d, n, l, ? from unnest(?, ?, ?, ?) t (k, d, n, l)"
                + " on conflict (host_id, kind, docker_id)"
                + " do update set name = excluded.name, lineage = excluded.lineage"
                + " returning id, kind, docker_id")
        .param(hostId)
        .param(time(at))
        .param(text(arrived.stream().map(s -> s.kind().word()).toArray()))
        .param(text(arrived.stream().map(Sighting::dockerId).toArray()))
        .param(text(names.stream().map(Names::name).toArray()))
        .param(text(names.stream().map(Names::lineage).toArray()))
        .query(
            row -> {
              ids.put(
                  new Key(SubjectKind.of(row.getString("kind")), row.getString("docker_id")),
                  row.getLong("id"));
            });
    return ids;
  }

  private void closeStates(List<Long> subjectIds, Instant at) {
    if (!subjectIds.isEmpty()) {
      jdbc.sql(
              "update state set valid_to = ?"
                  + " where subject_id = any (?) and valid_to = 'infinity'")
          .param(time(at))
          .param(new SqlArrayValue("bigint", subjectIds.toArray()))
          .update();
    }
  }

  private void openStates(
      long hostId,
      @Nullable Long collectionId,
      Instant at,
      Map<Key, Successor> successors,
      Map<Key, Long> ids) {
    if (successors.isEmpty()) {
      return;
    }
    List<Key> keys = List.copyOf(successors.keySet());
    List<Successor> states = keys.stream().map(successors::get).toList();
    jdbc.sql(
            "insert into state (subject_id, host_id, kind, valid_from, name, document, observation,"
                + " problem, collection_id)"
                + " select i, ?, k, ?, n, d, o, p::jsonb, ?"
                + " from unnest(?, ?, ?, ?, ?, ?) t (i, k, n, d, o, p)")
        .param(hostId)
        .param(time(at))
        .param(collectionId)
        .param(new SqlArrayValue("bigint", keys.stream().map(ids::get).toArray()))
        .param(text(keys.stream().map(key -> key.kind().word()).toArray()))
        .param(text(states.stream().map(Successor::name).toArray()))
        .param(bytes(states.stream().map(Successor::document).toList()))
        .param(bytes(states.stream().map(Successor::observation).toList()))
        .param(text(states.stream().map(s -> json(s.problem())).toArray()))
        .update();
  }

  private void renameSubjects(
      Map<Key, Successor> successors, Map<Key, Long> ids, Map<Key, Open> open) {
    List<Key> renamed =
        successors.entrySet().stream()
            .filter(
                entry -> {
                  Open before = open.get(entry.getKey());
                  return before != null && !entry.getValue().sameNames(before);
                })
            .map(Map.Entry::getKey)
            .toList();
    if (!renamed.isEmpty()) {
      jdbc.sql(
              "update subject b set name = t.n, lineage = t.l"
                  + " from unnest(?, ?, ?) t (i, n, l) where b.id = t.i")
          .param(new SqlArrayValue("bigint", renamed.stream().map(ids::get).toArray()))
          .param(text(renamed.stream().map(k -> successor(successors, k).name()).toArray()))
          .param(text(renamed.stream().map(k -> successor(successors, k).lineage()).toArray()))
          .update();
    }
  }

  private static Successor successor(Map<Key, Successor> successors, Key key) {
    return Objects.requireNonNull(successors.get(key));
  }

  private boolean blindness(
      long hostId, long collectionId, Instant at, Map<SubjectKind, Reading.Unread> unread) {
    Map<String, Reading.Unread> now = new HashMap<>();
    unread.forEach((kind, problem) -> now.put(kind.word(), problem));
    Map<String, String> before = new HashMap<>();
    jdbc.sql(
            "select scope, problem->>'call' as call, problem->>'status' as status"
                + " from host_blindness where host_id = ? and valid_to = 'infinity'")
        .param(hostId)
        .query(
            row -> {
              before.put(
                  row.getString("scope"), row.getString("call") + " " + row.getString("status"));
            });
    boolean changed = false;
    for (Map.Entry<String, String> entry : before.entrySet()) {
      Reading.Unread still = now.get(entry.getKey());
      if (still == null || !entry.getValue().equals(still.call() + " " + still.status())) {
        changed = true;
        jdbc.sql(
                "update host_blindness set valid_to = ?"
                    + " where host_id = ? and scope = ? and valid_to = 'infinity'")
            .param(time(at))
            .param(hostId)
            .param(entry.getKey())
            .update();
      } else {
        now.remove(entry.getKey());
      }
    }
    for (Map.Entry<String, Reading.Unread> entry : now.entrySet()) {
      changed = true;
      jdbc.sql(
              "insert into host_blindness (host_id, scope, valid_from, problem, collection_id)"
                  + " values (?, ?, ?, ?::jsonb, ?)")
          .param(hostId)
          .param(entry.getKey())
          .param(time(at))
          .param(json(entry.getValue()))
          .param(collectionId)
          .update();
    }
    return changed;
  }

  private static @Nullable String json(Reading.@Nullable Unread problem) {
    return problem == null
        ? null
        : MAPPER
            .createObjectNode()
            .put("call", problem.call())
            .put("status", problem.status())
            .put("detail", problem.detail())
            .toString();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static SqlArrayValue text(Object[] values) {
    return new SqlArrayValue("text", values);
  }

  private static SqlArrayValue bytes(List<@Nullable Sha256> hashes) {
    return new SqlArrayValue(
        "bytea",
        (Object[])
            hashes.stream().map(hash -> hash == null ? null : hash.bytes()).toArray(byte[][]::new));
  }

  private record Key(SubjectKind kind, String dockerId) {}

  private record Names(String name, String lineage) {
    static Names of(Sighting sighting) {
      return switch (sighting) {
        case Sighting.Seen seen -> new Names(seen.name(), seen.lineage());
        case Sighting.Known known -> new Names(known.name(), known.lineage());
        case Sighting.Unread unread -> new Names(unread.name(), unread.lineage());
      };
    }
  }

  private record Open(
      long subjectId,
      String name,
      String lineage,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      @Nullable String failedCall,
      int failedStatus) {}

  private record Successor(
      String name,
      String lineage,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      Reading.@Nullable Unread problem) {
    boolean same(Open before) {
      return sameNames(before)
          && Objects.equals(document, before.document())
          && Objects.equals(observation, before.observation())
          && Objects.equals(problem == null ? null : problem.call(), before.failedCall())
          && (problem == null ? 0 : problem.status()) == before.failedStatus();
    }

    boolean sameNames(Open before) {
      return name.equals(before.name()) && lineage.equals(before.lineage());
    }
  }
}
