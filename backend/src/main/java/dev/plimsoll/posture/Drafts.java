package dev.plimsoll.posture;

import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Verdicts in the order of their list, as the compact rows and what is blind tell them. */
@Component
@PortalItself
class Drafts {
  private final JdbcClient jdbc;
  private final BlindHosts blindHosts;
  private final Catalogue catalogue;

  Drafts(JdbcClient jdbc, BlindHosts blindHosts, Catalogue catalogue) {
    this.jdbc = jdbc;
    this.blindHosts = blindHosts;
    this.catalogue = catalogue;
  }

  /** The list that a query asks for. */
  Reader reader(VerdictQuery query, Moment moment) {
    return new Reader(query, moment);
  }

  /** Reads one list, a batch of subjects at a time. */
  final class Reader {
    private final VerdictQuery query;
    private final Moment moment;
    private final Catalogue.Snapshot checks;
    private final @Nullable Rule check;
    private final @Nullable SubjectKind kind;
    private final Map<Long, Blindness> blind;
    private final List<Draft> blindDrafts;
    private final Conditions conditions;

    private Reader(VerdictQuery query, Moment moment) {
      this.query = query;
      this.moment = moment;
      this.checks = catalogue.now();
      this.check = query.check() == null ? null : checks.require(query.check());
      this.kind = query.kind() == null ? null : Catalogue.requireKind(query.kind());
      this.blind = blindHosts.at(moment, hosts());
      this.blindDrafts = query.subjectId() == null ? blindDrafts() : List.of();
      this.conditions = conditions();
    }

    /**
     * What follows a place in the list.
     *
     * @param most stop when there are this many, or a few more
     */
    List<Draft> after(Draft.Key place, int most) {
      List<Draft> drafts = new ArrayList<>();
      Draft.Key from = place;
      boolean end = false;
      while (!end && drafts.size() < most) {
        List<Judged> batch = batch(from, most);
        end = batch.size() < most;
        Draft.Key until =
            end
                ? new Draft.Key(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE)
                : new Draft.Key(
                    batch.getLast().hostId(), batch.getLast().subjectId(), Integer.MAX_VALUE);
        for (Judged judged : batch) {
          add(judged, from, drafts);
        }
        for (Draft draft : blindDrafts) {
          if (draft.key().compareTo(from) > 0 && draft.key().compareTo(until) <= 0) {
            drafts.add(draft);
          }
        }
        from = until;
      }
      drafts.sort(Draft.ORDER);
      return drafts;
    }

    private void add(Judged judged, Draft.Key from, List<Draft> drafts) {
      Blindness.Cause cause =
          blind.getOrDefault(judged.hostId(), Blindness.NONE).cause(judged.kind());
      List<Rule> rules = judged.rules();
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        Draft draft =
            cause == null
                ? new Draft(
                    judged.hostId(),
                    judged.subjectId(),
                    rule,
                    checks.position(rule.id()),
                    judged.outcome(i, moment.at()),
                    source(judged, i, rule))
                : new Draft(
                    judged.hostId(),
                    judged.subjectId(),
                    rule,
                    checks.position(rule.id()),
                    Outcome.UNKNOWN,
                    new Draft.Source.Blind(cause));
        if (wanted(draft) && draft.key().compareTo(from) > 0) {
          drafts.add(draft);
        }
      }
    }

    private Draft.Source source(Judged judged, int index, Rule rule) {
      ReadingSwitch needs = rule.needs();
      return judged.switchedOff(index) && needs != null
          ? new Draft.Source.SwitchedOff(judged, needs)
          : new Draft.Source.Letter(judged, index, judged.dueTurn(index, moment.at()));
    }

    /** Checks whose answer is missed on every host; the others may be switched off there. */
    private List<Rule> alwaysAsked(SubjectKind of) {
      return of == SubjectKind.HOST_FILE
          ? List.of()
          : checks.rules(of).stream().filter(rule -> rule.needs() == null).toList();
    }

    private boolean wanted(Draft draft) {
      return (query.outcome() == null || query.outcome() == draft.outcome())
          && (check == null || check.id().equals(draft.rule().id()))
          && (kind == null || kind == draft.rule().subject());
    }

    private @Nullable Set<Long> hosts() {
      if (query.hostId() != null) {
        return Set.of(query.hostId());
      }
      if (query.subjectId() != null) {
        return new HashSet<>(
            jdbc.sql("select host_id from subject where id = :id")
                .param("id", query.subjectId())
                .query(Long.class)
                .list());
      }
      return null;
    }

