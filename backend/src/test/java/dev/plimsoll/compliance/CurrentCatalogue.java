package dev.plimsoll.compliance;

import javax.sql.DataSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The number under which a test's own rows are judged. */
public final class CurrentCatalogue {
  private CurrentCatalogue() {}

  /** Number of the shipped catalogue in this database. */
  public static int number(DataSource dataSource) {
    return of(dataSource).current().number();
  }

  /** Which profile each host in this database has. */
  public static HostProfiles profiles(DataSource dataSource) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    return new HostProfiles(jdbc, new ProfileStore(jdbc), of(dataSource));
  }

  static Catalogues of(DataSource dataSource) {
    return new Catalogues(
        JdbcClient.create(dataSource),
        new DataSourceTransactionManager(dataSource),
        new StaticListableBeanFactory().getBeanProvider(OwnChecks.class));
  }
}
