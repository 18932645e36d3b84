package dev.plimsoll.api;

import dev.plimsoll.fleet.GroupRecord;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.JsonFields;
import dev.plimsoll.fleet.NoSuchGroup;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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

/** The tree of business units. */
@RestController
@RequestMapping("/api/v1/groups")
@Tag(name = "Groups", description = "The tree of business units that hosts belong to")
class GroupsResource {
  private final Groups groups;

  GroupsResource(Groups groups) {
    this.groups = groups;
  }

  @GetMapping
  @Operation(summary = "All groups by path")
  PageBody<GroupBody> list() {
    return PageBody.all(groups.list().stream().map(GroupBody::of).toList());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One group")
  GroupBody get(@PathVariable String id) {
    return GroupBody.of(existing(Ids.parse("group", id)));
  }

  @PostMapping
  @Operation(summary = "Make a group, and those above it that are missing")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = GroupRequest.class)))
  ResponseEntity<GroupBody> add(@RequestBody JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String path = path(fields);
    fields.check();
    GroupRecord group = groups.create(path);
    return ResponseEntity.created(URI.create("/api/v1/groups/" + group.id()))
        .body(GroupBody.of(group));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Rename or move a group; what lies below moves with it")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = GroupRequest.class)))
  GroupBody change(@PathVariable String id, @RequestBody JsonNode body) {
    GroupRecord before = existing(Ids.parse("group", id));
    JsonFields fields = JsonFields.of(body);
    fields.rejectNull("name");
    @Nullable String name = fields.text("name");
    @Nullable Long parentId = fields.has("parentId") ? parentId(fields) : before.parentId();
    fields.check();
    return GroupBody.of(groups.place(before.id(), name == null ? before.name() : name, parentId));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a group that holds neither groups nor hosts")
  void delete(@PathVariable String id) {
    groups.delete(Ids.parse("group", id));
  }

  /** A path, or a name and the group above. */
  private String path(JsonFields fields) {
    if (fields.has("path")) {
      return fields.requiredText("path");
    }
    String name = fields.requiredText("name");
    if (name.indexOf('/') >= 0) {
      fields.reject("name", "holds a slash. Give the whole as path.");
    }
    @Nullable Long parentId = parentId(fields);
    return parentId == null ? name : existing(parentId).path() + "/" + name;
  }

  private static @Nullable Long parentId(JsonFields fields) {
    @Nullable String text = fields.text("parentId");
    if (text == null) {
      return null;
    }
    try {
      return Ids.parse("group", text);
    } catch (NotFound e) {
      fields.reject("parentId", e.getMessage() + " Choose another.");
      return null;
    }
  }

  private GroupRecord existing(long id) {
    return groups.find(id).orElseThrow(() -> new NoSuchGroup(id));
  }

  /** What describes a group. */
  record GroupRequest(@Nullable String path, @Nullable String name, @Nullable String parentId) {}

  /** A group as the API shows it. */
  record GroupBody(String id, String name, String path, @Nullable String parentId) {
    static GroupBody of(GroupRecord group) {
      return new GroupBody(
          String.valueOf(group.id()),
          group.name(),
          group.path(),
          group.parentId() == null ? null : String.valueOf(group.parentId()));
    }
  }
}
