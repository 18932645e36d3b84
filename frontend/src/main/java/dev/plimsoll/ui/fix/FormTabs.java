package dev.plimsoll.ui.fix;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.tabs.TabSheet;
import dev.plimsoll.checklist.fix.Form;
import dev.plimsoll.ui.widgets.Messages;
import java.util.List;

/** A change in each form in which it can be made, ready to copy, with what it may break. */
class FormTabs extends Div {
  FormTabs(List<Form> forms, List<String> cautions) {
    addClassNames("fix-forms", "stack");
    if (forms.size() == 1) {
      add(new Div(forms.getFirst().format().word()), text(forms.getFirst()));
    } else if (!forms.isEmpty()) {
      TabSheet tabs = new TabSheet();
      forms.forEach(form -> tabs.add(form.format().word(), text(form)));
      add(tabs);
    }
    if (!cautions.isEmpty()) {
      UnorderedList list = new UnorderedList();
      list.addClassName("cautions");
      cautions.forEach(caution -> list.add(new ListItem(caution)));
      Div warning = new Div(new Div("It may break something:"), list);
      warning.addClassName("caution");
      add(warning);
    }
  }

  private static Component text(Form form) {
    Pre pre = new Pre(form.text());
    pre.addClassName("json");
    pre.getElement().setAttribute("tabindex", "0");
    Button copy = new Button("Copy", VaadinIcon.COPY_O.create());
    copy.addThemeVariants(ButtonVariant.TERTIARY);
    copy.addClickListener(
        event ->
            copy.getElement()
                .executeJs("return navigator.clipboard.writeText($0).then(() => true)", form.text())
                .then(
                    Boolean.class,
                    done -> Messages.done("Copied."),
                    failure -> Messages.refused("The browser did not let it be copied.")));
    Div box = new Div(pre, copy);
    box.addClassName("fix-text");
    return box;
  }
}
