package dev.plimsoll.ui.sources;

import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.function.SerializableRunnable;
import dev.plimsoll.backup.SourceDraft;
import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.SpanField;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks where backups lie, and which data a snapshot there holds. */
class NewSourceDialog extends Dialog {
  private static final JsonMapper JSON = new JsonMapper();

  private final SerializableConsumer<SourceDraft> adding;
  private final SerializableRunnable added;
  private final Select<SourceType> type = new Select<>();
  private final TextField name = new TextField("Name");
  private final TextField location = new TextField("Location");
  private final PasswordField password = new PasswordField("Password of the repository");
  private final TextArea environment = new TextArea("Keys of its store");
  private final TextArea mapping = new TextArea("Which data a snapshot holds");
  private final Select<TargetType> target = new Select<>();
  private final SpanField interval = new SpanField("Read every");
  private final SpanField check = new SpanField("Check its integrity every");

  /**
   * A dialog.
   *
   * @param adding what adding does; it throws {@link InvalidInput} or {@link NameTaken}
   */
  NewSourceDialog(SerializableConsumer<SourceDraft> adding, SerializableRunnable added) {
    this.adding = adding;
    this.added = added;
    setHeaderTitle("Add a source");
    setWidth("min(40rem, 94vw)");
    type.setLabel("What it is");
    type.setItems(SourceType.RESTIC, SourceType.BORG, SourceType.ARCHIVES);
    type.setItemLabelGenerator(SourceWords::type);
    type.addValueChangeListener(event -> showType(event.getValue()));
    name.setHelperText("Records of backups name it");
    password.setHelperText("Kept sealed, and never shown again");
    password.setRevealButtonVisible(false);
    environment.setHelperText("NAME=value, one a line, such as AWS_ACCESS_KEY_ID; kept sealed");
    environment.addClassName("mono");
    mapping.addClassName("mono");
    mapping.setMinRows(3);
    mapping.setMaxLength(20_000);
    target.setLabel("Where what it holds lies");
    target.setItems(TargetType.values());
    target.setEmptySelectionAllowed(true);
    target.setItemLabelGenerator(SourceWords::target);
    target.setEmptySelectionCaption(SourceWords.target(null));
    interval.setValue(Duration.ofSeconds(SourceDraft.DEFAULT_INTERVAL_SECONDS));
    check.setHelperText("Empty: never");
    for (var field :
        List.<HasSize>of(type, name, location, password, environment, mapping, target)) {
      field.setWidthFull();
    }
    Paragraph what =
        new Paragraph(
            "Plimsoll reads it and never writes to it. What no rule gives to any data is listed,"
                + " and counts for nothing.");
    what.addClassName("secondary");
    Div form =
        new Div(
            what, type, name, location, password, environment, mapping, target, interval, check);
    form.addClassName("stack");
    add(form);
    Button submit = new Button("Add", event -> submit());
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(new Button("Cancel", event -> close()), submit);
    type.setValue(SourceType.RESTIC);
  }

  private void showType(SourceType chosen) {
    boolean restic = chosen == SourceType.RESTIC;
    password.setVisible(chosen != SourceType.ARCHIVES);
    check.setVisible(restic);
    check.setValue(restic ? Duration.ofSeconds(SourceDraft.DEFAULT_CHECK_SECONDS) : null);
    location.setPlaceholder(
        switch (chosen) {
          case RESTIC -> "s3:s3.example.net/backups, sftp:user@host:/backups, /srv/restic";
          case BORG -> "ssh://user@host/./backups, /srv/borg";
          case ARCHIVES, HEARTBEAT -> "s3:https://s3.example.net/backups, /srv/backups";
        });
    mapping.setHelperText(
        switch (chosen) {
          case RESTIC ->
              "JSON; empty: a tag volume=NAME, else the path of a volume's files, else every path"
                  + " as a directory of the host";
          case BORG -> "JSON; empty: archives called {host}-{volume}-{time}, else paths";
          case ARCHIVES, HEARTBEAT ->
              "JSON, such as {\"rules\":[{\"archive\":\"backup-{time}.tar.gz\","
                  + "\"host\":\"web-1\",\"volumes\":[\"data\"]}]}";
        });
  }

  private void submit() {
    fields().values().forEach(field -> field.setInvalid(false));
    try {
      adding.accept(draft());
    } catch (InvalidInput e) {
      e.errors().forEach(error -> refuse(error.field(), error.message()));
      return;
    } catch (NameTaken e) {
      refuse("name", String.valueOf(e.getMessage()));
      return;
    } catch (JacksonException e) {
      refuse("mapping", "is not JSON: " + e.getOriginalMessage());
      return;
    }
    password.clear();
    close();
    Messages.done("Added. It is read now.");
    added.run();
  }

  private SourceDraft draft() {
    Duration every = interval.getValue();
    Duration checked = check.getValue();
    return new SourceDraft(
        name.getValue(),
        type.getValue(),
        location.getValue(),
        password.isVisible() && !password.isEmpty() ? password.getValue() : null,
        environment.isVisible() ? environment() : Map.of(),
        mapping(),
        target.getValue(),
        every == null ? SourceDraft.DEFAULT_INTERVAL_SECONDS : every.toSeconds(),
        checked == null ? null : checked.toSeconds());
  }

  private Map<String, String> environment() {
    Map<String, String> keys = new LinkedHashMap<>();
    environment
        .getValue()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              keys.put(
                  equals < 0 ? line : line.substring(0, equals).strip(),
                  equals < 0 ? "" : line.substring(equals + 1));
            });
    return keys;
  }

  private @Nullable JsonNode mapping() {
    return mapping.getValue().isBlank() ? null : JSON.readTree(mapping.getValue());
  }

  private Map<String, HasValidation> fields() {
    return Map.of(
        "type", type,
        "name", name,
        "location", location,
        "password", password,
        "environment", environment,
        "mapping", mapping,
        "target", target,
        "intervalSeconds", interval,
        "checkEverySeconds", check);
  }

  private void refuse(String field, String message) {
    int dot = field.indexOf('.');
    String of = dot < 0 ? field : field.substring(0, dot);
    HasValidation place = fields().get(of);
    String words = dot < 0 ? message : field.substring(dot + 1) + " " + message;
    if (place == null) {
      Messages.refused(field + " " + message);
    } else {
      place.setErrorMessage(words);
      place.setInvalid(true);
    }
  }
}
