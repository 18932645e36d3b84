package dev.plimsoll.ui.fix;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.ui.widgets.Figures;
import java.util.stream.Collectors;

/** What to change so that one check passes for one subject. */
public class FixSection extends Div {
  /** Shows a fix and what else it does. */
  public FixSection(FixAdvice.Advice advice) {
    addClassNames("fix", "stack");
    switch (advice.fix()) {
      case Fix.Decision(String reason) -> add(new Paragraph("People decide: " + reason));
      case Fix.Change change -> {
        if (advice.otherFindings() > 0) {
          add(
              new Paragraph(
                  "Also clears "
                      + Figures.count(advice.otherFindings(), "other finding", "other findings")
                      + ": "
                      + advice.clears().stream()
                          .map(FixAdvice.Effect::check)
                          .distinct()
                          .sorted()
                          .collect(Collectors.joining(", "))
                      + "."));
        }
        if (!advice.breaks().isEmpty()) {
          add(
              new Paragraph(
                  "Then fails: "
                      + advice.breaks().stream()
                          .map(FixAdvice.Effect::check)
                          .distinct()
                          .sorted()
                          .collect(Collectors.joining(", "))
                      + "."));
        }
        if (change.patches().isEmpty()) {
          add(
              new Paragraph(
                  "Whether it is enough the next collection or report shows: stored documents do"
                      + " not tell."));
        }
        add(new FormTabs(change.forms(), change.cautions()));
      }
    }
  }
}
