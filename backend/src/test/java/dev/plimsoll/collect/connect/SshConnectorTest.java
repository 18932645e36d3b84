package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.testing.TestEngine;
import dev.plimsoll.testing.TestKeys;
import dev.plimsoll.testing.TestSshServer;
import java.security.KeyPair;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Connector over SSH")
class SshConnectorTest extends ConnectorContract {
  private final KeyPair hostKey = TestKeys.ed25519();
  private final KeyPair userKey = TestKeys.ed25519();
  private final Map<TestEngine, TestSshServer> servers = new ConcurrentHashMap<>();

  @AfterAll
  void stopServers() {
    servers.values().forEach(TestSshServer::close);
  }

  @Override
  TestEngine start() {
    TestEngine engine = TestEngine.start();
    servers.put(engine, TestSshServer.start(engine, userKey, hostKey));
    return engine;
  }

  @Override
  EngineTarget target(TestEngine engine) {
    TestSshServer server = Objects.requireNonNull(servers.get(engine));
    return new EngineTarget(
        server.endpoint(),
        new Credential.Ssh(TestKeys.openSsh(userKey), TestKeys.publicKey(hostKey)));
  }
}
