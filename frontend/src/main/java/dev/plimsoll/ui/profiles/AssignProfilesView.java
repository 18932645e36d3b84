package dev.plimsoll.ui.profiles;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.compliance.AssignedProfile;
import dev.plimsoll.compliance.ProfileAssignments;
import dev.plimsoll.compliance.ProfilePreview;
import dev.plimsoll.compliance.ProfileRecord;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.GroupField;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who has which profile: rules by group and environment, with a look at what they would do. */
@Route(Place.AssignProfiles.ROUTE)
@PageTitle("Assign profiles · Plimsoll")
@PermitAll
public class AssignProfilesView extends Screen implements BeforeEnterObserver {
  private final ProfileAssignments assignments;
  private final Profiles profiles;
  private final ProfilePreview previews;
  private final Groups groups;
  private final Errands errands;
  private final Rights rights;
  private final Div rules = new Div();
  private final Div effects = new Div();
  private final Button preview = new Button("Preview the effect", event -> preview());
  private final List<RuleRow> rows = new ArrayList<>();
  private List<String> names = List.of();

  AssignProfilesView(
      ProfileAssignments assignments,
      Profiles profiles,
      ProfilePreview previews,
      Groups groups,
      Errands errands,
      Rights rights) {
    this.assignments = assignments;
    this.profiles = profiles;
    this.previews = previews;
    this.groups = groups;
    this.errands = errands;
    this.rights = rights;
    addClassName("form-screen");
    rules.addClassName("stack");
    effects.addClassName("stack");
    Button add = new Button("Add a rule", VaadinIcon.PLUS.create(), event -> addRow(null));
    Section card =
        new Section(
            new Paragraph(
                "The most specific rule decides: group and environment before group alone, that"
                    + " before environment alone, and the deeper group first. Hosts that no rule"
                    + " speaks of have the profile Everything."),
            rules,
            add);
    card.addClassNames("card", "stack");
    Button save = new Button("Save", event -> save());
    save.addThemeVariants(ButtonVariant.PRIMARY);
    Div buttons = new Div(save, preview, Links.button(Place.Profiles.ALL, "Cancel"));
    buttons.addClassNames("actions", "sticky-actions");
    add(new Heading("Who has which profile"), card, effects, buttons);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    if (!rights.may(Permission.MANAGE_CHECKS)) {
      event.rerouteToError(AccessDeniedException.class);
      return;
    }
    names = profiles.list(null).stream().map(ProfileRecord::name).toList();
    rules.removeAll();
    rows.clear();
    assignments.list(null).forEach(this::addRow);
    if (rows.isEmpty()) {
      addRow(null);
    }
  }

  private void addRow(@Nullable AssignedProfile rule) {
    RuleRow row = new RuleRow(rule);
    rows.add(row);
    rules.add(row);
  }

  private List<AssignedProfile> wanted() {
    return rows.stream().filter(row -> !row.isBlank()).map(RuleRow::rule).toList();
  }

  private void preview() {
    List<AssignedProfile> wanted = wanted();
    preview.setEnabled(false);
    effects.removeAll();
    errands.run(
        this,
        () -> previews.ofAssignments(wanted),
        found -> {
          preview.setEnabled(true);
          effects.add(new EffectTable(found));
        },
        failure -> {
          preview.setEnabled(true);
          if (failure instanceof InvalidInput invalid) {
            show(invalid);
          } else {
            throw failure;
          }
        });
  }

  private void save() {
    try {
      assignments.replace(wanted());
    } catch (InvalidInput e) {
      show(e);
      return;
    }
    Messages.done("Saved. Hosts with another profile are scored anew.");
    getUI().ifPresent(ui -> Links.go(ui, Place.Profiles.ALL));
  }

  private static void show(InvalidInput invalid) {
    invalid
        .errors()
        .forEach(
            error ->
                Messages.refused(
                    error.field().replace("items[", "Rule ").replace("]", "").replace(".", ", ")
                        + ": "
                        + error.message()));
  }

  /** One rule. */
  private final class RuleRow extends Div {
    private final GroupField group = new GroupField(groups);
    private final TextField environment = new TextField();
    private final ComboBox<String> profile = new ComboBox<>();

    RuleRow(@Nullable AssignedProfile rule) {
      addClassName("filters");
      group.setPlaceholder("Any group");
      group.setAriaLabel("Group");
      environment.setPlaceholder("Any environment");
      environment.setAriaLabel("Environment");
      environment.setMaxLength(100);
      profile.setPlaceholder("Profile");
      profile.setAriaLabel("Profile");
      profile.setItems(names);
      if (rule != null) {
        group.setValue(rule.group());
        environment.setValue(rule.environment() == null ? "" : rule.environment());
        profile.setValue(rule.profile());
      }
      Button remove =
          new Button(
              VaadinIcon.CLOSE_SMALL.create(),
              event -> {
                rows.remove(this);
                rules.remove(this);
              });
      remove.addThemeVariants(ButtonVariant.TERTIARY);
      remove.setAriaLabel("Remove the rule");
      add(group, environment, profile, remove);
    }

    boolean isBlank() {
      return group.isEmpty() && environment.isEmpty() && profile.isEmpty();
    }

    AssignedProfile rule() {
      return new AssignedProfile(
          group.getValue(),
          environment.getValue().isBlank() ? null : environment.getValue(),
          profile.getValue() == null ? "" : profile.getValue());
    }
  }
}
