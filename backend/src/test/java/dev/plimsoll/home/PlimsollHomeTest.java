package dev.plimsoll.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlimsollHomeTest {
  @TempDir private Path parent;

  @Test
  @DisplayName("A home and what is written into it are the owner's alone")
  void permissions() throws IOException {
    PlimsollHome home = PlimsollHome.open(parent.resolve("a/b"));
    home.readOrCreate("secret.key", () -> "text");

    assertThat(mode(home.directory())).isEqualTo("rwx------");
    assertThat(mode(home.resolve("secret.key"))).isEqualTo("rw-------");
    try (var files = Files.list(home.directory())) {
      assertThat(files).containsExactly(home.resolve("secret.key"));
    }
  }

  @Test
  @DisplayName("A home that was open to others is closed")
  void tightened() throws IOException {
    Path directory = Files.createDirectory(parent.resolve("open"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(mode(PlimsollHome.open(directory).directory())).isEqualTo("rwx------");
  }

  @Test
  @DisplayName("What is there is read and not written again")
  void kept() {
    PlimsollHome home = PlimsollHome.open(parent.resolve("home"));

    assertThat(home.readOrCreate("key", () -> "first")).isEqualTo("first");
    assertThat(home.readOrCreate("key", () -> "second")).isEqualTo("first");
  }

  @Test
  @DisplayName("A secret that others can read is refused, and the sentence says how to mend it")
  void openSecret() throws IOException {
    PlimsollHome home = PlimsollHome.open(parent.resolve("home"));
    Path file = Files.writeString(home.resolve("key"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatExceptionOfType(StartupRefusal.class)
        .isThrownBy(() -> home.read("key"))
        .withMessageContainingAll(file.toString(), "chmod 600");
  }

  @Test
  @DisplayName("A file where the home should be is refused by name")
  void notADirectory() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatExceptionOfType(StartupRefusal.class)
        .isThrownBy(() -> PlimsollHome.open(file))
        .withMessageContaining("PLIMSOLL_HOME " + file);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
