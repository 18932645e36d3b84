package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageTotals;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How much of the data is protected, in words; each number leads to its rows. */
class CoverageHeadline extends Div {
  /** Shows a scope's totals; links start from the place. */
  CoverageHeadline(CoverageTotals totals, Place.Coverage place, String scope) {
    addClassName("headline");
    CoverageTotals.States all = totals.all();
    H2 label = new H2("Data of " + scope + " that is protected");
    label.addClassName("label");
    CoverageTotals.Amount good = all.of(CoverageState.PROTECTED);
    CoverageTotals.Amount promised = all.promised();
    Span number = new Span(Figures.percentOf(good.count(), promised.count()));
    number.addClassName("number");
    Div row = new Div(number);
    row.addClassName("number-row");
    add(label, row, count(totals, place, good, promised));
    add(new Paragraph(bytes(good, promised)));
    if (good.count() > 0 && totals.offHost() != null) {
      add(offHost(totals.offHost(), place));
    }
    add(states(all, place));
  }

  private static Paragraph count(
      CoverageTotals totals,
      Place.Coverage place,
      CoverageTotals.Amount good,
      CoverageTotals.Amount promised) {
    Set<CoverageState> notExempt = EnumSet.complementOf(EnumSet.of(CoverageState.EXEMPT));
    Paragraph sentence = new Paragraph();
    sentence.add(
        Links.to(
            place.narrowed(Set.of(CoverageState.PROTECTED), null), Figures.count(good.count())),
        new Span(" of "),
        Links.to(place.narrowed(notExempt, null), Figures.count(promised.count())),
        new Span(" " + kinds(totals) + " are protected"));
    long exempt = totals.all().of(CoverageState.EXEMPT).count();
    if (exempt > 0) {
      sentence.add(
          new Span("; "),
          Links.to(
              place.narrowed(Set.of(CoverageState.EXEMPT), null),
              Figures.count(exempt) + " exempt"),
          new Span(exempt == 1 ? " is left out" : " are left out"));
    }
    sentence.add(new Span("."));
    return sentence;
  }

  private static String kinds(CoverageTotals totals) {
    List<String> words =
        Arrays.stream(DataKind.values())
            .filter(totals.kinds()::containsKey)
            .map(DataWords::many)
            .toList();
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  private static String bytes(CoverageTotals.Amount good, CoverageTotals.Amount promised) {
    String unsized =
        promised.unsized() == 0
            ? "all measured"
            : Figures.count(promised.unsized()) + " not measured";
    return promised.bytes() == 0
        ? "By bytes nothing is known yet: " + unsized + "."
        : "By bytes %s of %s; %s."
            .formatted(
                Figures.percentOf(good.bytes(), promised.bytes()),
                Figures.bytes(promised.bytes()),
                unsized);
  }

  private static Paragraph offHost(CoverageTotals.OffHost offHost, Place.Coverage place) {
    Paragraph sentence = new Paragraph("Their newest backups: ");
    sentence.add(
        lying(place, CoverageQuery.OffHost.TRUE, offHost.yes()), new Span(" off the host"));
    if (offHost.no() > 0) {
      sentence.add(
          new Span(", "),
          lying(place, CoverageQuery.OffHost.FALSE, offHost.no()),
          new Span(" on it"));
    }
    if (offHost.notReported() > 0) {
      sentence.add(
          new Span(", "),
          lying(place, CoverageQuery.OffHost.UNKNOWN, offHost.notReported()),
          new Span(" not said where"));
    }
    sentence.add(new Span("."));
    return sentence;
  }

  private static Anchor lying(Place.Coverage place, CoverageQuery.OffHost where, long count) {
    return Links.to(place.narrowed(Set.of(CoverageState.PROTECTED), where), Figures.count(count));
  }

  /** The states from the top of the picture down, with the patterns that it uses. */
  private static UnorderedList states(CoverageTotals.States all, Place.Coverage place) {
    UnorderedList list = new UnorderedList();
    list.addClassName("count-list");
    for (CoverageState state : DataWords.BY_URGENCY) {
      CoverageTotals.Amount amount = all.of(state);
      Span swatch = new Span();
      swatch.addClassName("swatch");
      swatch.getElement().setAttribute("data-state", state.name().toLowerCase(Locale.ROOT));
      swatch.getElement().setAttribute("aria-hidden", "true");
      Span size = new Span(amount.count() == amount.unsized() ? "" : Figures.bytes(amount.bytes()));
      size.addClassName("secondary");
      list.add(
          new ListItem(
              swatch,
              Marks.coverage(state),
              amount.count() == 0
                  ? new Span("0")
                  : Links.to(place.narrowed(Set.of(state), null), Figures.count(amount.count())),
              size));
    }
    return list;
  }
}
