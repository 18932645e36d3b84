package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.function.SerializableConsumer;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.ui.widgets.GroupField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a host. It gathers what was typed into a {@link HostDraft} and shows errors at the
 * fields that they name; judging the input is the service's part.
 */
class HostForm extends Div {
  private static final int TLS_PORT = 2376;
  private static final int PLAIN_PORT = 2375;
  private static final int SSH_PORT = 22;
  private static final int SECONDS_A_MINUTE = 60;

  private final TextField name = new TextField("Name");
  private final RadioButtonGroup<EndpointKind> kind = new RadioButtonGroup<>("How to reach it");
  private final Paragraph kindExplained = new Paragraph();
  private final TextField socket = new TextField("Socket");
  private final TextField user = new TextField("User");
  private final TextField address = new TextField("Address");
  private final IntegerField port = new IntegerField("Port");
  private final SecretArea ca =
      new SecretArea("Certificate authority", "PEM: what the engine's certificate must chain to");
  private final SecretArea cert =
      new SecretArea(
          "Client certificate", "PEM, followed by its chain; empty if the engine asks for none");
  private final SecretArea key =
      new SecretArea("Client key", "Unencrypted PEM: PKCS#1, PKCS#8 or SEC1");
  private final SecretArea privateKey =
      new SecretArea("Private key", "Unencrypted: OpenSSH, PKCS#1, PKCS#8 or SEC1");
  private final SecretArea hostKey =
      new SecretArea(
          "Host key",
          "A known_hosts line, \"type base64\", or SHA256:…. Never taken on trust: ssh-keyscan shows it, somebody you trust confirms it");
  private final GroupField group;
  private final TextField environment = new TextField("Environment");
  private final TextField owner = new TextField("Owner");
  private final Select<Integer> criticality = new Select<>();
  private final IntegerField interval = new IntegerField("Minutes between collections");
  private final TextField labels = new TextField("Labels");
  private final ReadingField readings = new ReadingField();
  private final Paragraph otherErrors = new Paragraph();

  HostForm(Groups groups) {
    group = new GroupField(groups);
    group.setLabel("Group");
    group.setAllowCustomValue(true);
    group.addCustomValueSetListener(event -> group.setValue(event.getDetail()));
    addClassNames("host-form", "stack");
    name.setRequiredIndicatorVisible(true);
    name.setHelperText("How people call it, unique among active hosts");
    kind.setItems(EndpointKind.values());
    kind.setItemLabelGenerator(EndpointKind::label);
    kind.addThemeVariants(RadioGroupVariant.AURA_HORIZONTAL);
    kindExplained.addClassName("secondary");
    socket.setValue("/var/run/docker.sock");
    group.setHelperText("A path such as Retail/Payments; made where it is missing");
    environment.setHelperText("Such as production or test");
    owner.setHelperText("Whom to ask");
    criticality.setLabel("Criticality");
    criticality.setItems(1, 2, 4);
    criticality.setItemLabelGenerator(HostForm::weightInWords);
    criticality.setValue(HostDraft.DEFAULT_CRITICALITY);
    interval.setMin(1);
    interval.setStepButtonsVisible(true);
    interval.setValue(HostDraft.DEFAULT_INTERVAL_SECONDS / SECONDS_A_MINUTE);
    labels.setHelperText("name=value, separated by commas");
    otherErrors.addClassName("form-errors");
    otherErrors.getElement().setAttribute("role", "alert");
    otherErrors.setVisible(false);

    FormLayout where = columns(user, address, port);
    add(
        otherErrors,
        section("Host", columns(name)),
        section(
            "Connection", kind, kindExplained, socket, where, ca, cert, key, privateKey, hostKey),
        section(
            "What it is to you", columns(group, environment, owner, criticality, interval, labels)),
        section("What is read on request", readings));
    kind.addValueChangeListener(event -> showKind(event.getValue()));
    kind.setValue(EndpointKind.TLS);
  }

