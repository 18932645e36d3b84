package dev.plimsoll.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig({
  PermissionConfiguration.class,
  RequiresTest.Door.class,
  RequiresTest.Hall.class
})
class RequiresTest {
  private final Door door;
  private final Hall hall;

  RequiresTest(@Autowired Door door, @Autowired Hall hall) {
    this.door = door;
    this.hall = hall;
  }

  @AfterEach
  void signOut() {
    SecurityContextHolder.clearContext();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  @DisplayName("A method runs for exactly the roles that hold its permission")
  void onMethod(Role role) {
    signIn(role);
    if (role.permissions().contains(Permission.TRIAGE)) {
      assertThat(door.open()).isEqualTo("open");
    } else {
      assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(door::open);
    }
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  @DisplayName("A class's permission counts for its methods, a method's own goes before it")
  void onClass(Role role) {
    signIn(role);
    if (role == Role.REPORTER) {
      assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(hall::look);
    } else {
      assertThat(hall.look()).isEqualTo("look");
    }
    if (role == Role.ADMINISTRATOR) {
      assertThat(hall.rebuild()).isEqualTo("rebuild");
    } else {
      assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(hall::rebuild);
    }
  }

  @Test
  @DisplayName("Nobody signed in, nothing runs")
  void nobody() {
    assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
        .isThrownBy(door::open);
  }

  @Test
  void rolesHoldWhatTheyNeedAndNoMore() {
    assertThat(Role.VIEWER.permissions()).containsExactly(Permission.READ);
    assertThat(Role.REPORTER.permissions()).containsExactly(Permission.REPORT_BACKUPS);
    assertThat(Role.ANALYST.permissions())
        .containsExactlyInAnyOrder(
            Permission.READ,
            Permission.COLLECT,
            Permission.TRIAGE,
            Permission.ATTEST,
            Permission.REPORT_BACKUPS,
            Permission.MANAGE_BACKUPS);
    assertThat(Role.ADMINISTRATOR.permissions()).containsExactly(Permission.values());
  }

  private static void signIn(Role role) {
    List<SimpleGrantedAuthority> authorities =
        role.permissions().stream()
            .map(permission -> new SimpleGrantedAuthority(permission.name()))
            .toList();
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated("somebody", null, authorities));
  }

  static class Door {
    @Requires(Permission.TRIAGE)
    String open() {
      return "open";
    }
  }

  @Requires(Permission.READ)
  static class Hall {
    String look() {
      return "look";
    }

    @Requires(Permission.MANAGE_HOSTS)
    String rebuild() {
      return "rebuild";
    }
  }
}
