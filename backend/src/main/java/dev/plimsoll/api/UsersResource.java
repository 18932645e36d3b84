package dev.plimsoll.api;

import dev.plimsoll.access.IssuedToken;
import dev.plimsoll.access.NewPerson;
import dev.plimsoll.access.NoSuchUser;
import dev.plimsoll.access.People;
import dev.plimsoll.access.Person;
import dev.plimsoll.access.PersonChange;
import dev.plimsoll.access.TokenRecord;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.permission.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** People and the tokens of their programs. */
@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "Users", description = "People and the tokens of their programs")
class UsersResource {
  private final People people;

  UsersResource(People people) {
    this.people = people;
  }

  @GetMapping
  @Operation(summary = "Everybody, by name")
  PageBody<UserBody> list() {
    return PageBody.all(people.list().stream().map(UserBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One account")
  UserBody get(@PathVariable String id) {
    long userId = Ids.parse("user", id);
    return UserBody.of(people.find(userId).orElseThrow(() -> new NoSuchUser("user", userId)));
  }

  @PostMapping
  @Operation(summary = "Add an account")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = UserRequest.class)))
  ResponseEntity<UserBody> add(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String name = fields.requiredText("name");
    String password = fields.requiredText("password");
    Set<Role> roles = Optional.ofNullable(roles(fields)).orElseGet(() -> EnumSet.of(Role.VIEWER));
    refuseGroups(fields);
    fields.check();
    Person person = people.add(new NewPerson(name, password, roles));
    return ResponseEntity.created(URI.create("/api/v1/users/" + person.id()))
        .body(UserBody.of(person));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change an account; its open sessions end")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = UserRequest.class)))
  UserBody change(@PathVariable String id, @RequestBody JsonNode body) {
    long userId = Ids.parse("user", id);
    JsonFields fields = JsonFields.of(body);
    PersonChange change =
        new PersonChange(
            fields.text("name"), fields.text("password"), roles(fields), fields.flag("enabled"));
    for (String field : List.of("name", "password", "roles", "enabled")) {
      fields.rejectNull(field);
    }
    refuseGroups(fields);
    fields.check();
    return UserBody.of(people.change(userId, change));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove an account and its tokens; what it did stays in the audit trail")
  void remove(@PathVariable String id) {
    people.remove(Ids.parse("user", id));
  }

  @GetMapping("/{id}/tokens")
  @Operation(summary = "A user's tokens, without what makes them good")
  PageBody<TokenBody> tokens(@PathVariable String id) {
    return PageBody.all(people.tokens(Ids.parse("user", id)).stream().map(TokenBody::of).toList());
  }

  @PostMapping("/{id}/tokens")
  @Operation(summary = "Make a token with the user's rights; it is shown this once")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = false,
      content = @Content(schema = @Schema(implementation = TokenRequest.class)))
  ResponseEntity<IssuedTokenBody> issueToken(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body,
      HttpServletRequest request) {
    long userId = Ids.parse("user", id);
    IdempotencyFilter.answerIsSecret(request);
    String label = "API";
    @Nullable Instant expiresAt = null;
    if (body != null) {
      JsonFields fields = JsonFields.of(body);
      label = Optional.ofNullable(fields.text("label")).orElse(label);
      expiresAt = fields.instant("expiresAt");
      fields.check();
    }
    IssuedToken token = people.issueToken(userId, label, expiresAt);
    return ResponseEntity.status(HttpStatus.CREATED).body(IssuedTokenBody.of(token));
  }

  @DeleteMapping("/{id}/tokens/{tokenId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "End a token at once")
  void revokeToken(@PathVariable String id, @PathVariable String tokenId) {
    people.revokeToken(Ids.parse("user", id), Ids.parse("token", tokenId));
  }

  private static @Nullable Set<Role> roles(JsonFields fields) {
    @Nullable List<String> words = fields.texts("roles");
    if (words == null) {
      return null;
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String word : words) {
      Arrays.stream(Role.values())
          .filter(role -> role.word().equalsIgnoreCase(word))
          .findFirst()
          .ifPresentOrElse(
              roles::add,
              () ->
                  fields.reject(
                      "roles",
                      "\""
                          + Shown.of(word)
                          + "\" is no role. Give viewer, analyst or administrator."));
    }
    return roles;
  }

  /** Silence would let somebody believe that the account sees less than it does. */
  private static void refuseGroups(JsonFields fields) {
    @Nullable List<String> groups = fields.texts("groups");
    if (groups != null && !groups.isEmpty()) {
      fields.reject(
          "groups", "cannot narrow an account's rights yet. Leave it out: roles count everywhere.");
    }
  }

  /** What describes an account. */
  record UserRequest(
      String name, String password, List<String> roles, List<String> groups, boolean enabled) {}

  /** An account as the API shows it. */
  record UserBody(
      String id,
      String name,
      List<String> roles,
      List<String> groups,
      boolean enabled,
      Instant createdAt) {
    static UserBody of(Person person) {
      return new UserBody(
          String.valueOf(person.id()),
          person.name(),
          person.roles().stream().sorted().map(Role::word).toList(),
          List.of(),
          person.enabled(),
          person.createdAt());
    }
  }

  /** What describes a token to be made. */
  record TokenRequest(@Nullable String label, @Nullable Instant expiresAt) {}

  /** A new token, this once. */
  record IssuedTokenBody(String id, String token, String label, Instant expiresAt) {
    static IssuedTokenBody of(IssuedToken token) {
      return new IssuedTokenBody(
          String.valueOf(token.id()), token.token(), token.label(), token.expiresAt());
    }
  }

  /** A token as lists show it. */
  record TokenBody(
      String id,
      String label,
      String prefix,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {
    static TokenBody of(TokenRecord token) {
      return new TokenBody(
          String.valueOf(token.id()),
          token.label(),
          token.prefix(),
          token.createdAt(),
          token.expiresAt(),
          token.revokedAt());
    }
  }
}
