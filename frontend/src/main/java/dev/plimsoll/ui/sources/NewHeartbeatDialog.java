package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableConsumer;
import dev.plimsoll.backup.HeartbeatDraft;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.SpanField;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks which job is to call, what it backs up, and how often. */
class NewHeartbeatDialog extends Dialog {
  private final Heartbeats heartbeats;
  private final Hosts hosts;
  private final SerializableConsumer<Heartbeats.Issued> created;
  private final TextField name = new TextField("Name of the job");
  private final TextField host = new TextField("Host");
  private final Select<DataKind> kind = new Select<>();
  private final TextField data = new TextField();
  private final Select<TargetType> target = new Select<>();
  private final SpanField period = new SpanField("Runs every");
  private final SpanField grace = new SpanField("May be late by");

  NewHeartbeatDialog(
      Heartbeats heartbeats, Hosts hosts, SerializableConsumer<Heartbeats.Issued> created) {
    this.heartbeats = heartbeats;
    this.hosts = hosts;
    this.created = created;
    setHeaderTitle("New heartbeat");
    setWidth("min(34rem, 94vw)");
    host.setHelperText("Its name, exactly");
    kind.setLabel("What the job backs up");
    kind.setItems(DataKind.values());
    kind.setItemLabelGenerator(DataWords::one);
    kind.addValueChangeListener(event -> showKind(event.getValue()));
    target.setLabel("Where it keeps it");
    target.setItems(TargetType.values());
    target.setItemLabelGenerator(SourceWords::lies);
    target.setEmptySelectionAllowed(true);
    target.setEmptySelectionCaption(SourceWords.lies(null));
    period.setValue(Duration.ofHours(24));
    grace.setValue(HeartbeatDraft.DEFAULT_GRACE);
    for (HasSize field : List.<HasSize>of(name, host, kind, data, target)) {
      field.setWidthFull();
    }
    Paragraph what =
        new Paragraph(
            "The job calls an address of its own when it is done. A call that it succeeded is"
                + " evidence of a backup; a call that stays away turns data LATE by itself.");
    what.addClassName("secondary");
    Div form = new Div(what, name, host, kind, data, target, period, grace);
    form.addClassName("stack");
    add(form);
    Button submit = new Button("Make the address", event -> submit());
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", event -> close()), submit);
    kind.setValue(DataKind.VOLUME);
  }

  private void showKind(DataKind chosen) {
    data.setVisible(chosen != DataKind.SWARM);
    data.setLabel(
        switch (chosen) {
          case VOLUME -> "Name of the volume";
          case DIRECTORY -> "Absolute path on the host";
          case LAYER -> "Name of the container";
          case SWARM -> "";
        });
  }

  private void submit() {
    fields().values().forEach(field -> field.setInvalid(false));
    Optional<HostRecord> where =
        host.isEmpty() ? Optional.empty() : hosts.find(host.getValue().strip());
    if (where.isEmpty()) {
      refuse("host", "There is no host of that name.");
      return;
    }
    Heartbeats.Issued issued;
    try {
      issued = heartbeats.create(draft(where.get().id()));
    } catch (InvalidInput e) {
      e.errors().forEach(error -> refuse(error.field(), error.message()));
      return;
    } catch (NameTaken e) {
      refuse("name", String.valueOf(e.getMessage()));
      return;
    }
    close();
    created.accept(issued);
  }

  private HeartbeatDraft draft(long hostId) {
    DataKind chosen = kind.getValue();
    return new HeartbeatDraft(
        name.getValue(),
        hostId,
        chosen == DataKind.SWARM ? DataRef.SWARM : new DataRef(chosen, data.getValue().strip()),
        target.getValue(),
        period.getValue() == null ? Duration.ZERO : period.getValue(),
        grace.getValue() == null ? Duration.ZERO : grace.getValue());
  }

  private Map<String, HasValidation> fields() {
    return Map.of(
        "name", name,
        "host", host,
        "volume", data,
        "path", data,
        "container", data,
        "data", data,
        "target", target,
        "periodSeconds", period,
        "graceSeconds", grace);
  }

  private void refuse(String field, String message) {
    HasValidation place = fields().get(field);
    if (place == null) {
      Messages.refused(field + " " + message);
    } else {
      place.setErrorMessage(message);
      place.setInvalid(true);
    }
  }
}