    /** One row for host and check, whatever number of subjects it is unknown for. */
    private List<Draft> blindDrafts() {
      Map<Long, Long> engines = engines(blind.keySet());
      List<Draft> drafts = new ArrayList<>();
      blind.forEach(
          (host, blindness) -> {
            for (SubjectKind each : SubjectKind.values()) {
              Blindness.Cause cause = blindness.cause(each);
              if (cause != null) {
                for (Rule rule : alwaysAsked(each)) {
                  Draft draft =
                      new Draft(
                          host,
                          engines.getOrDefault(host, 0L),
                          rule,
                          checks.position(rule.id()),
                          Outcome.UNKNOWN,
                          new Draft.Source.Blind(cause));
                  if (wanted(draft)) {
                    drafts.add(draft);
                  }
                }
              }
            }
          });
      return drafts;
    }

    private Map<Long, Long> engines(Set<Long> hosts) {
      Map<Long, Long> engines = new HashMap<>();
      jdbc.sql(
              "select host_id, max(id) id from subject where host_id = any (:hosts)"
                  + " and kind = 'engine' and first_seen <= :at group by host_id")
          .param("hosts", Rows.ids(hosts))
          .param("at", moment.time())
          .query(
              row -> {
                engines.put(row.getLong("host_id"), row.getLong("id"));
              });
      return engines;
    }

    private Conditions conditions() {
      Conditions all =
          new Conditions(moment)
              .and(moment.holds("j"))
              .andIf(query.hostId(), "j.host_id = :host", "host")
              .andIf(query.subjectId(), "j.subject_id = :subject", "subject")
              .andIf(kind == null ? null : kind.word(), "j.kind = :kind", "kind");
      if (query.hostId() == null && query.subjectId() == null) {
        all.and(
            "exists (select 1 from host_history hh where hh.host_id = j.host_id"
                + " and not hh.decommissioned and "
                + moment.holds("hh")
                + ")");
      }
      if (query.subjectId() == null) {
        leaveOutBlind(all);
        letters(all);
      } else if (check != null) {
        all.and("j.kind = :ofCheck", "ofCheck", check.subject().word());
      }
      return all;
    }

    private void leaveOutBlind(Conditions all) {
      List<Long> hosts = new ArrayList<>();
      List<String> kinds = new ArrayList<>();
      blind.forEach(
          (host, blindness) -> {
            for (SubjectKind each : SubjectKind.values()) {
              // Host files are a subject only where somebody ever looked: their rows say so
              if (each != SubjectKind.HOST_FILE && blindness.cause(each) != null) {
                hosts.add(host);
                kinds.add(each.word());
              }
            }
          });
      if (!hosts.isEmpty()) {
        all.and(
            "(j.host_id, j.kind) not in (select * from unnest(:blindHosts, :blindKinds))",
            "blindHosts",
            Rows.ids(hosts));
        all.and("true", "blindKinds", Rows.texts(kinds));
      }
    }

    /** Leaves out subjects that have nothing to say here; what turned by itself may have. */
    private void letters(Conditions all) {
      if (check != null) {
        all.and("j.kind = :ofCheck", "ofCheck", check.subject().word());
      }
      if (query.outcome() == null) {
        return;
      }
      String due =
          "exists (select 1 from json_array_elements(j.turns) turn"
              + " where cast(turn->>'at' as timestamptz) <= :at)";
      String letters =
          switch (query.outcome()) {
            case PASS -> "P";
            case FAIL -> "F";
            case UNKNOWN -> "UO";
            case NOT_APPLICABLE -> "N";
          };
      if (check == null) {
        all.and("translate(j.outcomes, :letters, '') <> j.outcomes or " + due, "letters", letters);
      } else {
        Map<Integer, Integer> places = catalogue.places(check);
        List<Integer> numbers = List.copyOf(places.keySet());
        all.and(
            "strpos(:letters, (select substr(j.outcomes, c.place, 1)"
                + " from unnest(:numbers, :places) c (number, place)"
                + " where c.number = j.catalogue_version)) > 0 or "
                + due,
            "letters",
            letters);
        all.and("true", "numbers", Rows.numbers(numbers));
        all.and("true", "places", Rows.numbers(numbers.stream().map(places::get).toList()));
      }
    }

    private List<Judged> batch(Draft.Key from, int most) {
      String beyond = from.position() == Integer.MAX_VALUE ? ">" : ">=";
      return jdbc.sql(
              "select "
                  + Judged.COLUMNS
                  + " from judgement j"
                  + conditions.where()
                  // The first condition says nothing new, but tells an index where to begin.
                  + " and j.host_id >= :fromHost"
                  + " and (j.host_id, j.subject_id) "
                  + beyond
                  + " (:fromHost, :fromSubject)"
                  + " order by j.host_id, j.subject_id limit :most")
          .params(conditions.parameters())
          .param("fromHost", from.hostId())
          .param("fromSubject", from.subjectId())
          .param("most", most)
          .query((row, n) -> Judged.of(row, checks))
          .list();
    }
  }
}
