package dev.plimsoll.backup;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.compliance.Publishing;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.PostureFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A host that keeps data, published as collections would find it, and how its data stands. */
final class KeepingHost {
  final long id;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Publishing publishing;
  private final Clock clock;
  private final Map<String, Sighting> found = new HashMap<>();
  private final Map<SubjectKind, Reading.Unread> unread = new HashMap<>();
  private String engineId = "AAAA:BBBB";

  KeepingHost(
      String name,
      DataSource dataSource,
      TransactionTemplate transaction,
      Publishing publishing,
      Clock clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = transaction;
    this.publishing = publishing;
    this.clock = clock;
    this.id = new PostureFixture(dataSource).host(name).add();
  }

  /** A volume with labels {@code key=value}. */
  KeepingHost volume(String name, String... labels) {
    return volume(name, null, labels);
  }

  /** The same as an engine from 23 on shows it. */
  KeepingHost volume(String name, @Nullable String createdAt, String[] labels) {
    ObjectNode document = JsonMapper.shared().createObjectNode();
    document.put("Name", name).put("Driver", "local").put("Scope", "local");
    document.put("Mountpoint", "/var/lib/docker/volumes/" + name + "/_data");
    ObjectNode map = document.putObject("Labels");
    for (String label : labels) {
      String[] parts = label.split("=", 2);
      map.put(parts[0], parts[1]);
    }
    document.putNull("Options");
    found.put(
        "volume " + name,
        new Sighting.Seen(
            SubjectKind.VOLUME,
            name,
            name,
            name,
            Document.of(document),
            createdAt == null
                ? null
                : Document.of(JsonMapper.shared().createObjectNode().put("createdAt", createdAt))));
    return this;
  }

  KeepingHost without(String name) {
    if (found.remove("volume " + name) == null && found.remove("container " + name) == null) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return this;
  }

  /** A running container. */
  KeepingHost container(String name, Consumer<ObjectNode> change) {
    return container(name, "{\"state\":\"running\",\"everStarted\":true}", change);
  }

  /** A container that was observed so. */
  KeepingHost container(String name, String observed, Consumer<ObjectNode> change) {
    ObjectNode document = load("container");
    document.put("Id", "id-of-" + name).put("Name", "/" + name);
    change.accept(document);
    found.put(
        "container " + name,
        new Sighting.Seen(
            SubjectKind.CONTAINER,
            "id-of-" + name,
            name,
            name,
            Document.of(document),
            Document.of(JsonMapper.shared().readTree(observed))));
    return this;
  }

  /** Mounts a volume, for {@link #container}. */
  static Consumer<ObjectNode> mounting(String volume) {
    return container ->
        mounts(container)
            .addObject()
            .put("Type", "volume")
            .put("Name", volume)
            .put("Destination", "/data")
            .put("RW", true);
  }

  /** Binds a directory of the host. */
  static Consumer<ObjectNode> binding(String path) {
    return container ->
        mounts(container)
            .addObject()
            .put("Type", "bind")
            .put("Source", path)
            .put("Destination", "/data")
            .put("RW", true);
  }

  private static ArrayNode mounts(ObjectNode container) {
    return container.path("Mounts") instanceof ArrayNode mounts
        ? mounts
        : container.putArray("Mounts");
  }

  KeepingHost engine(String otherId) {
    engineId = otherId;
    return this;
  }

  KeepingHost unreadable(SubjectKind list) {
    unread.put(list, new Reading.Unread("GET /" + list.word() + "s", 500, "It broke."));
    return this;
  }

  KeepingHost readable() {
    unread.clear();
    return this;
  }

  /** A collection finds what was told, and is published. */
  KeepingHost publish() {
    List<Sighting> all = new ArrayList<>();
    found
        .values()
        .forEach(
            sighting -> {
              if (!unread.containsKey(sighting.kind())) {
                all.add(sighting);
              }
            });
    ObjectNode engine = load("engine");
    ((ObjectNode) engine.path("info")).put("ID", engineId);
    all.add(
        new Sighting.Seen(
            SubjectKind.ENGINE,
            "engine",
            "engine",
            "engine",
            Document.of(engine),
            Document.of(
                JsonMapper.shared().readTree("{\"transport\":\"UNIX\",\"clockWithin60s\":true}"))));
    long collection =
        jdbc.sql(
                "insert into collection (host_id, outcome, started_at, finished_at, worker)"
                    + " values (?, 'SUCCEEDED', now(), now(), 'test') returning id")
            .param(id)
            .query(Long.class)
            .single();
    transaction.executeWithoutResult(
        status -> publishing.publish(id, collection, new HostSighting(engineId, all, unread)));
    return this;
  }

  /** The job of due turns comes by. */
  void turn() {
    publishing.applyDueTurns(id);
  }

  void switchOn(String reading) {
    jdbc.sql("update host set readings = array[?] where id = ?").param(reading).param(id).update();
    jdbc.sql("update host_history set readings = array[?] where host_id = ?")
        .param(reading)
        .param(id)
        .update();
  }

  /** How data stands now, such as {@code PROTECTED FRESH}. */
  String standing(String name) {
    return standing(name, clock.instant(), clock.instant());
  }

  /** How it stood, as it was known then. */
  String standing(String name, Instant at) {
    return standing(name, at, at);
  }

  /** How it stood at an instant, as it was known at another. */
  String standing(String name, Instant at, Instant knownAt) {
    return jdbc.sql(
            """
            select case when c.turns_at <= :at then c.turns_to || ' ' || c.turn_reason
              else c.state || ' ' || c.reason end
            from coverage c join kept_data d on d.id = c.data_id
            where c.host_id = :host and d.name = :name
              and c.valid_from <= :at and c.valid_to > :at
              and c.known_from <= :known and c.known_to > :known
            """)
        .param("host", id)
        .param("name", name)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("known", knownAt.atOffset(ZoneOffset.UTC))
        .query(String.class)
        .optional()
        .orElse("nothing");
  }

  /** Rows that are kept of how data stood. */
  List<String> rows(String name) {
    return jdbc.sql(
            "select c.state || ' ' || c.valid_from || ' ' || c.valid_to || ' known '"
                + " || c.known_from || ' ' || c.known_to from coverage c"
                + " join kept_data d on d.id = c.data_id where c.host_id = ? and d.name = ?"
                + " order by c.known_from, c.valid_from")
        .param(id)
        .param(name)
        .query(String.class)
        .list();
  }

  /** Since when it stands as it does, by the row that is kept. */
  Instant since(String name) {
    return jdbc.sql(
            "select c.valid_from from coverage c join kept_data d on d.id = c.data_id"
                + " where c.host_id = ? and d.name = ? and c.valid_to = 'infinity'"
                + " and c.known_to = 'infinity'")
        .param(id)
        .param(name)
        .query((row, n) -> Times.read(row, "valid_from"))
        .single();
  }

  String verdict(String subject, String check) {
    return jdbc.sql(
            "select coalesce((select v.outcome || coalesce(': ' || v.reason, '') from verdict v"
                + " join subject b on b.id = v.subject_id where v.host_id = ? and b.name = ?"
                + " and v.check_id = ? and v.valid_to = 'infinity'), 'neither')")
        .param(id)
        .param(subject)
        .param(check)
        .query(String.class)
        .single();
  }

  private static ObjectNode load(String name) {
    try (InputStream in =
        KeepingHost.class.getResourceAsStream("/dev/plimsoll/checklist/" + name + ".json")) {
      return (ObjectNode) JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