  /** Fills the fields; secrets stay where they are and are never shown. */
  void show(HostRecord host) {
    name.setValue(host.name());
    kind.setValue(EndpointKind.of(host.endpoint(), host.credentialKind()));
    switch (host.endpoint()) {
      case Endpoint.Unix(String path) -> socket.setValue(path);
      case Endpoint.Tcp(String engine, int number) -> {
        address.setValue(engine);
        port.setValue(number);
      }
      case Endpoint.Ssh(String login, String server, int number) -> {
        user.setValue(login);
        address.setValue(server);
        port.setValue(number);
      }
    }
    group.setValue(host.groupPath());
    environment.setValue(orEmpty(host.environment()));
    owner.setValue(orEmpty(host.owner()));
    criticality.setValue(host.criticality());
    interval.setValue(Math.max(1, host.intervalSeconds() / SECONDS_A_MINUTE));
    labels.setValue(
        host.labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", ")));
    readings.setValue(host.readings());
    if (host.credentialKind() != null) {
      List.of(ca, cert, key, privateKey, hostKey)
          .forEach(area -> area.setPlaceholder("Kept as it is; paste to replace all of them"));
    }
  }

  /** What was typed. */
  HostDraft draft() {
    return new HostDraft(
        name.getValue().strip(),
        endpoint(),
        group.getValue(),
        orNull(environment.getValue()),
        orNull(owner.getValue()),
        criticality.getValue() == null ? HostDraft.DEFAULT_CRITICALITY : criticality.getValue(),
        labels(labels.getValue()),
        interval.getValue() == null ? 0 : interval.getValue() * SECONDS_A_MINUTE,
        readings.getValue(),
        credential());
  }

  /** Takes all errors away. */
  void clearErrors() {
    show(List.of());
  }

  /** Shows each error at its field, and those without a field above all. */
  void show(List<InvalidInput.FieldError> errors) {
    fields().values().forEach(field -> field.accept(null));
    List<String> others = new ArrayList<>();
    for (InvalidInput.FieldError error : errors) {
      SerializableConsumer<@Nullable String> field = fields().get(error.field());
      if (field == null) {
        others.add(error.field() + ": " + error.message());
      } else {
        field.accept(error.message());
      }
    }
    otherErrors.setText(String.join(" ", others));
    otherErrors.setVisible(!others.isEmpty());
  }

  private Map<String, SerializableConsumer<@Nullable String>> fields() {
    Map<String, SerializableConsumer<@Nullable String>> fields = new LinkedHashMap<>();
    fields.put("name", at(name));
    fields.put("endpoint", kind.getValue() == EndpointKind.UNIX ? at(socket) : at(address));
    fields.put("group", at(group));
    fields.put("environment", at(environment));
    fields.put("owner", at(owner));
    fields.put("criticality", at(criticality));
    fields.put("intervalSeconds", at(interval));
    fields.put("labels", at(labels));
    fields.put("readings", at(readings));
    fields.put("tls", ca::setError);
    fields.put("tls.ca", ca::setError);
    fields.put("tls.cert", cert::setError);
    fields.put("tls.key", key::setError);
    fields.put("ssh", privateKey::setError);
    fields.put("ssh.privateKey", privateKey::setError);
    fields.put("ssh.hostKey", hostKey::setError);
    return fields;
  }

  private static SerializableConsumer<@Nullable String> at(HasValidation field) {
    return message -> {
      field.setInvalid(message != null);
      field.setErrorMessage(message);
    };
  }

  private void showKind(EndpointKind chosen) {
    kindExplained.setText(chosen.explanation());
    readings.reachedBySsh(chosen == EndpointKind.SSH);
    socket.setVisible(chosen == EndpointKind.UNIX);
    user.setVisible(chosen == EndpointKind.SSH);
    address.setVisible(chosen != EndpointKind.UNIX);
    port.setVisible(chosen != EndpointKind.UNIX);
    List.of(ca, cert, key).forEach(area -> area.setVisible(chosen == EndpointKind.TLS));
    List.of(privateKey, hostKey).forEach(area -> area.setVisible(chosen == EndpointKind.SSH));
    port.setValue(
        switch (chosen) {
          case TCP -> PLAIN_PORT;
          case SSH -> SSH_PORT;
          case TLS, UNIX -> TLS_PORT;
        });
  }

  private String endpoint() {
    String host = address.getValue().strip();
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    String server = port.getValue() == null ? bracketed : bracketed + ":" + port.getValue();
    return switch (kind.getValue()) {
      case UNIX -> "unix://" + socket.getValue().strip();
      case TLS, TCP -> "tcp://" + server;
      case SSH -> "ssh://" + user.getValue().strip() + "@" + server;
    };
  }

  private @Nullable Credential credential() {
    return switch (kind.getValue()) {
      case UNIX, TCP -> null;
      case TLS ->
          ca.value() == null && cert.value() == null && key.value() == null
              ? null
              : new Credential.Tls(orEmpty(ca.value()), cert.value(), key.value());
      case SSH ->
          privateKey.value() == null && hostKey.value() == null
              ? null
              : new Credential.Ssh(orEmpty(privateKey.value()), orEmpty(hostKey.value()));
    };
  }

  private static Map<String, String> labels(String typed) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String pair : typed.split(",")) {
      int equals = pair.indexOf('=');
      String label = (equals < 0 ? pair : pair.substring(0, equals)).strip();
      if (!label.isEmpty()) {
        labels.put(label, equals < 0 ? "" : pair.substring(equals + 1).strip());
      }
    }
    return labels;
  }

  private static String weightInWords(int weight) {
    return switch (weight) {
      case 1 -> "Low: counts once";
      case 2 -> "Normal: counts twice";
      default -> "High: counts four times";
    };
  }

  private static FormLayout columns(Component... fields) {
    FormLayout layout = new FormLayout();
    layout.setAutoResponsive(true);
    layout.setAutoRows(true);
    layout.setColumnWidth("14rem");
    layout.setExpandFields(true);
    layout.setExpandColumns(true);
    layout.add(fields);
    return layout;
  }

  private static Section section(String title, Component... content) {
    Section section = new Section();
    section.addClassNames("card", "stack");
    section.add(new H2(title));
    section.add(content);
    return section;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
