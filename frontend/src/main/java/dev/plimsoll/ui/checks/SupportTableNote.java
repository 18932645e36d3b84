package dev.plimsoll.ui.checks;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.plimsoll.compliance.SupportTables;
import dev.plimsoll.ui.widgets.Figures;
import java.util.Optional;

/** Says how old the support table is, once that matters. */
class SupportTableNote extends Div {
  SupportTableNote(SupportTables tables) {
    addClassName("as-of");
    getElement().setAttribute("role", "status");
    Optional<SupportTables.Known> known = tables.find(null);
    setVisible(known.map(SupportTables.Known::isAgeing).orElse(true));
    add(new Span(known.map(SupportTableNote::sentence).orElse(sentence())));
  }

  private static String sentence() {
    return "There is no support table: ENG-VERSION and ENG-KERNEL are unknown everywhere.";
  }

  private static String sentence(SupportTables.Known known) {
    String age =
        "The support table is of %s, %s old. "
            .formatted(known.asOf(), Figures.count(known.age().toDays(), "day", "days"));
    return age
        + (known.isTooOld()
            ? "ENG-VERSION and ENG-KERNEL are unknown until a newer one is imported."
            : "Import a newer one before day 90; then it decides nothing any more.");
  }
}
