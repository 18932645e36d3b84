package dev.plimsoll.api;

import dev.plimsoll.compliance.AssignedProfile;
import dev.plimsoll.compliance.ProfileAssignments;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who has which profile. */
@RestController
@RequestMapping("/api/v1/profile-assignments")
@Tag(name = "Profiles")
class ProfileAssignmentsResource {
  private final ProfileAssignments assignments;
  private final AsOf instants;

  ProfileAssignmentsResource(ProfileAssignments assignments, AsOf instants) {
    this.assignments = assignments;
    this.instants = instants;
  }

  @GetMapping
  @Operation(
      summary = "Rules by group and environment; the most specific one decides",
      description =
          "Group and environment go before group alone, that before environment alone, and the"
              + " deeper of two groups first. Hosts that no rule speaks of have Everything.")
  PageBody<AssignedProfile> list(@RequestParam(required = false) @Nullable Instant asOf) {
    return PageBody.all(assignments.list(instants.check(asOf)));
  }

  @PutMapping
  @Operation(
      summary = "Put these rules in the place of all; hosts are scored anew where it differs")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = AssignmentsRequest.class)))
  PageBody<AssignedProfile> replace(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    if (!fields.has("items") || !body.path("items").isArray()) {
      fields.reject("items", "is missing or no list. Give the rules in brackets.");
    }
    fields.check();
    List<AssignedProfile> wanted = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    int i = 0;
    for (JsonNode item : body.path("items")) {
      String prefix = "items[" + i++ + "]";
      try {
        JsonFields rule = JsonFields.of(item);
        AssignedProfile assigned =
            new AssignedProfile(
                rule.text("group"), rule.text("environment"), rule.requiredText("profile"));
        rule.check();
        wanted.add(assigned);
      } catch (InvalidInput e) {
        e.errors()
            .forEach(
                error -> errors.add(new FieldError(prefix + "." + error.field(), error.message())));
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return PageBody.all(assignments.replace(wanted));
  }

  /** All rules. */
  record AssignmentsRequest(List<AssignedProfile> items) {}
}
