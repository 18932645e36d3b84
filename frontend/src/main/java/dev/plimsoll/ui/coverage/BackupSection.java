package dev.plimsoll.ui.coverage;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.plimsoll.backup.DrillDraft;
import dev.plimsoll.backup.RecordType;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.backup.coverage.CoverageReason;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.backup.coverage.Policy;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.posture.BackupRecordList;
import dev.plimsoll.posture.BackupRecordQuery;
import dev.plimsoll.posture.BackupRecordRow;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.CoverageSpan;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.shell.Rights;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.Facts;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.Moments;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One piece of data: how it stands and why, who uses it, what was promised and meant, its backups,
 * its restores, and how it stood before.
 */
public class BackupSection extends Section {
  private static final Duration LENGTH = Duration.ofDays(90);
  private static final PageRequest NEWEST = new PageRequest(200, null, true);

  private final CoverageList coverage;
  private final BackupRecordList records;
  private final RestoreDrills drills;
  private final Rights rights;
  private final Clock clock;

  /** Empty until something is shown. */
  public BackupSection(
      CoverageList coverage,
      BackupRecordList records,
      RestoreDrills drills,
      Rights rights,
      Clock clock) {
    this.coverage = coverage;
    this.records = records;
    this.drills = drills;
    this.rights = rights;
    this.clock = clock;
    addClassName("stack");
  }

  /** Shows data as it was known at an instant, null for now. */
  public void show(CoverageRow data, @Nullable Instant asOf) {
    Instant now = clock.instant();
    Instant to = asOf == null ? now : asOf;
    removeAll();
    List<BackupRecordRow> found =
        records.list(BackupRecordQuery.ofData(data.dataId(), null, asOf, null), NEWEST).items();
    List<CoverageSpan> spans = coverage.history(data.dataId(), to.minus(LENGTH), asOf, asOf);
    add(card(standing(data, asOf, now)));
    add(card(new DataSpans(spans, found, to.minus(LENGTH), to)));
    add(card(users(data)));
    if (!data.intents().isEmpty()) {
      add(card(intents(data.intents())));
    }
    add(card(backups(data, found, asOf, now)));
    add(card(restores(data, found, asOf, now)));
  }

  private Div standing(CoverageRow data, @Nullable Instant asOf, Instant now) {
    Div line = new Div(Marks.coverage(data.state()), new Span(data.sentence()));
    line.addClassName("state-line");
    Div standing = new Div(new H2("Backups"), line);
    standing.addClassName("stack");
    if (data.whenLastSeen() != null) {
      standing.add(
          new Paragraph(
              "When its host was last read it was "
                  + Marks.word(data.whenLastSeen()).toLowerCase(Locale.ROOT)
                  + "."));
    }
    standing.add(facts(data, now));
    if (asOf == null
        && data.reason() == CoverageReason.NO_POLICY
        && rights.may(Permission.MANAGE_BACKUPS)) {
      Div actions =
          new Div(
              Links.button(
                  new Place.NewPolicy(data.kind(), data.name(), false), "Write a policy for it"),
              Links.button(new Place.NewPolicy(data.kind(), data.name(), true), "Exempt it"));
      actions.addClassName("actions");
      standing.add(actions);
    }
    return standing;
  }

