package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.function.SerializableRunnable;

/** Asks for the host's name before it is no longer watched, for that cannot be undone. */
class DecommissionDialog extends Dialog {
  DecommissionDialog(String host, SerializableRunnable confirmed) {
    setHeaderTitle("Decommission " + host + "?");
    setWidth("min(30rem, 92vw)");
    Paragraph text =
        new Paragraph(
            "Plimsoll stops watching this host for good and erases its credential. "
                + "Its history stays for evidence. To watch it again, add it anew.");
    TextField typed = new TextField("Type the host's name to confirm");
    typed.setWidthFull();
    typed.setHelperText(host);
    typed.setValueChangeMode(ValueChangeMode.EAGER);
    Button confirm =
        new Button(
            "Decommission",
            event -> {
              close();
              confirmed.run();
            });
    confirm.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
    confirm.setEnabled(false);
    typed.addValueChangeListener(event -> confirm.setEnabled(host.equals(event.getValue())));
    add(text, typed);
    getFooter().add(new Button("Cancel", event -> close()), confirm);
  }
}
