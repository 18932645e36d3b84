package dev.plimsoll.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.data.repository.Repository;

/** Which way dependencies point; what modules may see of each other is {@link ModularityTest}'s. */
class LayeringTest {
  private static final JavaClasses BACKEND =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.plimsoll");

  @Test
  @DisplayName("The checklist is pure: Java, JSON and nothing else")
  void checklist() {
    classes()
        .that()
        .resideInAPackage("dev.plimsoll.checklist..")
        .and(not(simpleName("package-info")))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.plimsoll.checklist..",
            "java..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.jspecify..")
        .check(BACKEND);
  }

  @Test
  @DisplayName("The checklist reads no clock, no file and no network: the instant is a fact")
  void checklistWithoutClock() {
    noClasses()
        .that()
        .resideInAPackage("dev.plimsoll.checklist..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..")
        .check(BACKEND);
  }

  @Test
  @DisplayName("Coverage is worked out from facts alone: Java, JSON and the checklist")
  void coverage() {
    classes()
        .that()
        .resideInAPackage("dev.plimsoll.backup.coverage..")
        .and(not(simpleName("package-info")))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.plimsoll.backup.coverage..",
            "dev.plimsoll.checklist..",
            "java..",
            "tools.jackson..",
            "org.jspecify..")
        .check(BACKEND);
    noClasses()
        .that()
        .resideInAPackage("dev.plimsoll.backup.coverage..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.sql..")
        .check(BACKEND);
  }

  @Test
  @DisplayName("The backend knows nothing of screens")
  void noScreens() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.vaadin..", "dev.plimsoll.ui..")
        .check(BACKEND);
  }

  @Test
  @DisplayName("Entities and repositories stay inside of their package")
  void persistence() {
    classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate().check(BACKEND);
    classes().that(assignableTo(Repository.class)).should().bePackagePrivate().check(BACKEND);
  }

  @Test
  @DisplayName("Time comes from the injected clock, chance from what a test can seed")
  void time() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callConstructor(Random.class)
        .check(BACKEND);
  }
}
