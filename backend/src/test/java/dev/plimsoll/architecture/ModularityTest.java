package dev.plimsoll.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

class ModularityTest {
  private final ApplicationModules modules = ApplicationModules.of("dev.plimsoll");

  @Test
  @DisplayName("No module reaches into another's inside, and none depends on itself in a circle")
  void verified() {
    modules.verify();
  }

  @Test
  @DisplayName("The modules are those of the design")
  void known() {
    assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
        .containsExactlyInAnyOrder(
            "access",
            "api",
            "attest",
            "audit",
            "backup",
            "checklist",
            "collect",
            "compliance",
            "fleet",
            "home",
            "inventory",
            "invariants",
            "owncheck",
            "permission",
            "posture",
            "retention",
            "scanning",
            "simulation");
  }

  @Test
  @DisplayName("Their diagrams and canvases are written to target/spring-modulith-docs")
  void documented() {
    new Documenter(modules).writeDocumentation();
    assertThat(Files.exists(Path.of("target/spring-modulith-docs/components.puml"))).isTrue();
  }
}
