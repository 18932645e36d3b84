package dev.plimsoll.fleet;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A group's row. */
@Entity
@Table(name = "host_group")
class HostGroup {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private @Nullable Long parentId;
  private String name;
  private String path;

  @SuppressWarnings("UnusedVariable") // Hibernate reads it.
  private Instant createdAt;

  @Version private int version;

  /** For Hibernate, which fills the fields. */
  @SuppressWarnings("NullAway.Init")
  protected HostGroup() {}

  HostGroup(@Nullable HostGroup parent, String name, Instant createdAt) {
    this.parentId = parent == null ? null : parent.id;
    this.name = name;
    this.path = GroupPath.below(parent == null ? null : parent.path, name);
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }

  @Nullable Long parentId() {
    return parentId;
  }

  String name() {
    return name;
  }

  String path() {
    return path;
  }

  void place(@Nullable HostGroup parent, String newName) {
    this.parentId = parent == null ? null : parent.id;
    this.name = newName;
    this.path = GroupPath.below(parent == null ? null : parent.path, newName);
  }

  /** Follows a group above from its old path to its new one. */
  void follow(String oldPath, String newPath) {
    this.path = newPath + path.substring(oldPath.length());
  }

  GroupRecord toRecord() {
    return new GroupRecord(id, name, path, parentId);
  }
}
