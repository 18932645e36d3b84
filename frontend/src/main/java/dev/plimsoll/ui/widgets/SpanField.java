package dev.plimsoll.ui.widgets;

import com.vaadin.flow.component.customfield.CustomField;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A length of time as a whole number of minutes, hours or days; null while nothing is typed. */
public class SpanField extends CustomField<@Nullable Duration> {
  /** What is counted. */
  private enum Unit {
    MINUTES(Duration.ofMinutes(1)),
    HOURS(Duration.ofHours(1)),
    DAYS(Duration.ofDays(1));

    private final Duration one;

    Unit(Duration one) {
      this.one = one;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final IntegerField number = new IntegerField();
  private final Select<Unit> unit = new Select<>();

  /** An empty field. */
  public SpanField(String label) {
    setLabel(label);
    number.setMin(1);
    number.setWidth("6.5rem");
    number.setAriaLabel(label + ", number");
    number.setValueChangeMode(ValueChangeMode.LAZY);
    unit.setItems(Unit.values());
    unit.setItemLabelGenerator(Unit::word);
    unit.setValue(Unit.HOURS);
    unit.setWidth("8rem");
    unit.setAriaLabel(label + ", unit");
    Div row = new Div(number, unit);
    row.addClassNames("inline", "one-line");
    add(row);
  }

  @Override
  protected @Nullable Duration generateModelValue() {
    Integer count = number.getValue();
    return count == null ? null : unit.getValue().one.multipliedBy(count);
  }

  @Override
  protected void setPresentationValue(@Nullable Duration value) {
    if (value == null) {
      number.clear();
      return;
    }
    Unit fits = Unit.MINUTES;
    for (Unit candidate : Unit.values()) {
      if (value.toSeconds() % candidate.one.toSeconds() == 0
          && (candidate != Unit.DAYS || value.toDays() > 1)) {
        fits = candidate;
      }
    }
    unit.setValue(fits);
    number.setValue((int) (value.toSeconds() / fits.one.toSeconds()));
  }
}
