package dev.plimsoll.ui.profiles;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import dev.plimsoll.compliance.ProfilePreview.Effect;
import dev.plimsoll.compliance.ProfilePreview.Effects;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who would get what score and grade. */
class EffectTable extends Div {
  EffectTable(Effects effects) {
    addClassName("stack");
    getElement().setAttribute("role", "status");
    long otherGrade =
        effects.effects().stream()
            .filter(one -> !Objects.equals(one.gradeBefore(), one.gradeAfter()))
            .count();
    add(new Paragraph(sentence(effects, otherGrade)));
    if (effects.effects().isEmpty()) {
      return;
    }
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Host", "Profile", "Score now", "Grade now", "Score", "Grade")) {
      head.addHeaderCell().setText(name);
    }
    for (Effect effect : effects.effects()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().add(Links.to(Place.Host.of(effect.hostId(), null), effect.host()));
      row.addDataCell()
          .setText(
              effect.profileBefore().equals(effect.profileAfter())
                  ? effect.profileAfter()
                  : effect.profileBefore() + " → " + effect.profileAfter());
      row.addDataCell().setText(Figures.score(effect.scoreBefore()));
      row.addDataCell().add(Marks.grade(effect.gradeBefore()));
      row.addDataCell().setText(after(effect));
      row.addDataCell().add(Marks.grade(effect.gradeAfter()));
    }
    Div scroll = new Div(rows);
    scroll.addClassNames("scroll", "scroll-x");
    add(scroll);
  }

  private static String sentence(Effects effects, long otherGrade) {
    if (effects.hosts() == 0) {
      return "No host would be scored otherwise.";
    }
    String hosts = Figures.count(effects.hosts(), "host", "hosts") + " would be scored anew";
    String shown =
        effects.hosts() > effects.effects().size()
            ? ", of which the first " + Figures.count(effects.effects().size()) + " are worked out"
            : "";
    return hosts
        + shown
        + "; "
        + Figures.count(otherGrade, "host gets", "hosts get")
        + " another grade.";
  }

  private static String after(Effect effect) {
    @Nullable Double before = effect.scoreBefore();
    @Nullable Double after = effect.scoreAfter();
    if (before == null || after == null || before.equals(after)) {
      return Figures.score(after);
    }
    return Figures.score(after) + (after > before ? " ▲" : " ▼");
  }
}
