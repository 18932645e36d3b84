package dev.plimsoll.ui.host;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.posture.ScoreRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.navigation.Place.HostTab;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.ScoreBar;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a host stands, and what people said of it. */
class HostSummary extends Section {
  private final Clock clock;

  HostSummary(Clock clock) {
    this.clock = clock;
    addClassNames("card", "host-summary");
  }

  void show(HostRow host, ScoreRow score, CoverageTotals data, @Nullable Instant asOf) {
    removeAll();
    add(headline(host, score), facts(host, score, data, asOf));
  }

  private static Div headline(HostRow host, ScoreRow score) {
    Span number = new Span(Figures.score(host.score()));
    number.addClassName("number");
    number.setTitle("Exactly " + Figures.exactScore(host.score()));
    Span of = new Span("of 100");
    of.addClassName("of");
    Div row = new Div(number, of, Marks.grade(host.grade()));
    row.addClassName("number-row");
    Div headline = new Div(row, new ScoreBar(host.score(), host.scoreHigh()));
    headline.addClassName("headline");
    headline.add(new Paragraph(sentence(host)));
    if (host.score() != null && host.status() != HostStatus.STALE) {
      headline.add(
          new Paragraph(
              Figures.points(score.pointsFailed())
                  + " points lost to failures, "
                  + Figures.points(score.pointsUnknown())
                  + " to unknowns; "
                  + Figures.percent(host.confidence())
                  + " of the weight has a known answer."));
    }
    return headline;
  }

  private static String sentence(HostRow host) {
    if (host.score() == null || host.status() == HostStatus.STALE) {
      return Marks.explained(host.status());
    }
    String would = Figures.score(host.scoreHigh());
    return would.equals(Figures.score(host.score()))
        ? "Nothing that is unknown would change it."
        : "Would be " + would + " if every unknown passed.";
  }

  private Facts facts(HostRow host, ScoreRow score, CoverageTotals data, @Nullable Instant asOf) {
    Facts facts = new Facts();
    facts.withCode("Endpoint", host.endpoint());
    facts.with("Group", host.group());
    facts.with("Environment", host.environment());
    facts.with("Owner", host.owner());
    facts.with("Criticality", host.criticality() + " of 4");
    facts.with("Labels", labels(host.labels()));
    facts.with(
        "Open criticals",
        Links.to(
            Place.Findings.ofHost(host.id(), "critical"), Figures.count(host.openCriticals())));
    facts.with(
        "Containers",
        Links.to(
            Place.Host.of(host.id(), HostTab.CONTAINERS, null), Figures.count(host.containers())));
    facts.with(
        "Data protected",
        Links.to(Place.Host.of(host.id(), HostTab.DATA, asOf), protectedData(data.all())));
    facts.with("Profile", score.profile() + ", version " + score.profileVersion());
    facts.with("Checks in scope", inScope(host, score));
    HostRow.LastCollection last = host.lastCollection();
    if (last != null) {
      Div collection =
          new Div(Marks.collection(last.outcome()), new TimeText(last.at(), clock.instant()));
      collection.addClassName("inline");
      if (last.errorDetail() != null) {
        Div error = new Div(last.errorDetail());
        error.addClassName("error-text");
        collection.add(error);
      }
      facts.with("Last collection", collection);
    }
    facts.with("Every", Figures.duration(Duration.ofSeconds(host.intervalSeconds())));
    if (last != null && isScheduled(host.status())) {
      Instant next = last.at().plusSeconds(host.intervalSeconds());
      facts.with("Next collection", new Span(new Span("about "), next(next)));
    }
    return facts;
  }

  private static String protectedData(CoverageTotals.States all) {
    long promised = all.promised().count();
    return promised == 0
        ? "none is kept"
        : Figures.count(all.of(CoverageState.PROTECTED).count()) + " of " + Figures.count(promised);
  }

  private static String inScope(HostRow host, ScoreRow score) {
    String also =
        host.readings().stream()
            .sorted()
            .map(ReadingSwitch::word)
            .collect(Collectors.joining(", "));
    return score.checksInScope() + (also.isEmpty() ? "" : "; also reads " + also);
  }

  private TimeText next(Instant at) {
    Instant now = clock.instant();
    return new TimeText(at.isBefore(now) ? now : at, now);
  }

  private static boolean isScheduled(HostStatus status) {
    return status != HostStatus.PAUSED && status != HostStatus.DECOMMISSIONED;
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(", "));
  }
}