  private static Facts facts(CoverageRow data, Instant now) {
    Facts facts = new Facts();
    facts.with("Since", new TimeText(data.since(), now));
    Instant turnsAt = data.turnsAt();
    if (turnsAt != null) {
      facts.with(
          "Next",
          new Span(new Span(DataWords.turn(data.turnsTo()) + " "), new TimeText(turnsAt, now)));
    }
    CoverageRow.Promised promise = data.promise();
    facts.with("Policy", policy(promise));
    if (promise != null) {
      Long rpo = promise.rpoSeconds();
      Long restore = promise.restoreTestEverySeconds();
      facts.with("May lose", rpo == null ? null : DataWords.span(rpo) + " (RPO)");
      facts.with("Must lie", promise.offHost() ? "off the host" : "anywhere");
      facts.with(
          "Restore",
          restore == null ? "need not be proven" : "proven every " + DataWords.span(restore));
    }
    Policy.Exemption exemption = data.exemption();
    if (exemption != null) {
      facts.with("Exempt by", exemption.by());
      facts.with("Reason", exemption.reason());
      facts.with("Approved by", exemption.approver());
      Instant until = exemption.until();
      facts.with("Until", until == null ? "for good" : Moments.day(until));
    }
    CoverageRow.Good good = data.backups().good();
    facts.with(
        "Newest good",
        good == null
            ? new Span("none")
            : new Span(
                new TimeText(good.startedAt(), now),
                new Span(", " + DataWords.where(good) + ", " + good.source())));
    Instant failure = data.backups().lastFailure();
    if (failure != null) {
      facts.with("Last failure", new TimeText(failure, now));
    }
    Instant restored = data.backups().lastRestoreTest();
    facts.with(
        "Last restore", restored == null ? new Span("never proven") : new TimeText(restored, now));
    Long bytes = data.bytes();
    Instant measured = data.bytesSince();
    facts.with(
        "Size",
        bytes == null
            ? "not measured"
            : Figures.bytes(bytes)
                + (measured == null ? "" : ", as measured since " + Moments.day(measured)));
    return facts;
  }

  private static Component policy(CoverageRow.@Nullable Promised promise) {
    if (promise == null) {
      return new Span("none matches");
    }
    Long id = promise.policyId();
    return id == null
        ? new Span(new Span("label "), Code.of(promise.policy()))
        : Links.to(new Place.Policy(id), promise.policy());
  }

  private static Div users(CoverageRow data) {
    Div users = new Div(new H2("Used by"));
    users.addClassName("stack");
    if (data.usedBy().isEmpty()) {
      users.add(
          new Paragraph(
              data.orphaned()
                  ? "No container uses it: a prune would delete it."
                  : "No container uses it."));
      return users;
    }
    NativeTable rows = new NativeTable();
    rows.addClassName("table");
    NativeTableRow head = rows.getHead().addRow();
    for (String name : List.of("Container", "Mounted at", "Access", "State")) {
      head.addHeaderCell().setText(name);
    }
    for (KeptData.User user : data.usedBy()) {
      NativeTableRow row = rows.getBody().addRow();
      row.addDataCell().setText(user.container());
      row.addDataCell().add(Code.of(user.path()));
      row.addDataCell()
          .setText(
              (user.writes() ? "writes" : "reads")
                  + (user.through() == null ? "" : ", by --volumes-from " + user.through()));
      row.addDataCell()
          .setText(
              user.dataContainer()
                  ? "data container: never runs, others mount what it mounts"
                  : user.running() ? "running" : "not running");
    }
    Div scroll = new Div(rows);
    scroll.addClassName("scroll-x");
    users.add(scroll);
    return users;
  }

  private static Div intents(List<KeptData.Intent> intents) {
    UnorderedList list = new UnorderedList();
    for (KeptData.Intent intent : intents) {
      ListItem item = new ListItem(Code.of(intent.label()));
      if (!intent.value().isEmpty()) {
        item.add(new Span(" = "), Code.of(intent.value()));
      }
      item.add(new Span(" on " + intent.on()));
      list.add(item);
    }
    Paragraph note =
        new Paragraph(
            "Somebody means it to be backed up. A label or a backup container proves nothing: only"
                + " a record of a backup does.");
    note.addClassName("secondary");
    Div head = new Div(new H2("Meant"), Marks.mark("intent", "no evidence"));
    head.addClassName("inline");
    Div section = new Div(head, note, list);
    section.addClassName("stack");
    return section;
  }

