package dev.plimsoll.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

class ServiceRulesTest {
  private static final JavaClasses BACKEND =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.plimsoll");

  private static final ArchRule LOCKS = rule(ServiceRules.declareWhatTheyRequire());
  private static final ArchRule TRAIL = rule(ServiceRules.writeTheTrail());

  @Test
  @DisplayName("Every service method that others can call declares the permission it needs")
  void locks() {
    LOCKS.check(BACKEND);
  }

  @Test
  @DisplayName("Every service method that changes something writes the audit trail")
  void trail() {
    TRAIL.check(BACKEND);
  }

  @Test
  @DisplayName("The rules look at the services there are")
  void looksAtServices() {
    assertThat(BACKEND.stream().filter(ServiceRules::isService).map(JavaClass::getSimpleName))
        .contains("Hosts", "Groups", "People", "AuditLog", "Collections", "Findings", "HostList");
  }

  @ParameterizedTest
  @ValueSource(classes = {Unlocked.class, UnlockedTransaction.class, HalfLocked.class})
  @DisplayName("A method without a lock is found")
  void offendersWithoutLock(Class<?> offender) {
    assertThat(violations(LOCKS, offender)).singleElement().asString().contains("offend()");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {Untrailed.class, UntrailedOverride.class, TrailOfAnother.class, Reentrant.class})
  @DisplayName("A method that changes something and leaves no trail is found")
  void offendersWithoutTrail(Class<?> offender) {
    assertThat(violations(LOCKS, offender)).isEmpty();
    assertThat(violations(TRAIL, offender)).singleElement().asString().contains("offend()");
  }

  @Test
  @DisplayName("What keeps the rules is left alone, recording by way of its own methods too")
  void innocent() {
    assertThat(violations(LOCKS, Innocent.class)).isEmpty();
    assertThat(violations(TRAIL, Innocent.class)).isEmpty();
  }

  private static ArchRule rule(ArchCondition<JavaClass> condition) {
    return classes().that(describe("others can call", ServiceRules::isService)).should(condition);
  }

  private static List<String> violations(ArchRule rule, Class<?> type) {
    return rule.evaluate(new ClassFileImporter().importClasses(type))
        .getFailureReport()
        .getDetails();
  }

  @Service
  public static class Unlocked {
    @Transactional(readOnly = true)
    public void offend() {}
  }

  public static class UnlockedTransaction {
    @Transactional(readOnly = true)
    public void offend() {}
  }

  @Service
  public static class HalfLocked {
    @Requires(Permission.READ)
    @Transactional(readOnly = true)
    public void keep() {}

    @Transactional(readOnly = true)
    public void offend() {}
  }

  @Service
  @Requires(Permission.MANAGE_HOSTS)
  public static class Untrailed {
    @Transactional
    public void offend() {}
  }

  @Service
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public static class UntrailedOverride {
    public void look() {}

    @Transactional
    public void offend() {}
  }

  @Service
  @PortalItself
  public static class TrailOfAnother {
    private final Innocent other;

    TrailOfAnother(Innocent other) {
      this.other = other;
    }

    @Requires(Permission.MANAGE_HOSTS)
    public void offend() {
      other.change();
    }
  }

  @Service
  @Requires(Permission.MANAGE_HOSTS)
  public static class Reentrant {
    public void offend() {
      again();
    }

    private void again() {
      offend();
    }
  }

  @Service
  @Requires(Permission.MANAGE_HOSTS)
  public static class Innocent {
    private final AuditTrail trail;

    Innocent(AuditTrail trail) {
      this.trail = trail;
    }

    @Transactional(readOnly = true)
    public void look() {}

    @Transactional
    public void change() {
      List.of(1).forEach(number -> write());
    }

    @PortalItself
    @Transactional
    public void tick() {}

    private void write() {
      trail.record("thing.changed", "thing:1", Map.of());
    }
  }
}
