package dev.plimsoll.collect.connect;

import dev.plimsoll.testing.TestEngine;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Connector over plain TCP")
class TcpConnectorTest extends ConnectorContract {
  @Override
  TestEngine start() {
    return TestEngine.builder().tcp().start();
  }

  @Override
  EngineTarget target(TestEngine engine) {
    return new EngineTarget(engine.tcpEndpoint(), null);
  }
}
