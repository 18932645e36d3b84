package dev.plimsoll.compliance;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.compliance.Declared.Scope;
import dev.plimsoll.fleet.GroupsChanged;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the company declares to be meant. The hosts concerned are judged anew at once. */
@Service
public class Declarations {
  private static final int LONGEST_NOTE = 500;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Rejudging rejudging;
  private final Clock clock;

  Declarations(
      JdbcClient jdbc,
      AuditTrail audit,
      Rejudging rejudging,
      @Qualifier("publishClock") Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.rejudging = rejudging;
    this.clock = clock;
  }

  /**
   * What is to be declared.
   *
   * @param scope a host's name in it is not read
   */
  public record Draft(Declaration kind, String value, Scope scope, String note) {}

  /**
   * What was declared at an instant, by kind, value and scope.
   *
   * @param kind null for all kinds
   * @param at null for now
   */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<Declared> list(@Nullable Declaration kind, @Nullable Instant at) {
    return jdbc.sql(
            """
            select d.id, d.kind, d.value, d.group_path, d.host_id, h.name as host_name, d.note,
              d.author,
              (select min(f.valid_from) from declaration f where f.id = d.id) as since
            from declaration d left join host h on h.id = d.host_id
            where (:kind::text is null or d.kind = :kind)
              and case when :at::timestamptz is null then d.valid_to = 'infinity'
                  else d.valid_from <= :at and d.valid_to > :at end
            order by d.kind, d.value, d.group_path nulls first, h.name nulls first, d.id
            """)
        .param("kind", kind == null ? null : kind.word())
        .param("at", at == null ? null : time(at))
        .query(
            (row, n) ->
                new Declared(
                    row.getLong("id"),
                    Declaration.of(row.getString("kind")),
                    row.getString("value"),
                    scope(
                        row.getString("group_path"),
                        row.getObject("host_id", Long.class),
                        row.getString("host_name")),
                    row.getString("note"),
                    row.getString("author"),
                    row.getObject("since", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** One declaration that holds now. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<Declared> find(long id) {
    return list(null, null).stream().filter(declared -> declared.id() == id).findFirst();
  }

  /**
   * Declares something; what is declared already stays as it is.
   *
   * @return its ID
   * @throws InvalidInput naming every bad field
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public long add(Draft draft) {
    String value = value(draft);
    String note = note(draft.note());
    Place place = place(draft.scope());
    Optional<Long> same =
        jdbc.sql(
                "select id from declaration where kind = ? and value = ?"
                    + " and coalesce(group_id, 0) = ? and coalesce(host_id, 0) = ?"
                    + " and valid_to = 'infinity'")
            .param(draft.kind().word())
            .param(value)
            .param(place.groupId() == null ? 0L : place.groupId())
            .param(place.hostId() == null ? 0L : place.hostId())
            .query(Long.class)
            .optional();
    if (same.isPresent()) {
      return same.get();
    }
    long id =
        jdbc.sql(
                "insert into declaration (id, kind, value, group_id, group_path, host_id, note,"
                    + " author, valid_from) values (nextval('declaration_id'), ?, ?, ?::bigint, ?,"
                    + " ?::bigint, ?, ?, ?) returning id")
            .param(draft.kind().word())
            .param(value)
            .param(place.groupId())
            .param(place.groupPath())
            .param(place.hostId())
            .param(note)
            .param(actor())
            .param(time(clock.instant()))
            .query(Long.class)
            .single();
    judgeAnew(place);
    audit.record(
        "declaration.added",
        subject(id, draft.kind(), value),
        Map.of("scope", place.words(), "note", note));
    return id;
  }

  /**
   * Takes a declaration back; the past keeps it.
   *
   * @throws NoSuchDeclaration if there is none that holds
   */
  @Requires(Permission.MANAGE_CHECKS)
  @Transactional
  public void withdraw(long id) {
    Held held =
        jdbc.sql(
                "select d.kind, d.value, d.group_id, d.group_path, d.host_id, h.name from"
                    + " declaration d left join host h on h.id = d.host_id"
                    + " where d.id = ? and d.valid_to = 'infinity' for update of d")
            .param(id)
            .query(
                (row, n) ->
                    new Held(
                        Declaration.of(row.getString("kind")),
                        row.getString("value"),
                        new Place(
                            row.getObject("group_id", Long.class),
                            row.getString("group_path"),
                            row.getObject("host_id", Long.class),
                            row.getString("name"))))
            .optional()
            .orElseThrow(() -> new NoSuchDeclaration(id));
    close(id);
    judgeAnew(held.place());
    audit.record(
        "declaration.withdrawn",
        subject(id, held.kind(), held.value()),
        Map.of("scope", held.place().words()));
  }

  /** A group's declarations go by its new name, and end with it. */
  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  void follow(GroupsChanged changed) {
    OffsetDateTime now = time(clock.instant());
    jdbc.sql(
            """
            with moved as (
              update declaration d set valid_to = greatest(:now, d.valid_from + interval '1 microsecond')
              from declaration o left join host_group g on g.id = o.group_id
              where d.id = o.id and d.valid_from = o.valid_from and o.valid_to = 'infinity'
                and o.group_id is not null and g.path is distinct from o.group_path
              returning d.id, d.kind, d.value, d.group_id, g.path, d.note, d.author, d.valid_to
            )
            insert into declaration (id, kind, value, group_id, group_path, note, author, valid_from)
            select id, kind, value, group_id, path, note, author, valid_to
            from moved where path is not null
            """)
        .param("now", now)
        .update();
  }

  private void close(long id) {
    jdbc.sql(
            "update declaration set valid_to = greatest(?, valid_from + interval '1 microsecond')"
                + " where id = ? and valid_to = 'infinity'")
        .param(time(clock.instant()))
        .param(id)
        .update();
  }

  private void judgeAnew(Place place) {
    if (place.hostId() != null) {
      rejudging.request(List.of(place.hostId()));
    } else if (place.groupPath() == null) {
      rejudging.requestAll();
    } else {
      rejudging.request(
          jdbc.sql(
                  "select h.id from host h join host_group g on g.id = h.group_id"
                      + " where h.decommissioned_at is null"
                      + " and starts_with(lower(g.path) || '/', lower(?) || '/')")
              .param(place.groupPath())
              .query(Long.class)
              .list());
    }
  }

  private Place place(Scope scope) {
    return switch (scope) {
      case Scope.Fleet() -> new Place(null, null, null, null);
      case Scope.Group(String path) ->
          jdbc.sql("select id, path from host_group where lower(path) = lower(?)")
              .param(path)
              .query((row, n) -> new Place(row.getLong("id"), row.getString("path"), null, null))
              .optional()
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "group",
                          "There is no group \"%s\". Make it first, or choose another."
                              .formatted(Shown.of(path))));
      case Scope.Host(long id, String ignored) ->
          jdbc.sql("select name from host where id = ? and decommissioned_at is null")
              .param(id)
              .query((row, n) -> new Place(null, null, id, row.getString("name")))
              .optional()
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "host", "There is no active host \"" + id + "\". Choose another."));
    };
  }

