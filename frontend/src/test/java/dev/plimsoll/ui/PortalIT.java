package dev.plimsoll.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.RequiresEngine;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestPortal;
import dev.plimsoll.ui.testing.Browser;
import dev.plimsoll.ui.testing.RequiresBrowser;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole portal in a real browser, over a real database and a real engine behind TLS. */
@RequiresEngine
@RequiresBrowser
@DatabaseTest
@SpringBootTest(
    classes = PlimsollApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DisplayName("A person with a browser")
class PortalIT {
  @LocalServerPort private int port;

  /** What a test opened, closed in reverse whatever became of it. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private TestCertificates certificates;
  private TestEngine engine;
  private Browser browser;

  @BeforeEach
  void signIn() {
    certificates = TestCertificates.create();
    opened.push(certificates);
    engine = TestEngine.builder().tls(certificates).start();
    opened.push(engine);
    engine.docker("run", "--detach", "--network", "none", "--name", "careless", TestEngine.IMAGE);
    browser = new Browser();
    opened.push(browser);
    browser.lookAt("http://127.0.0.1:" + port);
    browser.size(1440, 900);
    browser.signIn("admin", TestPortal.ADMIN_PASSWORD);
  }

  @AfterEach
  void end(TestInfo test) throws Exception {
    try {
      if (opened.peek() instanceof Browser open) {
        open.screenshot(Path.of("target", "browser", test.getDisplayName() + ".png"));
      }
    } finally {
      while (!opened.isEmpty()) {
        opened.pop().close();
      }
    }
  }

  @Test
  @DisplayName("adds a host over TLS, watches it be collected, and reads a finding's evidence")
  void fromHostToEvidence() {
    browser.awaitText("No hosts yet");
    browser.click("a", "Add a host");
    fillInTheHost();
    browser.click("vaadin-button", "Test connection");
    browser.awaitText("The engine answered");
    browser.click("vaadin-button", "Add host");

    // The page fills by itself: whoever reloads it would lose this mark.
    browser.awaitText("of 100");
    browser.driver().executeScript("window.samePage = true");
    browser.awaitText("Succeeded");
    browser.awaitText("What the checks say of the engine");
    engine.docker("create", "--name", "another", TestEngine.IMAGE);
    browser.click("vaadin-button", "Collect now");
    browser.findByText("a[href$='tab=containers']:not(vaadin-tab a)", "2");
    assertThat(browser.driver().executeScript("return window.samePage")).isEqualTo(true);

    browser.click("vaadin-tab a", "Findings");
    browser.click("vaadin-grid a", "Process starts as a non-root user");
    browser.awaitText("Fails on");
    browser.click(".finding a", "careless");
    browser.awaitText(".Config.User");
    browser.awaitText("How to fix it");

    browser.click(".evidence a");
    assertThat(browser.find(".document mark").getText()).isEqualTo("\"User\": \"\"");
    assertThat(browser.driver().getCurrentUrl()).contains("document=", "check=CTR-USER");
    String pasted = String.valueOf(browser.driver().getCurrentUrl());
    browser.driver().navigate().back();
    browser.awaitNo(".document");
    browser.driver().get(pasted);
    assertThat(browser.find(".document mark").getText()).isEqualTo("\"User\": \"\"");
  }

  private void fillInTheHost() {
    TestCertificates.Issued client = certificates.client();
    Endpoint.Tcp endpoint = (Endpoint.Tcp) engine.tcpEndpoint();
    browser.fill("Name", "edge-1");
    browser.fill("Address", endpoint.host());
    browser.fill("Port", Integer.toString(endpoint.port()));
    browser.fill("Certificate authority", certificates.ca());
    browser.fill("Client certificate", client.certificate());
    browser.fill("Client key", client.key());
  }
}
