package dev.plimsoll.ui.policies;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.PolicyRecord;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.ui.live.Errands;
import dev.plimsoll.ui.navigation.NothingThere;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Heading;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.Screen;
import dev.plimsoll.ui.widgets.TimeText;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One backup policy: its form for those who may change it, else what it says. */
@Route(Place.Policy.ROUTE)
@PermitAll
public class PolicyView extends Screen implements BeforeEnterObserver, HasDynamicTitle {
  private static final PageRequest COUNT = new PageRequest(1, null, true);

  private final BackupPolicies policies;
  private final CoverageList coverage;
  private final Groups groups;
  private final Errands errands;
  private final Rights rights;
  private final Clock clock;
  private @Nullable String name;

  PolicyView(
      BackupPolicies policies,
      CoverageList coverage,
      Groups groups,
      Errands errands,
      Rights rights,
      Clock clock) {
    this.policies = policies;
    this.coverage = coverage;
    this.groups = groups;
    this.errands = errands;
    this.rights = rights;
    this.clock = clock;
    addClassName("wide-form-screen");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String id = event.getRouteParameters().get("policyId").orElse("");
    Optional<PolicyRecord> found =
        id.matches("[0-9]{1,18}") ? policies.find(Long.parseLong(id)) : Optional.empty();
    if (found.isEmpty()) {
      NothingThere.show(event, "There is no backup policy \"" + id + "\".");
      return;
    }
    show(found.get());
  }

  @Override
  public String getPageTitle() {
    return (name == null ? "Policy" : name) + " · Plimsoll";
  }

  private void show(PolicyRecord record) {
    Policy policy = record.policy();
    name = policy.name();
    Heading heading = new Heading(policy.name());
    if (record.awaitsApproval()) {
      heading.beside(Marks.mark("warning", "waits for approval"));
    }
    boolean may = rights.may(Permission.MANAGE_BACKUPS);
    heading.actions(may ? actions(record) : new Component[0]);
    removeAll();
    add(heading, facts(record));
    if (may) {
      PolicyEditor editor =
          new PolicyEditor(
              groups,
              policies::preview,
              errands,
              clock,
              draft -> {
                policies.change(record.id(), draft);
                Messages.done("Saved. The hosts concerned are judged by it.");
                getUI().ifPresent(ui -> Links.go(ui, new Place.Policies()));
              });
      editor.show(policy);
      add(editor);
    }
  }

  private Div facts(PolicyRecord record) {
    Policy policy = record.policy();
    Facts facts = new Facts();
    facts.with("For", PolicyWords.target(policy.selector()));
    facts.with("Says", PolicyWords.promise(policy));
    facts.with("Version", Integer.toString(policy.version()));
    facts.with("Written by", record.author());
    facts.with("Since", new TimeText(record.since(), clock.instant()));
    Policy.Exemption exemption = policy.exemption();
    if (exemption != null) {
      String approver = exemption.approver();
      facts.with(
          "Approved by",
          approver == null
              ? "nobody yet: it waits for approval by somebody other than " + record.author()
              : approver);
      Instant until = exemption.until();
      facts.with("Until", until == null ? "for good" : Moments.day(until));
    }
    facts.with(
        "Decides for",
        Links.to(
            Place.Coverage.ofPolicy(Long.toString(policy.id()), Set.of()),
            decidesFor(policy.id())));
    Div card = new Div(facts);
    card.addClassName("card");
    return card;
  }

  private Component[] actions(PolicyRecord record) {
    Button remove = new Button("Delete", event -> confirmRemoval(record));
    remove.addThemeVariants(ButtonVariant.ERROR);
    if (!record.awaitsApproval() || rights.name().equals(record.author())) {
      return new Component[] {remove};
    }
    Button approve = new Button("Approve", event -> approve(record));
    approve.addThemeVariants(ButtonVariant.PRIMARY);
    return new Component[] {remove, approve};
  }

  private void approve(PolicyRecord record) {
    policies.approve(record.id());
    Messages.done("Approved. What it matches is exempt from now on.");
    policies.find(record.id()).ifPresent(this::show);
  }

  private void confirmRemoval(PolicyRecord record) {
    String consequence =
        "It decides for %s. What no other policy and no label promises for becomes UNPROTECTED."
            .formatted(decidesFor(record.id()));
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Delete " + record.policy().name() + "?");
    dialog.setText(new Paragraph(consequence));
    dialog.setCancelable(true);
    dialog.setConfirmText("Delete the policy");
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(
        event -> {
          policies.remove(record.id());
          Messages.done("Deleted. The hosts concerned are judged without it.");
          getUI().ifPresent(ui -> Links.go(ui, new Place.Policies()));
        });
    dialog.open();
  }

  private String decidesFor(long policyId) {
    Page<CoverageRow> page =
        coverage.list(Place.Coverage.ofPolicy(Long.toString(policyId), Set.of()).query(), COUNT);
    Long count = page.count();
    return (page.countIsMinimum() ? "more than " : "")
        + Figures.count(count == null ? 0 : count, "piece of data", "pieces of data");
  }
}
