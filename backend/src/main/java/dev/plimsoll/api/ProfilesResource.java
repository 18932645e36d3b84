package dev.plimsoll.api;

import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.Shown;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Profiles: which checks are in scope and with what weight. */
@RestController
@RequestMapping("/api/v1/profiles")
@Tag(name = "Profiles", description = "Which checks are in scope and with what weight; versioned")
class ProfilesResource {
  private final Profiles profiles;
  private final AsOf instants;

  ProfilesResource(Profiles profiles, AsOf instants) {
    this.profiles = profiles;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "All profiles in force: those that ship, then a company's own by name")
  PageBody<ProfileBody> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(profiles.list(instants.check(asOf)).stream().map(ProfileBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One profile, by ID or exact name")
  ProfileBody get(
      @PathVariable String id,
      @Parameter(description = "none for the newest") @RequestParam(required = false)
          @Nullable Integer version) {
    return ProfileBody.of(profiles.get(id, version));
  }

  @GetMapping("/{id}/versions")
  @Operation(summary = "All versions of a profile, newest first")
  PageBody<ProfileBody> versions(@PathVariable String id) {
    return PageBody.all(profiles.versions(id).stream().map(ProfileBody::of).toList());
  }

  @PostMapping
  @Operation(summary = "Make a profile, of checks that are given or a copy of another's")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ProfileRequest.class)))
  ResponseEntity<ProfileBody> add(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String name = fields.requiredText("name");
    @Nullable String description = fields.text("description");
    @Nullable String copyOf = fields.text("copyOf");
    @Nullable Map<String, @Nullable Integer> checks = checks(fields, body);
    if (checks == null && copyOf == null) {
      fields.reject("checks", "is missing. Give checks, or copyOf with a profile's ID or name.");
    }
    fields.check();
    Map<String, @Nullable Integer> scope = new LinkedHashMap<>();
    if (copyOf != null) {
      scope.putAll(profiles.get(copyOf, null).checks());
    }
    if (checks != null) {
      scope.putAll(checks);
    }
    ProfileRecord made = profiles.create(name, description == null ? "" : description, scope);
    return ResponseEntity.created(URI.create("/api/v1/profiles/" + made.id()))
        .body(ProfileBody.of(made));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Change a profile, which makes a version; its hosts are scored anew")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ProfileChangeRequest.class)))
  ProfileBody change(@PathVariable String id, @RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    fields.rejectNull("checks");
    @Nullable String description =
        fields.has("description") && fields.isNull("description") ? "" : fields.text("description");
    @Nullable Map<String, @Nullable Integer> checks = checks(fields, body);
    fields.check();
    return ProfileBody.of(profiles.change(id, description, checks));
  }

  private static @Nullable Map<String, @Nullable Integer> checks(JsonFields fields, JsonNode body) {
    if (!fields.has("checks") || fields.isNull("checks")) {
      return null;
    }
    Map<String, @Nullable Integer> checks = new LinkedHashMap<>();
    JsonNode given = body.path("checks");
    if (!given.isObject()) {
      fields.reject("checks", "is not an object. Give it as {\"CTR-USER\":null,\"CTR-MEM\":5}.");
      return checks;
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      JsonNode weight = entry.getValue();
      if (weight.isNull()) {
        checks.put(entry.getKey(), null);
      } else if (weight.isIntegralNumber() && weight.canConvertToInt()) {
        checks.put(entry.getKey(), weight.intValue());
      } else {
        fields.reject(
            "checks." + Shown.of(entry.getKey()),
            Shown.of(weight.toString()) + " is no whole number. Give one, or null.");
      }
    }
    return checks;
  }

  /**
   * A new profile.
   *
   * @param copyOf ID or name of a profile whose scope is taken over
   * @param checks weight by check ID, null for that of its severity; laid over {@code copyOf}
   */
  record ProfileRequest(
      String name,
      @Nullable String description,
      @Nullable String copyOf,
      @Nullable Map<String, @Nullable Integer> checks) {}

  /**
   * What to change.
   *
   * @param checks all checks in scope: weight by check ID, null for that of its severity
   */
  record ProfileChangeRequest(
      @Nullable String description, @Nullable Map<String, @Nullable Integer> checks) {}

  /**
   * A profile as the API shows it.
   *
   * @param shipped whether it comes with the portal and follows the catalogue
   * @param checks weight by check ID, null for that of its severity
   * @param hosts how many hosts have the profile now
   */
  record ProfileBody(
      String id,
      String name,
      int version,
      boolean shipped,
      String description,
      Map<String, @Nullable Integer> checks,
      @Nullable Instant changedAt,
      @Nullable String author,
      int hosts) {
    static ProfileBody of(ProfileRecord profile) {
      return new ProfileBody(
          profile.id(),
          profile.name(),
          profile.version(),
          profile.shipped(),
          profile.description(),
          profile.checks(),
          profile.changedAt(),
          profile.author(),
          profile.hosts());
    }
  }
}
