package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tokens as they are stored: only their SHA-256. */
@Repository
class ApiTokens {
  private final JdbcClient jdbc;

  ApiTokens(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long insert(long userId, String label, String token, Instant now, Instant expiresAt) {
    return jdbc.sql(
            """
            insert into api_token (user_id, label, prefix, sha256, created_at, expires_at)
            values (:user, :label, :prefix, :sha256, :now, :expires)
            returning id
            """)
        .param("user", userId)
        .param("label", label)
        .param("prefix", token.substring(0, TokenText.PREFIX_LENGTH))
        .param("sha256", TokenText.sha256(token))
        .param("now", utc(now))
        .param("expires", utc(expiresAt))
        .query(Long.class)
        .single();
  }

  List<TokenRecord> of(long userId) {
    return jdbc.sql(
            """
            select id, label, prefix, created_at, expires_at, revoked_at
            from api_token where user_id = :user order by id
            """)
        .param("user", userId)
        .query(
            (row, n) ->
                new TokenRecord(
                    row.getLong("id"),
                    row.getString("label"),
                    row.getString("prefix"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    instant(row.getObject("revoked_at", OffsetDateTime.class))))
        .list();
  }

  /** Answers the prefix of the token that this call revoked; empty if there was none to revoke. */
  Optional<String> revoke(long userId, long tokenId, Instant now) {
    return jdbc.sql(
            """
            update api_token set revoked_at = :now
            where id = :id and user_id = :user and revoked_at is null
            returning prefix
            """)
        .param("now", utc(now))
        .param("id", tokenId)
        .param("user", userId)
        .query(String.class)
        .optional();
  }

  /** The enabled user to whom a good token belongs. */
  Optional<PortalUser> owner(String token, Instant now) {
    return jdbc.sql(
            """
            select u.id, u.name, u.version,
                   array(select r.role from app_user_role r where r.user_id = u.id) as roles
            from api_token t join app_user u on u.id = t.user_id
            where t.sha256 = :sha256 and t.revoked_at is null and t.expires_at > :now and u.enabled
            """)
        .param("sha256", TokenText.sha256(token))
        .param("now", utc(now))
        .query(
            (row, n) ->
                new PortalUser(
                    row.getLong("id"),
                    row.getString("name"),
                    null,
                    roles(row.getArray("roles")),
                    true,
                    row.getInt("version")))
        .optional();
  }

  private static Set<Role> roles(Array names) throws SQLException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : (String[]) names.getArray()) {
      roles.add(Role.valueOf(name));
    }
    return roles;
  }

  private static OffsetDateTime utc(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
