package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.PostureFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hosts as an engine 20.10 shows them, published as a collection would: an engine, its default
 * bridge, one image, and containers that differ from a plain one where a test says so.
 */
public final class PublishedHosts {
  private static final String IMAGE = "sha256:" + "1a".repeat(32);

  private final JdbcClient jdbc;
  private final PostureFixture fixture;
  private final TransactionTemplate transaction;
  private final Publishing publishing;

  public PublishedHosts(
      DataSource dataSource, TransactionTemplate transaction, Publishing publishing) {
    this.jdbc = JdbcClient.create(dataSource);
    this.fixture = new PostureFixture(dataSource);
    this.transaction = transaction;
    this.publishing = publishing;
  }

  public long add(String name, @Nullable String group, int criticality) {
    PostureFixture.HostBuilder host = fixture.host(name);
    long id = (group == null ? host : host.group(group)).add();
    jdbc.sql("update host set criticality = ? where id = ?").param(criticality).param(id).update();
    return id;
  }

  /** Publishes what a collection found; the collection's ID. */
  public long publish(long host, Sighting... containers) {
    return publish(host, Map.of(), containers);
  }

  /** The same where some lists could not be read. */
  public long publish(
      long host, Map<SubjectKind, Reading.Unread> unreadLists, Sighting... containers) {
    List<Sighting> all = new ArrayList<>(List.of(containers));
    all.add(seen(SubjectKind.ENGINE, "engine", "engine", load("engine"), ENGINE_OBSERVED));
    all.add(seen(SubjectKind.NETWORK, "bridge-id", "bridge", load("network"), null));
    all.add(
        seen(SubjectKind.IMAGE, IMAGE, "shop/web", load("image"), "{\"tags\":[\"shop/web:1.0\"]}"));
    long collection =
        jdbc.sql(
                "insert into collection (host_id, outcome, started_at, finished_at, worker)"
                    + " values (?, 'SUCCEEDED', now(), now(), 'test') returning id")
            .param(host)
            .query(Long.class)
            .single();
    transaction.executeWithoutResult(
        status ->
            publishing.publish(host, collection, new HostSighting("AAAA:BBBB", all, unreadLists)));
    return collection;
  }

  private static final String ENGINE_OBSERVED = "{\"transport\":\"UNIX\",\"clockWithin60s\":true}";

  /** A container that was started, with changes to its host configuration. */
  public static Sighting container(String name, Consumer<ObjectNode> hostConfig) {
    return container(name, "id-of-" + name, hostConfig);
  }

  /** The same under a Docker ID. */
  public static Sighting container(String name, String id, Consumer<ObjectNode> hostConfig) {
    ObjectNode document = load("container");
    document.put("Id", id).put("Name", "/" + name);
    hostConfig.accept((ObjectNode) document.get("HostConfig"));
    return seen(
        SubjectKind.CONTAINER, id, name, document, "{\"state\":\"running\",\"everStarted\":true}");
  }

  public long subject(long host, String name) {
    return jdbc.sql("select id from subject where host_id = ? and name = ? order by id limit 1")
        .param(host)
        .param(name)
        .query(Long.class)
        .single();
  }

  public JdbcClient jdbc() {
    return jdbc;
  }

  private static Sighting seen(
      SubjectKind kind, String id, String name, ObjectNode document, @Nullable String observed) {
    return new Sighting.Seen(
        kind,
        id,
        name,
        name,
        Document.of(document),
        observed == null ? null : Document.of(JsonMapper.shared().readTree(observed)));
  }

  private static ObjectNode load(String name) {
    try (InputStream in =
        PublishedHosts.class.getResourceAsStream("/dev/plimsoll/checklist/" + name + ".json")) {
      return (ObjectNode) JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
