package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.plimsoll.audit.AuditEntry;
import dev.plimsoll.audit.AuditLog;
import dev.plimsoll.audit.AuditVerification;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.posture.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, and the proof that nobody changed it. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Audit", description = "Who did what, and the proof that nobody changed it")
class AuditResource {
  private final AuditLog log;

  AuditResource(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  @Operation(summary = "Entries of [from, to), newest first, with their chain hashes")
  PageBody<EntryBody> list(
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @ParameterObject ListParameters list) {
    PageRequest page = list.toPageRequest();
    Cursor cursor =
        page.after() == null ? new Cursor(from, to, null) : Cursor.parse(page.after(), from, to);
    List<AuditEntry> entries =
        log.list(cursor.from(), cursor.to(), cursor.before(), page.limit() + 1);
    boolean more = entries.size() > page.limit();
    List<AuditEntry> shown = more ? entries.subList(0, page.limit()) : entries;
    return new PageBody<>(
        shown.stream().map(EntryBody::of).toList(),
        more ? new Cursor(cursor.from(), cursor.to(), shown.getLast().id()).text() : null,
        page.count() ? (Long) log.count(cursor.from(), cursor.to()) : null,
        page.count() ? (Boolean) false : null);
  }

  @GetMapping("/verify")
  @Operation(summary = "Recompute the chain: what holds, where it breaks, what is not sealed yet")
  VerificationBody verify() {
    return VerificationBody.of(log.verify());
  }

  /** Where a page ended, with the filter that it belongs to. */
  record Cursor(@Nullable Instant from, @Nullable Instant to, @Nullable Long before) {
    String text() {
      String plain =
          Optional.ofNullable(from).map(Instant::toString).orElse("")
              + "|"
              + Optional.ofNullable(to).map(Instant::toString).orElse("")
              + "|"
              + before;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor's own filter counts; one that is given again has to be the same. */
    static Cursor parse(String text, @Nullable Instant from, @Nullable Instant to) {
      Cursor cursor = decode(text);
      if ((from != null && !from.equals(cursor.from()))
          || (to != null && !to.equals(cursor.to()))) {
        throw notOurs(text);
      }
      return cursor;
    }

    private static Cursor decode(String text) {
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                .split("\\|", -1);
        if (parts.length == 3) {
          return new Cursor(instant(parts[0]), instant(parts[1]), Long.valueOf(parts[2]));
        }
      } catch (IllegalArgumentException | DateTimeParseException e) {
        InvalidInput invalid = notOurs(text);
        invalid.initCause(e);
        throw invalid;
      }
      throw notOurs(text);
    }

    private static @Nullable Instant instant(String text) {
      return text.isEmpty() ? null : Instant.parse(text);
    }

    private static InvalidInput notOurs(String text) {
      return new InvalidInput(
          "after",
          "\""
              + Shown.of(text)
              + "\" is no cursor of this list and its parameters. Begin anew without it.");
    }
  }

  /** An entry as the API shows it. */
  record EntryBody(
      String id,
      Instant at,
      String actor,
      String action,
      String subject,
      @JsonRawValue @Schema(type = "object") String detail,
      @Nullable Long position,
      @Nullable String hash) {
    static EntryBody of(AuditEntry entry) {
      AuditEntry.@Nullable Seal seal = entry.seal();
      return new EntryBody(
          String.valueOf(entry.id()),
          entry.at(),
          entry.actor(),
          entry.action(),
          entry.subject(),
          entry.detail(),
          seal == null ? null : (Long) seal.position(),
          seal == null ? null : seal.hash());
    }
  }

  /** A verification as the API shows it. */
  record VerificationBody(
      boolean intact,
      long links,
      String head,
      AuditVerification.@Nullable Broken broken,
      @Nullable UnsealedBody unsealed) {
    static VerificationBody of(AuditVerification verification) {
      AuditVerification.@Nullable Unsealed tail = verification.unsealed();
      return new VerificationBody(
          verification.intact(),
          verification.links(),
          verification.head(),
          verification.broken(),
          tail == null
              ? null
              : new UnsealedBody(
                  tail.entries(), String.valueOf(tail.firstId()), String.valueOf(tail.lastId())));
    }
  }

  /** Entries that no link covers yet. */
  record UnsealedBody(long entries, String firstId, String lastId) {}
}
