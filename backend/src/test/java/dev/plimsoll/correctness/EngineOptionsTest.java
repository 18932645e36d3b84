package dev.plimsoll.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestEngine;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Engines started with options that are known, each judged by what it was started with. */
@RequiresEngine
class EngineOptionsTest {
  /** What an engine 20.10 of these tests deserves for options that were not given. */
  private static final String UNTOUCHED =
      "ENG-ROOTLESS=FAIL ENG-ICC=FAIL ENG-LOGLEVEL=UNKNOWN ENG-INSECUREREG=PASS ENG-AUFS=PASS"
          + " ENG-TCPTLS=PASS ENG-USERNS=FAIL ENG-AUTHZ=FAIL ENG-REMOTELOG=FAIL ENG-NNP=UNKNOWN"
          + " ENG-LIVERESTORE=FAIL ENG-SECCOMP=PASS ENG-EXPERIMENTAL=PASS ENG-CLOCK=PASS"
          + " ENG-CERT=N/A ENG-DMBASESIZE=N/A ENG-PLUGINS=N/A ";

  @Test
  @DisplayName("An engine that was hardened")
  void hardened() throws Exception {
    compare(
        TestEngine.builder()
            .networked()
            .options(
                "--icc=false",
                "--live-restore",
                "--no-new-privileges",
                "--log-driver=syslog",
                "--log-opt=syslog-address=udp://127.0.0.1:514"),
        HostFacts.Transport.UNIX,
        // Engine 20.10 keeps to itself that no-new-privileges is on
        "ENG-ICC=PASS ENG-IPTABLES=PASS ENG-LIVERESTORE=PASS ENG-NNP=UNKNOWN ENG-REMOTELOG=PASS");
  }

  @Test
  @DisplayName("An engine that was left open")
  void open() throws Exception {
    compare(
        TestEngine.builder()
            .networked()
            .options(
                "--debug",
                "--experimental",
                "--insecure-registry=registry.example:5000",
                "--log-driver=local"),
        HostFacts.Transport.UNIX,
        "ENG-LOGLEVEL=FAIL ENG-EXPERIMENTAL=FAIL ENG-INSECUREREG=FAIL");
  }

  @Test
  @DisplayName("An engine without a bridge, on plain TCP, with a registry on loopback")
  void plainTcp() throws Exception {
    compare(
        TestEngine.builder()
            .tcp()
            .options("--insecure-registry=localhost:5000", "--insecure-registry=10.0.0.0/8"),
        HostFacts.Transport.UNIX,
        "ENG-ICC=N/A ENG-TCPTLS=FAIL ENG-INSECUREREG=FAIL");
  }

  @Test
  @DisplayName("An engine with a registry on loopback alone")
  void loopbackRegistry() throws Exception {
    compare(
        TestEngine.builder().options("--insecure-registry=localhost:5000"),
        HostFacts.Transport.UNIX,
        "ENG-ICC=N/A ENG-INSECUREREG=PASS");
  }

  private static void compare(
      TestEngine.Builder wanted, HostFacts.Transport transport, String expected) throws Exception {
    Kernel kernel = Kernel.read();
    String machine =
        "ENG-LSM=%s ENG-LIMITSWORK=%s "
            .formatted(
                kernel.appArmor() || kernel.seLinux() ? "PASS" : "FAIL",
                kernel.limits() ? "PASS" : "FAIL");
    try (TestEngine engine = wanted.start()) {
      Judged judged = Judged.read(engine.endpoint(), transport, Set.of());
      List<String> wrong =
          judged.disagreements(
              new Claim(
                      SubjectKind.ENGINE,
                      Checklist.ENGINE_ID,
                      "engine",
                      expected,
                      Expected.of(UNTOUCHED + machine))
                  .but(expected));
      assertThat(String.join("\n", wrong)).isEmpty();
    }
  }
}