  private static String value(Draft draft) {
    try {
      return DeclarationKind.of(draft.kind()).checked(draft.value());
    } catch (IllegalArgumentException e) {
      InvalidInput invalid = new InvalidInput("value", String.valueOf(e.getMessage()));
      invalid.initCause(e);
      throw invalid;
    }
  }

  private static String note(String typed) {
    String note = typed.strip();
    if (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidInput(
          "note",
          "is longer than " + LONGEST_NOTE + " characters or has a control character. Shorten it.");
    }
    return note;
  }

  private static Scope scope(
      @Nullable String groupPath, @Nullable Long hostId, @Nullable String hostName) {
    if (hostId != null) {
      return new Scope.Host(hostId, hostName);
    }
    return groupPath == null ? new Scope.Fleet() : new Scope.Group(groupPath);
  }

  private static String actor() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return who == null ? AuditTrail.PORTAL : who.getName();
  }

  private static String subject(long id, Declaration kind, String value) {
    return "declaration:%d %s %s".formatted(id, kind.word(), Shown.of(value));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private record Held(Declaration kind, String value, Place place) {}

  /** A scope with the rows that it names. */
  private record Place(
      @Nullable Long groupId,
      @Nullable String groupPath,
      @Nullable Long hostId,
      @Nullable String hostName) {
    String words() {
      if (hostId != null) {
        return "host " + hostName;
      }
      return groupPath == null ? "fleet" : "group " + groupPath;
    }
  }
}
