package dev.plimsoll.fleet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Adds the engine of the portal's own machine as the first host. Only where there has never been a
 * host: one that was decommissioned does not come back. {@code PLIMSOLL_LOCAL_ENGINE=false} keeps
 * it from being added.
 */
@Component
class LocalEngine implements ApplicationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(LocalEngine.class);
  private static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");
  private static final String FALLBACK_NAME = "this-machine";

  private final Hosts hosts;
  private final boolean wanted;
  private final Path socket;

  @Autowired
  LocalEngine(Hosts hosts, @Value("${plimsoll.local-engine:true}") boolean wanted) {
    this(hosts, wanted, DEFAULT_SOCKET);
  }

  LocalEngine(Hosts hosts, boolean wanted, Path socket) {
    this.hosts = hosts;
    this.wanted = wanted;
    this.socket = socket;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    // A socket is connected to by who may read and write it.
    if (!wanted || !Files.isReadable(socket) || !Files.isWritable(socket)) {
      return;
    }
    hosts
        .addFirst(
            new HostDraft(
                machineName(),
                "unix://" + socket,
                null,
                null,
                null,
                HostDraft.DEFAULT_CRITICALITY,
                Map.of(),
                HostDraft.DEFAULT_INTERVAL_SECONDS,
                null))
        .ifPresent(host -> LOG.info("Added this machine's engine as host \"{}\"", host.name()));
  }

  private static String machineName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.isBlank() || name.chars().allMatch(Character::isDigit) || name.length() > 100
          ? FALLBACK_NAME
          : name;
    } catch (UnknownHostException e) {
      LOG.debug("This machine's name is unknown", e);
      return FALLBACK_NAME;
    }
  }
}