  private Div backups(
      CoverageRow data, List<BackupRecordRow> found, @Nullable Instant asOf, Instant now) {
    List<BackupRecordRow> backups =
        found.stream().filter(record -> record.type() == RecordType.BACKUP).toList();
    Div section = new Div(new H2("Records of backups"));
    section.addClassName("stack");
    if (backups.isEmpty()) {
      Paragraph none = new Paragraph("None. Evidence comes from ");
      none.add(
          Links.to(Place.Sources.ALL, "a source"),
          new Span(", a heartbeat, or a report by the backup program."));
      section.add(none);
    } else {
      section.add(RecordTables.backups(backups, now));
    }
    Page<BackupRecordRow> before =
        records.list(
            new BackupRecordQuery(
                data.host().id(),
                null,
                null,
                Set.of(data.kind()),
                data.name(),
                null,
                null,
                null,
                null,
                false,
                null,
                asOf,
                null),
            NEWEST);
    if (!before.items().isEmpty()) {
      Details earlier =
          new Details(
              Figures.count(before.items().size(), "record", "records")
                  + " of what had the name before it was removed and made again",
              new Paragraph("They say nothing of what is there now, and count for nothing."),
              RecordTables.backups(before.items(), now));
      earlier.addClassName("quiet-details");
      section.add(earlier);
    }
    return section;
  }

  private Div restores(
      CoverageRow data, List<BackupRecordRow> found, @Nullable Instant asOf, Instant now) {
    List<BackupRecordRow> restores =
        found.stream().filter(record -> record.type() == RecordType.RESTORE_TEST).toList();
    Div head = new Div(new H2("Restore drills"));
    head.addClassName("card-head");
    Div section = new Div(head);
    section.addClassName("stack");
    Long source = sourceOfNewest(data, found);
    if (source != null && asOf == null && rights.may(Permission.MANAGE_BACKUPS)) {
      Button start = new Button("Start a restore drill", event -> startDrill(source, data));
      start.setDisableOnClick(true);
      head.add(start);
    }
    drillsUnderWay(data, source, now).forEach(section::add);
    if (restores.isEmpty()) {
      section.add(
          new Paragraph(
              data.state() == CoverageState.PROTECTED
                  ? "None. A backup that was never restored is a hope."
                  : "None."));
    } else {
      section.add(new H3("The time a restore took is what a recovery may be planned with"));
      section.add(RecordTables.restores(restores, now));
    }
    return section;
  }

  /** The source that shows the newest good backup; null if it was reported. */
  private static @Nullable Long sourceOfNewest(CoverageRow data, List<BackupRecordRow> found) {
    CoverageRow.Good good = data.backups().good();
    return good == null
        ? null
        : found.stream()
            .filter(record -> record.id() == good.recordId())
            .map(BackupRecordRow::sourceId)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  private void startDrill(long source, CoverageRow data) {
    try {
      drills.start(
          source, new DrillDraft(data.host().id(), new DataRef(data.kind(), data.name()), null));
    } catch (InvalidInput e) {
      Messages.refused(e.errors().getFirst().message());
      return;
    }
    Messages.done(
        "Asked for. The newest snapshot is restored to a scratch directory and compared.");
    show(data, null);
  }

  private List<Paragraph> drillsUnderWay(CoverageRow data, @Nullable Long source, Instant now) {
    if (source == null) {
      return List.of();
    }
    DataRef ref = new DataRef(data.kind(), data.name());
    return drills.list(source).stream()
        .filter(drill -> drill.hostId() == data.host().id() && drill.data().equals(ref))
        .filter(drill -> drill.outcome().equals("RUNNING"))
        .map(
            drill ->
                new Paragraph(
                    Marks.mark("reading-running", "Running"),
                    new Span(" snapshot "),
                    Code.shortened(drill.snapshotId()),
                    new Span(", asked for by " + drill.author() + " "),
                    new TimeText(drill.askedAt(), now)))
        .toList();
  }

  private static Div card(Component content) {
    Div card = new Div(content);
    card.addClassName("card");
    return card;
  }
}
