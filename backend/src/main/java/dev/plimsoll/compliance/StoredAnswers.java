package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a host would score under other weights, from the outcomes that stand: no document is read.
 */
@Component
@PortalItself
class StoredAnswers {
  private final JdbcClient jdbc;
  private final Catalogues catalogues;

  StoredAnswers(JdbcClient jdbc, Catalogues catalogues) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
  }

  /** The score of a host by what it was judged last; null if it never was. */
  @Nullable HostScore score(long hostId, Weights weights) {
    List<String> kindsRead =
        jdbc.sql("select unnest(kinds_read) from host_publication where host_id = ?")
            .param(hostId)
            .query(String.class)
            .list();
    if (kindsRead.isEmpty()) {
      return null;
    }
    Set<String> blind =
        new HashSet<>(
            jdbc.sql("select scope from host_blindness where host_id = ? and valid_to = 'infinity'")
                .param(hostId)
                .query(String.class)
                .list());
    if (!HostScoring.readable(Set.copyOf(kindsRead))) {
      return HostScore.unreadable();
    }
    HostScore score = HostScore.of(answers(hostId, blind, false), weights);
    return blind.contains("stale")
        ? score.stale(HostScore.of(answers(hostId, blind, true), weights))
        : score;
  }

  private List<HostScore.Answer> answers(long hostId, Set<String> blind, boolean forgotten) {
    Map<String, Rule> rules =
        catalogues.current().checklist().rules().stream()
            .collect(Collectors.toMap(Rule::id, Function.identity()));
    List<HostScore.Answer> answers = new ArrayList<>();
    jdbc.sql(
            "select subject_id, kind, outcomes, workload, catalogue_version from judgement"
                + " where host_id = ? and valid_to = 'infinity' and in_score")
        .param(hostId)
        .query(
            row -> {
              boolean unseen = forgotten || blind.contains(row.getString("kind"));
              String letters = row.getString("outcomes");
              List<String> order =
                  catalogues.order(
                      row.getInt("catalogue_version"), SubjectKind.of(row.getString("kind")));
              Object unit = unit(row);
              for (int i = 0; i < letters.length(); i++) {
                Rule rule = rules.get(order.get(i));
                if (rule != null && letters.charAt(i) != 'O') {
                  answers.add(
                      new HostScore.Answer(rule, unit, outcome(letters.charAt(i), unseen), false));
                }
              }
            });
    return answers;
  }

  private static Object unit(ResultSet row) throws SQLException {
    byte[] workload = row.getBytes("workload");
    return workload == null
        ? (Object) row.getLong("subject_id")
        : HexFormat.of().formatHex(workload);
  }

  private static Outcome outcome(char letter, boolean unseen) {
    return switch (letter) {
      case 'N' -> Outcome.NOT_APPLICABLE;
      case 'P' -> unseen ? Outcome.UNKNOWN : Outcome.PASS;
      case 'F' -> unseen ? Outcome.UNKNOWN : Outcome.FAIL;
      default -> Outcome.UNKNOWN;
    };
  }
}
