package dev.plimsoll.inventory;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What was known of a host at an instant, as the checks take it. */
@Component
@PortalItself
public class StoredFacts {
  private final JdbcClient jdbc;
  private final Documents documents;
  private final List<FactContributor> contributors;

  StoredFacts(JdbcClient jdbc, Documents documents, ObjectProvider<FactContributor> contributors) {
    this.jdbc = jdbc;
    this.documents = documents;
    this.contributors = contributors.orderedStream().toList();
  }

  /**
   * A host with all its subjects, and which rows they are.
   *
   * @param subjects every subject known at the instant
   */
  public record Known(HostFacts facts, List<KnownSubject> subjects) {
    public Known {
      subjects = List.copyOf(subjects);
    }
  }

  /** A subject that was known at the instant. */
  public record KnownSubject(long id, SubjectKind kind, String dockerId) {}

  /** All that was known of a host at an instant. */
  public Known asOf(long hostId, Instant at) {
    return asOf(hostId, at, Map.of());
  }

  /**
   * The same, sparing the database the documents that are at hand.
   *
   * @param atHand trees by the hash of their canonical form
   */
  public Known asOf(long hostId, Instant at, Map<Sha256, JsonNode> atHand) {
    return asOf(hostId, at, atHand, facts -> {});
  }

  /**
   * The same, as if these optional readings had been switched on.
   *
   * @param on what was not read then is missing from the documents all the same
   */
  public Known asOf(long hostId, Instant at, Map<Sha256, JsonNode> atHand, Set<ReadingSwitch> on) {
    return asOf(hostId, at, atHand, facts -> facts.switchedOn(on));
  }

