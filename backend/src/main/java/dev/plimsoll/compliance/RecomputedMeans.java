package dev.plimsoll.compliance;

import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Computes the newest means of groups and fleet once more, from the newest scores of their hosts.
 */
@Component
@PortalItself
public class RecomputedMeans {
  private static final String FLEET = "the fleet";

  private final JdbcClient jdbc;

  RecomputedMeans(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Tells what differs.
   *
   * @return how many means were compared
   */
  public long compare(Consumer<Difference> differences) {
    Map<String, Mean> means = new HashMap<>();
    means.put(FLEET, new Mean(new RollUp(), stored("FLEET", 0), kept("FLEET", 0)));
    jdbc.sql("select id, lower(path) path from host_group")
        .query(
            row -> {
              means.put(
                  "group " + row.getString("path"),
                  new Mean(
                      new RollUp(),
                      stored("GROUP", row.getLong("id")),
                      kept("GROUP", row.getLong("id"))));
            });
    jdbc.sql(
            "select h.criticality, lower(g.path) path, s.*"
                + " from host h left join host_group g on g.id = h.group_id"
                + " join lateral (select * from score where scope = 'HOST' and scope_id = h.id"
                + " order by at desc limit 1) s on true where h.decommissioned_at is null")
        .query(
            row -> {
              RollUp.Member host =
                  new RollUp.Member(ScoreFigures.read(row), row.getInt("criticality"));
              for (String scope : scopes(row.getString("path"))) {
                Mean mean = means.get(scope);
                if (mean != null) {
                  mean.computed().add(host);
                }
              }
            });
    means.forEach(
        (scope, mean) -> {
          tell("score", scope, mean.difference(), differences);
          tell("score_sum", scope, mean.keptDifference(), differences);
        });
    return means.size();
  }

  private static void tell(
      String table, String scope, String words, Consumer<Difference> differences) {
    if (!words.isEmpty()) {
      differences.accept(new Difference(table, scope, words));
    }
  }

  private static List<String> scopes(@Nullable String path) {
    List<String> scopes = new ArrayList<>(List.of(FLEET));
    if (path != null) {
      String lower = path.toLowerCase(Locale.ROOT);
      for (int end = lower.indexOf('/'); end >= 0; end = lower.indexOf('/', end + 1)) {
        scopes.add("group " + lower.substring(0, end));
      }
      scopes.add("group " + lower);
    }
    return scopes;
  }

  private @Nullable ScoreFigures stored(String scope, long id) {
    return jdbc.sql("select * from score where scope = ? and scope_id = ? order by at desc limit 1")
        .param(scope)
        .param(id)
        .query((row, n) -> ScoreFigures.read(row))
        .optional()
        .orElse(null);
  }

  private @Nullable RollUp kept(String scope, long id) {
    return jdbc.sql("select sums from score_sum where scope = ? and scope_id = ?")
        .param(scope)
        .param(id)
        .query((row, n) -> RollUp.of(row.getString("sums")))
        .optional()
        .orElse(null);
  }

  /**
   * One mean.
   *
   * @param kept the sums that the next one will follow from; null where all is summed up anew
   */
  private record Mean(RollUp computed, @Nullable ScoreFigures stored, @Nullable RollUp kept) {
    String keptDifference() {
      return kept == null
          ? ""
          : FigureDifference.words(
              kept.figures(0, Collection::size), computed.figures(0, Collection::size));
    }

    String difference() {
      if (stored == null) {
        return computed.figures(0, bases -> 0).score() == null
            ? ""
            : "there is no mean, although a host in it has a score";
      }
      // What a mean is a mean of is told by the hosts; the catalogue is the one of its instant.
      return FigureDifference.words(
          stored, computed.figures(stored.catalogue(), bases -> stored.checksInScope()));
    }
  }
}
