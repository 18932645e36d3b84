package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.inventory.StoredFacts;
import dev.plimsoll.permission.PortalItself;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Computes a host's scores once more, each from the judgements that held at its instant. Scores of
 * a catalogue that this version does not have cannot be computed and are left out.
 */
@Component
@PortalItself
public class RecomputedScores {
  private static final Set<SubjectKind> NEEDED =
      Set.of(SubjectKind.ENGINE, SubjectKind.CONTAINER, SubjectKind.IMAGE, SubjectKind.VOLUME);
  private static final String STALE = "stale";

  private final JdbcClient jdbc;
  private final Catalogues catalogues;
  private final HostProfiles profiles;
  private final StoredFacts storedFacts;
  private final Map<Integer, Optional<List<Rule>>> rules = new HashMap<>();

  RecomputedScores(
      JdbcClient jdbc, Catalogues catalogues, HostProfiles profiles, StoredFacts storedFacts) {
    this.jdbc = jdbc;
    this.catalogues = catalogues;
    this.profiles = profiles;
    this.storedFacts = storedFacts;
  }

  /**
   * Tells which scores of a host differ: all that are written, and the one that stands.
   *
   * @param since scores of before are left out
   * @return how many were compared
   */
  public long compare(long hostId, Instant since, Consumer<Difference> differences) {
    List<Scored> scored = scored(hostId);
    if (scored.isEmpty()) {
      return 0;
    }
    Past past = new Past(hostId, judgements(hostId), blindness(hostId));
    long compared = 0;
    for (Scored one : scored) {
      Optional<ScoreFigures> computed =
          one.at().isBefore(since) ? Optional.empty() : computed(past, one);
      if (computed.isEmpty()) {
        continue;
      }
      compared++;
      String words = FigureDifference.words(one.figures(), computed.get());
      if (!words.isEmpty()) {
        differences.accept(
            new Difference("score", "host %d at %s".formatted(hostId, one.at()), words));
      }
    }
    return compared;
  }

  /** The checks that counted on a host when it was scored last; empty if that cannot be told. */
  public Optional<Set<String>> scope(long hostId) {
    return scored(hostId).reversed().stream()
        .findFirst()
        .flatMap(last -> weights(last.figures().basis()))
        .map(weights -> weights.byCheck().keySet());
  }

  private Optional<ScoreFigures> computed(Past past, Scored one) {
    ScoreBasis basis = one.figures().basis();
    return weights(basis)
        .flatMap(
            weights ->
                past.score(one.at(), basis.catalogue(), weights)
                    .map(score -> ScoreFigures.of(score, basis, weights.size())));
  }

  private Optional<Weights> weights(ScoreBasis basis) {
    return rules(basis.catalogue())
        .flatMap(
            known ->
                profiles
                    .version(basis.profile(), basis.profileVersion())
                    .map(profile -> Weights.of(profile, known, basis.switchedOn())));
  }

  /** The rules of a catalogue; empty unless they are as they were. */
  private Optional<List<Rule>> rules(int number) {
    return rules.computeIfAbsent(
        number,
        asked -> {
          Optional<Catalogues.Numbered> current = catalogues.currentIfKnown();
          if (current.isPresent() && current.get().number() == asked) {
            return Optional.of(List.copyOf(current.get().checklist().rules()));
          }
          Set<String> ids =
              Set.of(SubjectKind.values()).stream()
                  .flatMap(kind -> catalogues.order(asked, kind).stream())
                  .collect(Collectors.toSet());
          List<Rule> shipped =
              Checklist.standard().rules().stream().filter(r -> ids.contains(r.id())).toList();
          return catalogues.shippedVersion(asked) == Checklist.VERSION
                  && shipped.size() == ids.size()
              ? Optional.of(shipped)
              : Optional.empty();
        });
  }

  private List<Scored> scored(long hostId) {
    List<Scored> rows =
        new ArrayList<>(
            jdbc.sql("select * from score where scope = 'HOST' and scope_id = ? order by at")
                .param(hostId)
                .query((row, n) -> new Scored(instant(row, "at"), ScoreFigures.read(row)))
                .list());
    if (!rows.isEmpty()) {
      ScoreFigures last = rows.getLast().figures();
      jdbc.sql("select published_at from host_publication where host_id = ?")
          .param(hostId)
          .query((row, n) -> instant(row, "published_at"))
          .optional()
          .filter(at -> at.isAfter(rows.getLast().at()))
          .ifPresent(at -> rows.add(new Scored(at, last)));
    }
    return rows;
  }

  private List<Row> judgements(long hostId) {
    return jdbc.sql(
            "select subject_id, kind, valid_from, nullif(valid_to, 'infinity') valid_to, outcomes,"
                + " workload, in_score, catalogue_version from judgement where host_id = ?")
        .param(hostId)
        .query(
            (row, n) ->
                new Row(
                    SubjectKind.of(row.getString("kind")),
                    instant(row, "valid_from"),
                    end(row),
                    row.getString("outcomes"),
                    unit(row),
                    row.getBoolean("in_score"),
                    row.getInt("catalogue_version")))
        .list();
  }

