package dev.plimsoll.collect.connect;

import dev.plimsoll.testing.TestEngine;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Connector over a UNIX socket")
class UnixConnectorTest extends ConnectorContract {
  @Override
  TestEngine start() {
    return TestEngine.start();
  }

  @Override
  EngineTarget target(TestEngine engine) {
    return new EngineTarget(engine.endpoint(), null);
  }
}
