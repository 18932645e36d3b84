package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "unix:///var/run/docker.sock, unix:///var/run/docker.sock",
    "UNIX:///a b.sock, unix:///a b.sock",
    "tcp://10.0.0.5, tcp://10.0.0.5:2375",
    "tcp://Docker-1.Example.com:99, tcp://docker-1.example.com:99",
    "tcp://[::1], tcp://[::1]:2375",
    "tcp://[2001:DB8::5]:2376, tcp://[2001:db8::5]:2376",
    "' tcp://host_1:65535 ', tcp://host_1:65535",
    "ssh://ops@host, ssh://ops@host:22",
    "ssh://DOMAIN\\ops.x@10.1.2.3:2222, ssh://DOMAIN\\ops.x@10.1.2.3:2222",
    "ssh://root@[fe80::1]:22, ssh://root@[fe80::1]:22",
  })
  @DisplayName("is read with its default port, and written the same way each time")
  void read(String text, String uri) {
    Endpoint endpoint = Endpoint.parse(text);

    assertThat(endpoint.uri()).isEqualTo(uri);
    assertThat(Endpoint.parse(uri)).isEqualTo(endpoint);
  }

  @Test
  @DisplayName("with TLS the port is 2376 where none is named")
  void tlsPort() {
    assertThat(Endpoint.parse("tcp://host", true)).isEqualTo(new Endpoint.Tcp("host", 2376));
    assertThat(Endpoint.parse("tcp://host:2375", true)).isEqualTo(new Endpoint.Tcp("host", 2375));
    assertThat(Endpoint.parse("ssh://a@host", true)).isEqualTo(new Endpoint.Ssh("a", "host", 22));
  }

  @ParameterizedTest
  @CsvSource({
    "'', has no scheme",
    "10.0.0.5:2375, has no scheme",
    "/var/run/docker.sock, has no scheme",
    "http://10.0.0.5:2375, 'use unix, tcp or ssh'",
    "npipe:////./pipe/docker_engine, 'use unix, tcp or ssh'",
    "unix://, names no socket",
    "unix://var/run/docker.sock, names no socket",
    "unix:///var/run/, names no socket",
    "unix:///a?b, no socket's path may have",
    "tcp://, names no host",
    "tcp://:2375, names no host",
    "tcp://host:, not of the form host:port",
    "tcp://host:0, ports go from 1 to 65535",
    "tcp://host:65536, ports go from 1 to 65535",
    "tcp://host:port, not of the form host:port",
    "tcp://host/, has a path",
    "tcp://host:2375/v1.41, has a path",
    "tcp://host?x=y, has a path or a query",
    "tcp://host#x, has a path or a query",
    "tcp://::1:2375, an IPv6 address stands in brackets",
    "tcp://[::g]:2375, IPv6 address that is none",
    "tcp://[fe80::1%eth0]:2375, with a zone",
    "tcp://300.1.1.1, IPv4 address that is none",
    "tcp://-host, host name that is none",
    "tcp://a..b, host name that is none",
    "tcp://ho st, host name that is none",
    "ssh://host, names no user",
    "ssh://@host, user name with characters",
    "ssh://a b@host, user name with characters",
    "ssh://-oProxyCommand=x@host, user name with characters",
    "ssh://a@host/path, has a path",
  })
  @DisplayName("what is none is named, with a remedy")
  void refused(String text, String reason) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageStartingWith("\"" + text.strip() + "\"");
  }

  @ParameterizedTest
  @CsvSource({"tcp://ops:hunter2@host:2375", "ssh://ops:hunter2@host"})
  @DisplayName("a password is refused and not repeated")
  void password(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  @DisplayName("a socket's path has at most 107 bytes")
  void longSocket() {
    assertThat(Endpoint.parse("unix:///" + "x".repeat(106))).isNotNull();
    assertThatThrownBy(() -> Endpoint.parse("unix:///" + "x".repeat(107)))
        .hasMessageContaining("at most 107 bytes");
  }
}
