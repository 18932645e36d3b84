package dev.plimsoll.home;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.EnumMap;
import java.util.Map;

/** The connections of this process to the database: a pool for each {@link DatabaseLane}. */
public final class DatabasePools implements AutoCloseable {
  private final Map<DatabaseLane, HikariDataSource> pools;

  DatabasePools(Map<DatabaseLane, HikariDataSource> pools) {
    this.pools = new EnumMap<>(pools);
  }

  HikariDataSource pool(DatabaseLane lane) {
    HikariDataSource pool = pools.get(lane);
    if (pool == null) {
      throw new IllegalStateException("no pool for " + lane);
    }
    return pool;
  }

  /** How many connections a lane has at most. */
  public int most(DatabaseLane lane) {
    return pool(lane).getMaximumPoolSize();
  }

  /** How many connections of a lane are in use. */
  public int inUse(DatabaseLane lane) {
    HikariPoolMXBean state = pool(lane).getHikariPoolMXBean();
    return state == null ? 0 : state.getActiveConnections(); // nobody has asked for one yet
  }

  /** How many threads wait for a connection of a lane. */
  public int waiting(DatabaseLane lane) {
    HikariPoolMXBean state = pool(lane).getHikariPoolMXBean();
    return state == null ? 0 : state.getThreadsAwaitingConnection();
  }

  @Override
  public void close() {
    pools.values().forEach(HikariDataSource::close);
  }
}
