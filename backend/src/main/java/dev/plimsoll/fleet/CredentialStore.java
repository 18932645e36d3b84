package dev.plimsoll.fleet;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credentials as they are stored: sealed. */
@Repository
class CredentialStore {
  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;
  private final CredentialSeal seal;
  private final Clock clock;

  CredentialStore(JdbcClient jdbc, CredentialSeal seal, Clock clock) {
    this.jdbc = jdbc;
    this.seal = seal;
    this.clock = clock;
  }

  /** Stores a host's credential in place of the one before. */
  void put(long hostId, Credential credential) {
    jdbc.sql(
            """
            insert into credential (host_id, kind, sealed, updated_at)
            values (:host, :kind, :sealed, :now)
            on conflict (host_id) do update
              set kind = excluded.kind, sealed = excluded.sealed, updated_at = excluded.updated_at
            """)
        .param("host", hostId)
        .param("kind", kind(credential))
        .param("sealed", seal.seal(owner(hostId), JSON.writeValueAsString(fields(credential))))
        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
  }

  /** Erases a host's credential, if it has one. */
  void erase(long hostId) {
    jdbc.sql("delete from credential where host_id = ?").param(hostId).update();
  }

  /** Opens a host's credential. */
  Optional<Credential> open(long hostId) {
    return jdbc.sql("select kind, sealed from credential where host_id = ?")
        .param(hostId)
        .query(
            (row, n) ->
                read(row.getString("kind"), seal.open(owner(hostId), row.getBytes("sealed"))))
        .optional();
  }

  private static String owner(long hostId) {
    return "host " + hostId;
  }

  static String kind(Credential credential) {
    return switch (credential) {
      case Credential.Tls tls -> "TLS";
      case Credential.Ssh ssh -> "SSH";
    };
  }

  private static Map<String, @Nullable String> fields(Credential credential) {
    Map<String, @Nullable String> fields = new TreeMap<>();
    switch (credential) {
      case Credential.Tls tls -> {
        fields.put("ca", tls.ca());
        fields.put("cert", tls.cert());
        fields.put("key", tls.key());
      }
      case Credential.Ssh ssh -> {
        fields.put("privateKey", ssh.privateKey());
        fields.put("hostKey", ssh.hostKey());
      }
    }
    return fields;
  }

  private static Credential read(String kind, String plain) {
    JsonNode fields = JSON.readTree(plain);
    return switch (kind) {
      case "TLS" ->
          new Credential.Tls(
              fields.required("ca").stringValue(),
              nullable(fields.required("cert")),
              nullable(fields.required("key")));
      case "SSH" ->
          new Credential.Ssh(
              fields.required("privateKey").stringValue(),
              fields.required("hostKey").stringValue());
      default -> throw new IllegalStateException("A credential of unknown kind " + kind);
    };
  }

  private static @Nullable String nullable(JsonNode node) {
    return node.isNull() ? null : node.stringValue();
  }
}
