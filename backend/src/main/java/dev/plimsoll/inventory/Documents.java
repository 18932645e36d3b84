package dev.plimsoll.inventory;

import dev.plimsoll.permission.PortalItself;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Canonical documents, each stored once under its SHA-256, deflated. */
@Component
@PortalItself
public class Documents {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;

  Documents(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores what is not stored yet, in the caller's transaction, and keeps what is from being swept;
   * the number of documents that were new.
   */
  public int store(Collection<Document> documents, Instant at) {
    // In the order of their hashes: two collections that store the same documents never deadlock.
    TreeMap<String, Document> distinct = new TreeMap<>();
    documents.forEach(document -> distinct.put(document.sha256().hex(), document));
    if (distinct.isEmpty()) {
      return 0;
    }
    Object[] hashes =
        distinct.values().stream().map(d -> d.sha256().bytes()).toArray(byte[][]::new);
    if (kept(hashes)) {
      return 0;
    }
    takeMarksOff(hashes);
    // Only now: what was swept until the marks were off is missing.
    List<Sha256> missing =
        jdbc.sql(
                "select h from unnest(?) with ordinality t (h, i)"
                    + " where not exists (select 1 from document d where d.sha256 = h) order by i")
            .param(new SqlArrayValue("bytea", hashes))
            .query((row, n) -> Sha256.stored(row.getBytes(1)))
            .list();
    if (missing.isEmpty()) {
      return 0;
    }
    List<Document> news = missing.stream().map(hash -> distinct.get(hash.hex())).toList();
    return jdbc.sql(
            "insert into document (sha256, content, size, first_seen)"
                + " select h, c, s, ? from unnest(?, ?, ?) t (h, c, s)"
                + " on conflict (sha256) do nothing")
        .param(at.atOffset(ZoneOffset.UTC))
        .param(
            new SqlArrayValue(
                "bytea",
                (Object[]) news.stream().map(d -> d.sha256().bytes()).toArray(byte[][]::new)))
        .param(
            new SqlArrayValue(
                "bytea",
                (Object[]) news.stream().map(d -> deflated(d.bytes())).toArray(byte[][]::new)))
        .param(new SqlArrayValue("int", news.stream().map(d -> d.bytes().length).toArray()))
        .update();
  }

  /** Whether all are stored, and none of them is marked to be swept. */
  private boolean kept(Object[] hashes) {
    return jdbc.sql(
            "select not exists (select 1 from unnest(?) t (h) where not exists ("
                + "select 1 from document d where d.sha256 = h and d.unused_since is null))")
        .param(new SqlArrayValue("bytea", hashes))
        .query(Boolean.class)
        .single();
  }

  /** In the order of hashes, as all do that lock documents. */
  private void takeMarksOff(Object[] hashes) {
    jdbc.sql(
            """
            update document d set unused_since = null from (
              select sha256 from document where sha256 = any (?) and unused_since is not null
              order by sha256 for update) m
            where d.sha256 = m.sha256
            """)
        .param(new SqlArrayValue("bytea", hashes))
        .update();
  }

  /** The canonical JSON under a hash; empty if it is not stored. */
  public Optional<String> json(Sha256 sha256) {
    return jdbc.sql("select content from document where sha256 = ?")
        .param(sha256.bytes())
        .query(
            (row, n) ->
                new String(inflated(row.getBytes(1)), java.nio.charset.StandardCharsets.UTF_8))
        .optional();
  }

  /**
   * Trees of many documents at once; those that are not stored are left out.
   *
   * @param sha256s any number of hashes
   */
  public Map<Sha256, JsonNode> trees(Collection<Sha256> sha256s) {
    Map<Sha256, JsonNode> trees = HashMap.newHashMap(sha256s.size());
    if (!sha256s.isEmpty()) {
      jdbc.sql("select sha256, content from document where sha256 = any (?)")
          .param(
              new SqlArrayValue(
                  "bytea", (Object[]) sha256s.stream().map(Sha256::bytes).toArray(byte[][]::new)))
          .query(
              row -> {
                trees.put(
                    Sha256.stored(row.getBytes(1)), MAPPER.readTree(inflated(row.getBytes(2))));
              });
    }
    return trees;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot deflate in memory", e);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static byte[] inflated(byte[] content) {
    try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(content))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a stored document is damaged", e);
    }
  }
}