  /**
   * The instants at which what is known of a host changed, in their order.
   *
   * @param after exclusive
   * @param before exclusive
   * @param most the longest list wanted
   */
  public List<Instant> changes(long hostId, Instant after, Instant before, int most) {
    SortedSet<Instant> changes =
        new TreeSet<>(
            jdbc.sql(
                    """
                    with host_state as (
                      select valid_from, valid_to from state where host_id = :host
                      union all
                      select valid_from, valid_to from host_blindness where host_id = :host)
                    select valid_from at from host_state
                    where valid_from > :after and valid_from < :before
                    union
                    select valid_to from host_state where valid_to > :after and valid_to < :before
                    order by at limit :most
                    """)
                .param("host", hostId)
                .param("after", after.atOffset(ZoneOffset.UTC))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, n) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .list());
    contributors.forEach(one -> changes.addAll(one.changes(hostId, after, before)));
    return changes.stream().limit(most).toList();
  }

  private Known asOf(
      long hostId, Instant at, Map<Sha256, JsonNode> atHand, Consumer<HostFacts.Builder> supposed) {
    List<Row> rows = rows(hostId, at);
    Set<Sha256> wanted = new HashSet<>();
    for (Row row : rows) {
      if (row.document() != null && !atHand.containsKey(row.document())) {
        wanted.add(row.document());
      }
      if (row.observation() != null && !atHand.containsKey(row.observation())) {
        wanted.add(row.observation());
      }
    }
    Map<Sha256, JsonNode> trees = new HashMap<>(documents.trees(wanted));
    trees.putAll(atHand);

    Map<SubjectKind, Reading.Unread> unreadLists = unreadLists(hostId, at);
    Map<SubjectKind, Map<String, Reading>> readings = new EnumMap<>(SubjectKind.class);
    for (SubjectKind kind : SubjectKind.values()) {
      readings.put(kind, new HashMap<>());
    }
    List<KnownSubject> subjects = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Reading.Unread blind = unreadLists.get(row.kind());
      of(readings, row.kind()).put(row.dockerId(), blind != null ? blind : reading(row, trees));
      subjects.add(new KnownSubject(row.subjectId(), row.kind(), row.dockerId()));
    }
    Reading engine =
        of(readings, SubjectKind.ENGINE)
            .getOrDefault(
                Checklist.ENGINE_ID,
                unreadLists.getOrDefault(
                    SubjectKind.ENGINE,
                    new Reading.Unread("GET /info", 0, "The engine was never read.")));
    HostFacts.Builder facts =
        HostFacts.at(at)
            .transport(transport(engine))
            .engine(engine)
            .swarm(of(readings, SubjectKind.SWARM).get(Checklist.SWARM_ID))
            .hostFiles(of(readings, SubjectKind.HOST_FILE).get(Checklist.HOST_FILES_ID))
            .containers(of(readings, SubjectKind.CONTAINER))
            .images(of(readings, SubjectKind.IMAGE))
            .volumes(of(readings, SubjectKind.VOLUME))
            .networks(of(readings, SubjectKind.NETWORK))
            .unreadLists(unreadLists);
    contributors.forEach(contributor -> contributor.contribute(hostId, at, facts));
    HostFacts contributed = facts.build();
    contributors.forEach(contributor -> contributor.complete(hostId, contributed, facts));
    supposed.accept(facts);
    return new Known(facts.build(), subjects);
  }

  private static Map<String, Reading> of(
      Map<SubjectKind, Map<String, Reading>> readings, SubjectKind kind) {
    return readings.getOrDefault(kind, Map.of());
  }

  private static HostFacts.Transport transport(Reading engine) {
    if (engine instanceof Reading.Read read) {
      String word = read.observation().path(EngineObservation.TRANSPORT).asString("");
      for (HostFacts.Transport transport : HostFacts.Transport.values()) {
        if (transport.name().equals(word)) {
          return transport;
        }
      }
    }
    return HostFacts.Transport.UNIX;
  }

  private static Reading reading(Row row, Map<Sha256, JsonNode> trees) {
    if (row.document() == null) {
      return new Reading.Unread(row.call(), row.status(), row.detail());
    }
    JsonNode document = trees.get(row.document());
    if (document == null) {
      throw new IllegalStateException("document " + row.document() + " is not stored");
    }
    Sha256 observation = row.observation();
    JsonNode observed = observation == null ? null : trees.get(observation);
    return new Reading.Read(
        row.document().hex(),
        document,
        observation == null ? null : observation.hex(),
        observed == null ? MissingNode.getInstance() : observed);
  }

  private List<Row> rows(long hostId, Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select s.subject_id, s.kind, b.docker_id, s.document, s.observation,"
                + " coalesce(s.problem->>'call', '') as call,"
                + " coalesce((s.problem->>'status')::int, 0) as status,"
                + " coalesce(s.problem->>'detail', '') as detail"
                + " from state s join subject b on b.id = s.subject_id"
                + " where s.host_id = ? and s.valid_from <= ? and s.valid_to > ?"
                + " order by s.subject_id")
        .param(hostId)
        .param(time)
        .param(time)
        .query(
            (row, n) -> {
              byte[] document = row.getBytes("document");
              byte[] observation = row.getBytes("observation");
              return new Row(
                  row.getLong("subject_id"),
                  SubjectKind.of(row.getString("kind")),
                  row.getString("docker_id"),
                  document == null ? null : Sha256.stored(document),
                  observation == null ? null : Sha256.stored(observation),
                  row.getString("call"),
                  row.getInt("status"),
                  row.getString("detail"));
            })
        .list();
  }

  private Map<SubjectKind, Reading.Unread> unreadLists(long hostId, Instant at) {
    Map<SubjectKind, Reading.Unread> unread = new EnumMap<>(SubjectKind.class);
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    jdbc.sql(
            "select scope, problem->>'call' as call, (problem->>'status')::int as status,"
                + " problem->>'detail' as detail from host_blindness"
                + " where host_id = ? and scope <> 'stale' and valid_from <= ? and valid_to > ?")
        .param(hostId)
        .param(time)
        .param(time)
        .query(
            row -> {
              unread.put(
                  SubjectKind.of(row.getString("scope")),
                  new Reading.Unread(
                      row.getString("call"), row.getInt("status"), row.getString("detail")));
            });
    return unread;
  }

  private record Row(
      long subjectId,
      SubjectKind kind,
      String dockerId,
      @Nullable Sha256 document,
      @Nullable Sha256 observation,
      String call,
      int status,
      String detail) {}
}
