package dev.plimsoll.access;

import dev.plimsoll.permission.Role;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** A local account. */
@Entity
@Table(name = "app_user")
class AppUser {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private String name;
  private String passwordHash;
  private boolean enabled = true;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "app_user_role", joinColumns = @JoinColumn(name = "user_id"))
  @Column(name = "role")
  @Enumerated(EnumType.STRING)
  private Set<Role> roles = new HashSet<>();

  private Instant createdAt;
  @Version private int version;

  /** For Hibernate, which fills the fields. */
  @SuppressWarnings("NullAway.Init")
  protected AppUser() {}

  AppUser(String name, String passwordHash, Set<Role> roles, Instant createdAt) {
    this.name = name;
    this.passwordHash = passwordHash;
    this.roles = new HashSet<>(roles);
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }

  String name() {
    return name;
  }

  void rename(String newName) {
    this.name = newName;
  }

  void changePassword(String hash) {
    this.passwordHash = hash;
  }

  void changeRoles(Set<Role> newRoles) {
    roles.retainAll(newRoles);
    roles.addAll(newRoles);
  }

  void enable(boolean on) {
    this.enabled = on;
  }

  boolean isActiveAdministrator() {
    return enabled && roles.contains(Role.ADMINISTRATOR);
  }

  PortalUser toPortalUser() {
    return new PortalUser(id, name, passwordHash, roles, enabled, version);
  }

  Person toPerson() {
    return new Person(id, name, roles, enabled, createdAt);
  }
}