  private List<Blind> blindness(long hostId) {
    return jdbc.sql(
            "select scope, valid_from, nullif(valid_to, 'infinity') valid_to from host_blindness"
                + " where host_id = ? order by valid_from")
        .param(hostId)
        .query((row, n) -> new Blind(row.getString("scope"), instant(row, "valid_from"), end(row)))
        .list();
  }

  private static Object unit(ResultSet row) throws SQLException {
    byte[] workload = row.getBytes("workload");
    return workload == null
        ? (Object) row.getLong("subject_id")
        : HexFormat.of().formatHex(workload);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Instant end(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime end = row.getObject("valid_to", OffsetDateTime.class);
    return end == null ? Instant.MAX : end.toInstant();
  }

  private record Scored(Instant at, ScoreFigures figures) {}

  private record Row(
      SubjectKind kind,
      Instant from,
      Instant to,
      String letters,
      Object unit,
      boolean inScore,
      int catalogue) {
    boolean holds(Instant at) {
      return !from.isAfter(at) && to.isAfter(at);
    }
  }

  private record Blind(String scope, Instant from, Instant to) {
    boolean holds(Instant at) {
      return !from.isAfter(at) && to.isAfter(at);
    }
  }

  /** All that was judged of one host, and when it could not be seen. */
  private final class Past {
    private final long hostId;
    private final List<Row> judgements;
    private final List<Blind> blindness;
    private final Instant beginning;

    Past(long hostId, List<Row> judgements, List<Blind> blindness) {
      this.hostId = hostId;
      this.judgements = judgements;
      this.blindness = blindness;
      this.beginning = beginning();
    }

    /** Empty where it takes judging anew by a catalogue that is not the current one. */
    Optional<HostScore> score(Instant at, int catalogue, Weights weights) {
      Set<String> blind =
          blindness.stream()
              .filter(one -> one.holds(at))
              .map(Blind::scope)
              .collect(Collectors.toCollection(TreeSet::new));
      boolean stale = blind.remove(STALE);
      Set<String> kindsRead = kindsRead(at);
      if (!HostScoring.readable(kindsRead)) {
        return Optional.of(HostScore.unreadable());
      }
      if (!blind.isEmpty()) {
        // What stands for a list that cannot be read is not what was scored.
        return catalogues
            .currentIfKnown()
            .filter(current -> current.number() == catalogue)
            .map(
                current ->
                    HostScoring.score(
                        Judge.judge(current.checklist(), storedFacts.asOf(hostId, at)),
                        kindsRead,
                        stale,
                        weights));
      }
      HostScore score = HostScore.of(answers(at, catalogue, false), weights);
      return Optional.of(
          stale ? score.stale(HostScore.of(answers(at, catalogue, true), weights)) : score);
    }

    private List<HostScore.Answer> answers(Instant at, int catalogue, boolean forgotten) {
      Map<String, Rule> byId =
          rules(catalogue).orElseThrow().stream().collect(Collectors.toMap(Rule::id, rule -> rule));
      List<HostScore.Answer> answers = new ArrayList<>();
      for (Row row : judgements) {
        if (!row.inScore() || !row.holds(at)) {
          continue;
        }
        List<String> order = catalogues.order(row.catalogue(), row.kind());
        for (int i = 0; i < Math.min(order.size(), row.letters().length()); i++) {
          Rule rule = byId.get(order.get(i));
          char letter = row.letters().charAt(i);
          if (rule != null && letter != 'O') {
            answers.add(new HostScore.Answer(rule, row.unit(), outcome(letter, forgotten), false));
          }
        }
      }
      return answers;
    }

    /** A list counts as read from the first publication on that was not blind to it. */
    private Set<String> kindsRead(Instant at) {
      return beginning.isAfter(at)
          ? Set.of()
          : NEEDED.stream()
              .map(SubjectKind::word)
              .filter(kind -> !blindAllAlong(kind, at))
              .collect(Collectors.toSet());
    }

    private boolean blindAllAlong(String kind, Instant at) {
      Instant until = beginning;
      for (Blind one : blindness) {
        if (one.scope().equals(kind) && !one.from().isAfter(until) && one.to().isAfter(until)) {
          until = one.to();
        }
      }
      return until.isAfter(at);
    }

    /** When a collection was published first. */
    private Instant beginning() {
      Instant first = Instant.MAX;
      for (Row row : judgements) {
        if (row.kind() == SubjectKind.ENGINE && row.from().isBefore(first)) {
          first = row.from();
        }
      }
      for (Blind one : blindness) {
        if (!one.scope().equals(STALE) && one.from().isBefore(first)) {
          first = one.from();
        }
      }
      return first;
    }
  }

  private static Outcome outcome(char letter, boolean forgotten) {
    return switch (letter) {
      case 'N' -> Outcome.NOT_APPLICABLE;
      case 'P' -> forgotten ? Outcome.UNKNOWN : Outcome.PASS;
      case 'F' -> forgotten ? Outcome.UNKNOWN : Outcome.FAIL;
      default -> Outcome.UNKNOWN;
    };
  }
}
