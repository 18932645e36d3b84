package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.plimsoll.fleet.HostImport;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Adds many hosts at once: pasted or from a file, looked through before anything is done. */
@Route(Place.ImportHosts.ROUTE)
@PageTitle("Import hosts · Plimsoll")
@PermitAll
public class ImportHostsView extends Screen implements BeforeEnterObserver {
  private static final int LARGEST_FILE = 8 * 1024 * 1024;
  private static final String EXAMPLE =
      """
      name,endpoint,group,environment,owner,criticality,labels,intervalSeconds
      web-1,ssh://ops@web-1.example.net,Retail/Shop,production,Shop,4,site=hel1;tier=web,900
      sandbox,tcp://10.0.0.9:2375,Platform,test,,1,,3600
      """;

  private final Hosts hosts;
  private final Rights rights;
  private final TextArea list = new TextArea("List of hosts");
  private final Div preview = new Div();
  private final Button submit = new Button("Import", event -> submit());

  ImportHostsView(Hosts hosts, Rights rights) {
    this.hosts = hosts;
    this.rights = rights;
    addClassName("form-screen");
    list.addClassName("mono");
    list.setWidthFull();
    list.setMinRows(8);
    list.setMaxRows(20);
    list.getElement().setAttribute("spellcheck", "false");
    list.setValueChangeMode(ValueChangeMode.LAZY);
    list.addValueChangeListener(event -> lookThrough());
    Upload upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) -> list.setValue(new String(bytes, StandardCharsets.UTF_8))));
    upload.setMaxFileSize(LARGEST_FILE);
    upload.setMaxFiles(1);
    upload.addClassName("file-button");
    upload.setUploadButton(new Button("From a file"));
    upload.addAllFinishedListener(event -> upload.clearFileList());

    Pre example = new Pre(EXAMPLE);
    example.addClassNames("code", "example");
    Section card =
        new Section(
            new Paragraph(
                "CSV whose first line names the columns, or one JSON object a line as the API "
                    + "takes a host, keys and certificates included. All are added or none."),
            example,
            list,
            upload);
    card.addClassNames("card", "stack");
    preview.addClassName("stack");
    submit.addThemeVariants(ButtonVariant.PRIMARY);
    submit.setEnabled(false);
    Div buttons = new Div(submit, Links.button(Place.Hosts.ALL, "Cancel"));
    buttons.addClassName("actions");
    add(new Heading("Import hosts"), card, preview, buttons);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_HOSTS)) {
      event.rerouteToError(AccessDeniedException.class);
    }
  }

  private HostImport read() {
    String text = list.getValue();
    return text.stripLeading().startsWith("{") ? HostImport.jsonLines(text) : HostImport.csv(text);
  }

  private void lookThrough() {
    preview.removeAll();
    submit.setEnabled(false);
    submit.setText("Import");
    if (list.getValue().isBlank()) {
      return;
    }
    HostImport read = read();
    List<InvalidInput.FieldError> problems = hosts.problems(read);
    preview.add(new ImportPreview(read, problems));
    boolean ready = problems.isEmpty() && !read.lines().isEmpty();
    submit.setEnabled(ready);
    if (ready) {
      submit.setText("Import " + Figures.count(read.lines().size(), "host", "hosts"));
    }
  }

  private void submit() {
    int added;
    try {
      added = hosts.addAll(read()).size();
    } catch (InvalidInput e) {
      // Somebody was quicker with a name, or the list changed since it was looked through.
      preview.removeAll();
      preview.add(new ImportPreview(read(), e.errors()));
      return;
    }
    Messages.done(Figures.count(added, "host is", "hosts are") + " added and being collected.");
    getUI().ifPresent(ui -> Links.go(ui, Place.Hosts.ALL));
  }
}
