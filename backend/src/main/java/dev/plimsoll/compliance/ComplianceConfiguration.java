package dev.plimsoll.compliance;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clock that bounds intervals. */
@Configuration(proxyBeanMethods = false)
class ComplianceConfiguration {
  /** Publish instants come from the database, so that all portal processes agree on them. */
  @Bean(defaultCandidate = false)
  Clock publishClock(JdbcClient jdbc) {
    return new DatabaseClock(jdbc);
  }
}
