package dev.plimsoll.posture;

import dev.plimsoll.compliance.Catalogues;
import dev.plimsoll.compliance.CurrentCatalogue;
import dev.plimsoll.compliance.HostProfiles;
import dev.plimsoll.inventory.Documents;
import dev.plimsoll.inventory.StoredFacts;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The module's services on a test's database and clock, without the rest of the application. */
final class PostureServices {
  private final AnnotationConfigApplicationContext context;

  private PostureServices(AnnotationConfigApplicationContext context) {
    this.context = context;
  }

  static PostureServices of(DataSource dataSource, Clock clock) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
    context.registerBean("publishClock", Clock.class, () -> clock);
    context.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
    context.register(Documents.class, StoredFacts.class, Catalogues.class);
    context.registerBean(HostProfiles.class, () -> CurrentCatalogue.profiles(dataSource));
    context.scan(PostureServices.class.getPackageName());
    context.refresh();
    return new PostureServices(context);
  }

  HostList hosts() {
    return context.getBean(HostList.class);
  }

  CollectionList collections() {
    return context.getBean(CollectionList.class);
  }

  SubjectList subjects() {
    return context.getBean(SubjectList.class);
  }

  VerdictList verdicts() {
    return context.getBean(VerdictList.class);
  }

  FindingList findings() {
    return context.getBean(FindingList.class);
  }

  ScoreList scores() {
    return context.getBean(ScoreList.class);
  }

  CoverageList coverage() {
    return context.getBean(CoverageList.class);
  }

  CoverageSummary coverageSummary() {
    return context.getBean(CoverageSummary.class);
  }

  HostLoss hostLoss() {
    return context.getBean(HostLoss.class);
  }

  BackupRecordList backupRecords() {
    return context.getBean(BackupRecordList.class);
  }

  FleetOverview overview() {
    return context.getBean(FleetOverview.class);
  }
}
