package dev.plimsoll.api;

import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.compliance.DeclarationKind;
import dev.plimsoll.compliance.Declarations;
import dev.plimsoll.compliance.Declared;
import dev.plimsoll.compliance.Declared.Scope;
import dev.plimsoll.compliance.NoSuchDeclaration;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What the company declares to be meant. */
@RestController
@RequestMapping("/api/v1/declarations")
@Tag(name = "Declarations", description = "What is meant, so that checks need not call it wrong")
class DeclarationsResource {
  private final Declarations declarations;
  private final HostResolver hosts;
  private final AsOf instants;

  DeclarationsResource(Declarations declarations, HostResolver hosts, AsOf instants) {
    this.declarations = declarations;
    this.hosts = hosts;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "What is declared, by kind, value and scope")
  PageBody<DeclarationBody> list(
      @Parameter(description = "only of this kind") @RequestParam(required = false)
          @Nullable String kind,
      @RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(
        declarations.list(kind == null ? null : kind("kind", kind), instants.check(asOf)).stream()
            .map(DeclarationBody::of)
            .toList());
  }

  @GetMapping("/kinds")
  @Operation(summary = "What can be declared, and which checks read it")
  PageBody<KindBody> kinds() {
    return PageBody.all(DeclarationKind.all().stream().map(KindBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One declaration that holds now")
  DeclarationBody get(@PathVariable String id) {
    return DeclarationBody.of(existing(Ids.parse("declaration", id)));
  }

  @PostMapping
  @Operation(
      summary = "Declare something for a host, a group and all below, or the whole fleet",
      description = "What is declared already stays as it is; its declaration is the answer.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = DeclarationRequest.class)))
  ResponseEntity<DeclarationBody> add(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String word = fields.requiredText("kind");
    String value = fields.requiredText("value");
    String note = fields.text("note");
    Scope scope = scope(fields);
    fields.check();
    long id =
        declarations.add(
            new Declarations.Draft(kind("kind", word), value, scope, note == null ? "" : note));
    return ResponseEntity.created(URI.create("/api/v1/declarations/" + id))
        .body(DeclarationBody.of(existing(id)));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Take a declaration back; what it decided in the past stays")
  void withdraw(@PathVariable String id) {
    declarations.withdraw(Ids.parse("declaration", id));
  }

  private Scope scope(JsonFields fields) {
    @Nullable String group = fields.text("group");
    @Nullable String host = fields.text("host");
    if (group != null && host != null) {
      fields.reject("host", "cannot stand beside a group. Give one of them, or none for all.");
    }
    if (host != null) {
      return new Scope.Host(hosts.resolve(host).id(), null);
    }
    return group == null ? new Scope.Fleet() : new Scope.Group(group);
  }

  private Declared existing(long id) {
    return declarations.find(id).orElseThrow(() -> new NoSuchDeclaration(id));
  }

  private static Declaration kind(String field, String word) {
    try {
      return Declaration.of(word);
    } catch (IllegalArgumentException e) {
      InvalidInput invalid =
          new InvalidInput(
              field,
              Enums.notOneOf(
                  word,
                  Arrays.stream(Declaration.values())
                      .map(Declaration::word)
                      .toArray(String[]::new)));
      invalid.initCause(e);
      throw invalid;
    }
  }

  /** What describes a declaration; neither group nor host: the whole fleet. */
  record DeclarationRequest(
      String kind,
      String value,
      @Nullable String group,
      @Nullable String host,
      @Nullable String note) {}

  /** A declaration as the API shows it. */
  record DeclarationBody(
      String id,
      String kind,
      String value,
      @Nullable String group,
      @Nullable HostRefBody host,
      String note,
      String author,
      Instant since,
      List<String> checks) {
    static DeclarationBody of(Declared declared) {
      return new DeclarationBody(
          String.valueOf(declared.id()),
          declared.kind().word(),
          declared.value(),
          declared.scope() instanceof Scope.Group(String path) ? path : null,
          declared.scope() instanceof Scope.Host(long id, String name)
              ? new HostRefBody(String.valueOf(id), name == null ? "" : name)
              : null,
          declared.note(),
          declared.author(),
          declared.since(),
          DeclarationKind.of(declared.kind()).checks());
    }
  }

  /** What can be declared. */
  record KindBody(String kind, String meaning, String example, List<String> checks) {
    static KindBody of(DeclarationKind kind) {
      return new KindBody(kind.declaration().word(), kind.meaning(), kind.example(), kind.checks());
    }
  }
}
