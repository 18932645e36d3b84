package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Connector over TLS with a client certificate")
class TlsConnectorTest extends ConnectorContract {
  private final TestCertificates certificates = TestCertificates.create();
  private final TestCertificates.Issued client = certificates.client();

  @AfterAll
  void deleteCertificates() {
    certificates.close();
  }

  @Override
  TestEngine start() {
    return TestEngine.builder().tls(certificates).start();
  }

  @Override
  EngineTarget target(TestEngine engine) {
    return new EngineTarget(
        engine.tcpEndpoint(),
        new Credential.Tls(certificates.ca(), client.certificate(), client.key()));
  }
}
