package dev.plimsoll.home;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says on standard output, once the portal serves requests, where it is and how to come in. Not a
 * log line: whoever starts the portal must see it however quiet the log is.
 */
@Component
class ReadyNotice implements ApplicationListener<ApplicationReadyEvent> {
  private final PortalSettings settings;

  ReadyNotice(PortalSettings settings) {
    this.settings = settings;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    print(event.getApplicationContext().getEnvironment(), System.out);
  }

  void print(Environment environment, PrintStream out) {
    String port = environment.getProperty("local.server.port");
    if (port == null) {
      return;
    }
    if (!settings.roles().contains(PortalRole.WEB)) {
      out.printf("%nPlimsoll is ready and collects; its pages are served elsewhere.%n%n");
      return;
    }
    String scheme =
        environment.getProperty("server.ssl.enabled", Boolean.class, false) ? "https" : "http";
    out.printf(
        "%nPlimsoll is ready: %s://%s:%s%nSign in as admin; its first password is %s%n%n",
        scheme, host(environment), port, settings.adminPassword().whereKept());
  }

  private static String host(Environment environment) {
    String address = environment.getProperty("server.address", "127.0.0.1");
    return switch (address) {
      case "0.0.0.0", "::" -> "localhost";
      default -> address.contains(":") ? "[" + address + "]" : address;
    };
  }
}
