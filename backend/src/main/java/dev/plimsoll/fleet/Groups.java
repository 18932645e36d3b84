package dev.plimsoll.fleet;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.Requires;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tree of business units that hosts belong to. */
@Service
public class Groups {
  private final GroupRepository groups;
  private final GroupTree tree;
  private final HostHistory history;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final JdbcClient jdbc;

  Groups(
      GroupRepository groups,
      GroupTree tree,
      HostHistory history,
      AuditTrail audit,
      ApplicationEventPublisher events,
      JdbcClient jdbc) {
    this.groups = groups;
    this.tree = tree;
    this.history = history;
    this.audit = audit;
    this.events = events;
    this.jdbc = jdbc;
  }

  /** All groups by path. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public List<GroupRecord> list() {
    return groups.findAllByPath().stream().map(HostGroup::toRecord).toList();
  }

  /** One group. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<GroupRecord> find(long id) {
    return groups.findById(id).map(HostGroup::toRecord);
  }

  /**
   * Makes a group, and those above it that are missing.
   *
   * @throws InvalidInput if the path is none
   * @throws NameTaken if there is a group of that path, ignoring case
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public GroupRecord create(String path) {
    List<String> names = checked("path", () -> GroupPath.names(path));
    tree.lock();
    if (tree.find(names).isPresent()) {
      throw new NameTaken("group", String.join("/", names));
    }
    HostGroup group = tree.findOrCreate(names);
    events.publishEvent(new GroupsChanged());
    audit.record("group.added", subject(group), Map.of());
    return group.toRecord();
  }

  /**
   * Gives a group a name and a place in the tree; what lies below moves with it.
   *
   * @param parentId null for the top
   * @throws NoSuchGroup if there is no such group
   * @throws InvalidInput if the name is none, or the place lies below the group itself
   * @throws NameTaken if there is a group of the new path, ignoring case
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public GroupRecord place(long id, String newName, @Nullable Long parentId) {
    String name = checked("name", () -> GroupPath.name(newName));
    tree.lock();
    HostGroup group = existing(id);
    @Nullable HostGroup parent = parentId == null ? null : parent(parentId, group);
    String oldPath = group.path();
    String newPath = GroupPath.below(parent == null ? null : parent.path(), name);
    if (newPath.equals(oldPath)) {
      return group.toRecord();
    }
    checked("parentId", () -> GroupPath.names(newPath));
    if (groups.findByPath(newPath).filter(other -> other.id() != id).isPresent()) {
      throw new NameTaken("group", newPath);
    }
    List<HostGroup> below = groups.findBelow(escaped(oldPath));
    for (HostGroup descendant : below) {
      descendant.follow(oldPath, newPath);
    }
    group.place(parent, name);
    groups.flush();
    history.write(hostsOf(group, below));
    events.publishEvent(new GroupsChanged());
    audit.record("group.changed", subject(group), Map.of("path", HostChange.of(oldPath, newPath)));
    return group.toRecord();
  }

  /**
   * Deletes a group that holds neither groups nor active hosts.
   *
   * @throws NoSuchGroup if there is no such group
   * @throws GroupInUse if it holds something
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public void delete(long id) {
    tree.lock();
    HostGroup group = existing(id);
    long children = groups.countByParentId(id);
    long hosts =
        jdbc.sql("select count(*) from host where group_id = ? and decommissioned_at is null")
            .param(id)
            .query(Long.class)
            .single();
    if (children > 0 || hosts > 0) {
      throw new GroupInUse(group.path(), children, hosts);
    }
    List<Long> left = hostsOf(group, List.of());
    jdbc.sql("update host set group_id = null, version = version + 1 where group_id = ?")
        .param(id)
        .update();
    history.write(left);
    groups.delete(group);
    groups.flush();
    events.publishEvent(new GroupsChanged());
    audit.record("group.removed", subject(group), Map.of());
  }

  private HostGroup existing(long id) {
    return groups.findById(id).orElseThrow(() -> new NoSuchGroup(id));
  }

  private HostGroup parent(long parentId, HostGroup group) {
    HostGroup parent =
        groups
            .findById(parentId)
            .orElseThrow(
                () ->
                    new InvalidInput(
                        "parentId", "There is no group \"" + parentId + "\". Choose another."));
    if (parent.id() == group.id() || parent.path().startsWith(group.path() + "/")) {
      throw new InvalidInput(
          "parentId",
          "\"" + parent.path() + "\" lies in the group itself. Choose a place outside of it.");
    }
    return parent;
  }

  private List<Long> hostsOf(HostGroup group, List<HostGroup> below) {
    Long[] ids =
        Stream.concat(Stream.of(group), below.stream()).map(HostGroup::id).toArray(Long[]::new);
    return jdbc.sql("select id from host where group_id = any (:groups) order by id")
        .param("groups", ids)
        .query(Long.class)
        .list();
  }

  private static <T> T checked(String field, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      InvalidInput invalid = new InvalidInput(field, String.valueOf(e.getMessage()));
      invalid.initCause(e);
      throw invalid;
    }
  }

  private static String escaped(String path) {
    return path.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  private static String subject(HostGroup group) {
    return "group:" + group.id() + " " + group.path();
  }
}
