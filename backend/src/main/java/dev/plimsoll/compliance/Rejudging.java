package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks for hosts to be judged anew from what is stored, because something else that decides has
 * changed. The job of due turns does it, a host a transaction, beside collections.
 */
@Component
@PortalItself
public class Rejudging {
  /** Each request is another one, so that whoever answers one leaves those that came later. */
  private static final String REQUEST =
      "update host_publication p set requested_at"
          + " = greatest(?, p.requested_at + interval '1 microsecond')";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Catalogues catalogues;

  Rejudging(JdbcClient jdbc, @Qualifier("publishClock") Clock clock, Catalogues catalogues) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.catalogues = catalogues;
  }

  /** Hosts are judged anew soon after the caller's transaction has ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void request(Collection<Long> hostIds) {
    jdbc.sql(REQUEST + " where host_id = any (?)")
        .param(now())
        .param(new SqlArrayValue("bigint", hostIds.toArray()))
        .update();
  }

  /** All hosts are judged anew soon after the caller's transaction has ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void requestAll() {
    jdbc.sql(REQUEST).param(now()).update();
  }

  /**
   * Hosts that were last judged under another catalogue are judged anew.
   *
   * @return how many there were
   */
  @Transactional
  public int requestOutdated() {
    return jdbc.sql(
            REQUEST
                + " where catalogue_version <> ? and requested_at is null"
                + " and exists (select 1 from host h where h.id = p.host_id"
                + " and h.decommissioned_at is null)")
        .param(now())
        .param(catalogues.current().number())
        .update();
  }

  /** How far judging under the current catalogue has come. */
  @Transactional(readOnly = true)
  public Progress progress() {
    return jdbc.sql(
            "select count(*) filter (where catalogue_version = ?) done, count(*) total"
                + " from host_publication p join host h on h.id = p.host_id"
                + " where h.decommissioned_at is null")
        .param(catalogues.current().number())
        .query((row, n) -> new Progress(row.getInt("done"), row.getInt("total")))
        .single();
  }

  /** Hosts judged under the current catalogue, of all that were ever judged. */
  public record Progress(int done, int total) {}

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
