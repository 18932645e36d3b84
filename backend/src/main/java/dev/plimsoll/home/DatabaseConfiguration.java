package dev.plimsoll.home;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** Connections to the database, bounded in number and in what each may ask. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseLimits.class, DataSourceProperties.class})
class DatabaseConfiguration {
  /** How much longer than a statement an answer may take before the network counts as gone. */
  private static final Duration NETWORK = Duration.ofSeconds(15);

  @Bean
  DatabasePools databasePools(
      DataSourceProperties database, DatabaseLimits limits, Environment environment) {
    Map<DatabaseLane, HikariDataSource> pools = new EnumMap<>(DatabaseLane.class);
    pools.put(DatabaseLane.WEB, pool("web", database, limits.web().lane(), environment));
    pools.put(DatabaseLane.WORK, pool("work", database, limits.work().lane(), environment));
    return new DatabasePools(pools);
  }

  /** The database to everybody who asks: connections come from the pool of the thread's lane. */
  @Bean
  @Primary
  DataSource dataSource(DatabasePools pools) {
    AbstractRoutingDataSource lanes =
        new AbstractRoutingDataSource() {
          @Override
          protected Object determineCurrentLookupKey() {
            return DatabaseLane.current();
          }
        };
    Map<Object, Object> targets = new HashMap<>();
    for (DatabaseLane lane : DatabaseLane.values()) {
      targets.put(lane, pools.pool(lane));
    }
    lanes.setTargetDataSources(targets);
    return lanes;
  }

  /**
   * Connections of their own, outside the pools: for migrations, which take as long as they take,
   * and for whoever holds one for good.
   */
  @Bean(defaultCandidate = false)
  @FlywayDataSource
  DriverManagerDataSource ownConnections(DataSourceProperties database) {
    DriverManagerDataSource connections = new DriverManagerDataSource(database.determineUrl());
    connections.setUsername(database.determineUsername());
    connections.setPassword(database.determinePassword());
    return connections;
  }

  private static HikariDataSource pool(
      String name, DataSourceProperties database, DatabaseLimits.Lane lane, Environment settings) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.determineUrl());
    config.setUsername(database.determineUsername());
    config.setPassword(database.determinePassword());
    config.setMaximumPoolSize(lane.connections());
    config.setMinimumIdle(Math.min(2, lane.connections()));
    config.setConnectionInitSql(
        String.format(
            Locale.ROOT,
            "set statement_timeout = %d; set lock_timeout = %d;"
                + " set idle_in_transaction_session_timeout = %d",
            lane.statement().toMillis(),
            lane.lock().toMillis(),
            lane.idleInTransaction().toMillis()));
    config.addDataSourceProperty("ApplicationName", "plimsoll " + name);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty(
        "socketTimeout", Long.toString(lane.statement().plus(NETWORK).toSeconds()));
    Binder.get(settings).bind("spring.datasource.hikari", Bindable.ofInstance(config));
    config.setPoolName("plimsoll-" + name);
    HikariDataSource pool = new HikariDataSource();
    config.copyStateTo(pool);
    return pool;
  }
}
