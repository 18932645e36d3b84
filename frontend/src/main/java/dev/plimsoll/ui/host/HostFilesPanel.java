package dev.plimsoll.ui.host;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.plimsoll.attest.SignedAttestation;
import dev.plimsoll.attest.UploadedReport;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import dev.plimsoll.posture.VerdictRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Cells;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.FittingColumns;
import dev.plimsoll.ui.widgets.FittingColumns.Room;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Marks;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.TimeText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The host's own files and settings: what the checks say of them, what each answer rests on and
 * when it lapses, and the ways to answer what nobody knows.
 */
class HostFilesPanel extends Div implements HostPanel {
  private static final PageRequest ALL_CHECKS = new PageRequest(1000, null, false);
  private static final int LARGEST_FILE = 16 * 1024 * 1024;

  private final long hostId;
  private final VerdictList verdicts;
  private final AttestedSources sources;
  private final boolean mayAttest;
  private final Clock clock;
  private final Span count = new Span();
  private final Div actions = new Div();
  private final Div ways = new Div();
  private final Grid<Row> grid = new Grid<>();
  private final Section supplied = new Section();
  private @Nullable HostRow host;
  private Place.Host place = Place.Host.of(0, null);

  /** A check's answer and what it rests on. */
  private record Row(VerdictRow verdict, AttestedSources.@Nullable Source source) {
    @Nullable Instant at() {
      return source == null ? null : source.at();
    }

    @Nullable Instant lapsesAt() {
      return source == null ? null : source.lapsesAt();
    }
  }

  HostFilesPanel(
      long hostId, VerdictList verdicts, AttestedSources sources, boolean mayAttest, Clock clock) {
    this.hostId = hostId;
    this.verdicts = verdicts;
    this.sources = sources;
    this.mayAttest = mayAttest;
    this.clock = clock;
    addClassNames("list-panel", "host-files");
    count.addClassName("secondary");
    actions.addClassName("actions");
    Div head = new Div(count, actions);
    head.addClassName("filters");
    supplied.addClassName("card");
    if (mayAttest) {
      Button sign = new Button("Sign an attestation", event -> sign(null));
      actions.add(upload("Upload a report"), sign);
    }
    buildGrid();
    add(head, ways, grid, supplied);
  }

  @Override
  public void show(HostRow shown, Place.Host at) {
    host = shown;
    place = at;
    actions.setVisible(place.asOf() == null);
    AttestedSources.Supplied known = sources.of(hostId, place.asOf());
    List<Row> rows =
        verdicts
            .list(
                new VerdictQuery(
                    hostId, null, null, null, SubjectKind.HOST_FILE.word(), place.asOf()),
                ALL_CHECKS)
            .items()
            .stream()
            .map(verdict -> new Row(verdict, known.of(verdict, shown)))
            .sorted(Comparator.comparingInt(HostFilesPanel::rank))
            .toList();
    grid.setItems(rows);
    grid.setVisible(!rows.isEmpty());
    count.setText(counted(rows));
    showWays(shown, rows.isEmpty());
    showSupplied(known);
  }

  private static int rank(Row row) {
    int severity = Marks.SEVERITIES.indexOf(row.verdict().severity());
    return switch (row.verdict().outcome()) {
      case FAIL -> severity;
      case UNKNOWN -> 10 + severity;
      case PASS -> 20;
      case NOT_APPLICABLE -> 30;
    };
  }

  private static String counted(List<Row> rows) {
    Map<Outcome, Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(r -> r.verdict().outcome(), Collectors.counting()));
    return rows.isEmpty()
        ? ""
        : List.of(Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS, Outcome.NOT_APPLICABLE).stream()
            .filter(counts::containsKey)
            .map(
                outcome ->
                    Figures.count(counts.getOrDefault(outcome, 0L)) + " " + Marks.word(outcome))
            .collect(Collectors.joining(", "));
  }

  /** Nobody looked: what can be done about it. */
  private void showWays(HostRow shown, boolean nothingKnown) {
    ways.removeAll();
    if (!nothingKnown) {
      return;
    }
    UnorderedList list = new UnorderedList();
    boolean ssh = shown.endpoint().startsWith("ssh://");
    ListItem overSsh =
        new ListItem(
            ssh
                ? "Read them over SSH with every collection: a fixed list of reading commands. "
                : "Read them over SSH. This host is reached another way, so the other two remain.");
    if (ssh && !shown.readings().contains(ReadingSwitch.HOST_FILES)) {
      overSsh.add(Links.to(new Place.EditHost(hostId), "Switch the reading on"));
    } else if (ssh) {
      overSsh.add("It is switched on and comes with the next collection.");
    }
    list.add(
        overSsh,
        new ListItem(
            "Upload the JSON log of docker-bench-security 1.6 or newer, made on the host. It counts"
                + " for 30 days."),
        new ListItem(
            "Sign an attestation: what you looked at, and until when your word counts, at most a"
                + " year."));
    EmptyState empty =
        new EmptyState(
            "Nobody has looked at this host's own files",
            "The engine's API does not show them: owners and modes, audit rules, who is in the"
                + " group docker. Until somebody looks, these checks are out of scope. There are"
                + " three ways, each as good as the others; the newest answer counts.",
            list);
    ways.add(empty);
  }

  private void buildGrid() {
    grid.addClassName("dense");
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.addColumn(name()).setHeader("Check").setKey("check").setFlexGrow(1);
    grid.addColumn(
            Cells.mark(
                row ->
                    "outcome-"
                        + row.verdict().outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                row -> Marks.word(row.verdict().outcome())))
        .setHeader("Outcome")
        .setKey("outcome")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    FittingColumns fit = new FittingColumns(grid);
    fit.needs(
            Room.MEDIUM,
            grid.addColumn(
                Cells.mark(
                    row -> "severity-" + row.verdict().severity(),
                    row -> row.verdict().severity())))
        .setHeader("Severity")
        .setWidth("7rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, grid.addColumn(row -> row.source() == null ? "–" : row.source().words()))
        .setHeader("Source")
        .setKey("source")
        .setWidth("15rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, grid.addColumn(Cells.time(Row::at, clock)))
        .setHeader("As of")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    fit.needs(Room.MEDIUM, grid.addColumn(Cells.time(Row::lapsesAt, clock)))
        .setHeader("Lapses")
        .setWidth("7.5rem")
        .setFlexGrow(0);
    if (mayAttest) {
      fit.needs(
              Room.WIDE,
              grid.addComponentColumn(
                  row -> {
                    Button button = new Button("Sign", event -> sign(row.verdict().check()));
                    button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
                    button.setAriaLabel("Sign for " + row.verdict().check());
                    button.setVisible(place.asOf() == null);
                    return button;
                  }))
          .setHeader("")
          .setWidth("5rem")
          .setFlexGrow(0);
    }
  }

  private Renderer<Row> name() {
    return LitRenderer.<Row>of(
            """
            <a class="cell-link strong" href=${item.href} title=${item.title}>${item.title}</a>
            <span class="code secondary">${item.check}</span>\
            """)
        .withProperty(
            "href",
            row ->
                Links.href(
                    Place.Subject.of(
                        row.verdict().subjectId(), row.verdict().check(), place.asOf())))
        .withProperty("title", row -> row.verdict().title())
        .withProperty("check", row -> row.verdict().check());
  }

  private Upload upload(String text) {
    Upload upload =
        new Upload(
            UploadHandler.inMemory(
                (metadata, bytes) -> receive(new String(bytes, StandardCharsets.UTF_8))));
    upload.setMaxFileSize(LARGEST_FILE);
    upload.addClassName("file-button");
    upload.setUploadButton(new Button(text));
    upload.addAllFinishedListener(event -> upload.clearFileList());
    upload.addFileRejectedListener(event -> Messages.refused(event.getErrorMessage()));
    return upload;
  }

  private void receive(String log) {
    try {
      UploadedReport report = sources.upload(hostId, log);
      Messages.done(
          Figures.count(report.results(), "result is", "results are")
              + " taken from the report of "
              + report.tool()
              + " "
              + report.version()
              + ".");
      refresh();
    } catch (InvalidInput e) {
      e.errors().forEach(error -> Messages.refused(error.field() + " " + error.message()));
    }
  }

  private void sign(@Nullable String check) {
    new AttestationDialog(hostId, check, clock, sources::sign, this::refresh).open();
  }

  private void refresh() {
    if (host != null) {
      show(host, place);
    }
  }

  private void showSupplied(AttestedSources.Supplied known) {
    supplied.removeAll();
    supplied.setVisible(!known.reports().isEmpty() || !known.attestations().isEmpty());
    H2 title = new H2("What people supplied");
    title.addClassName("label");
    supplied.add(title);
    Instant now = place.asOf() == null ? clock.instant() : place.asOf();
    known.reports().stream().limit(5).forEach(report -> supplied.add(line(report, now)));
    known.attestations().forEach(attestation -> supplied.add(line(attestation, now)));
  }

  private static Div line(UploadedReport report, Instant now) {
    Div line =
        new Div(
            validity(report.expiresAt().isAfter(now) ? "counts" : "lapsed"),
            strong("Report of " + report.tool() + " " + report.version()),
            new Span(
                "%s, %s, by %s"
                    .formatted(
                        report.benchmark(),
                        Figures.count(report.results(), "result", "results"),
                        report.author())),
            moment("made", report.takenAt(), now),
            moment("lapses", report.expiresAt(), now));
    line.addClassName("supplied");
    return line;
  }

  private Div line(SignedAttestation attestation, Instant now) {
    String state =
        attestation.withdrawnAt() != null
            ? "withdrawn"
            : attestation.countsAt(now) ? "counts" : "lapsed";
    Div line =
        new Div(
            validity(state),
            strong(attestation.check() + " " + attestation.outcome().name()),
            new Span("signed by " + attestation.author()),
            moment("", attestation.signedAt(), now),
            moment("lapses", attestation.expiresAt(), now));
    if (state.equals("counts") && mayAttest && place.asOf() == null) {
      Button withdraw = new Button("Withdraw", event -> confirmWithdrawal(attestation));
      withdraw.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
      withdraw.setAriaLabel("Withdraw the attestation of " + attestation.check());
      line.add(withdraw);
    }
    Paragraph statement = new Paragraph(attestation.statement());
    statement.addClassNames("secondary", "statement");
    line.add(statement);
    line.addClassName("supplied");
    return line;
  }

  private void confirmWithdrawal(SignedAttestation attestation) {
    ConfirmDialog confirm =
        new ConfirmDialog(
            "Withdraw the attestation of " + attestation.check() + "?",
            "It counts no more from now on. What it said until now stays history.",
            "Withdraw",
            event -> {
              sources.withdraw(attestation.id());
              Messages.done("The attestation is withdrawn.");
              refresh();
            });
    confirm.setCancelable(true);
    confirm.open();
  }

  private static Span validity(String state) {
    return Marks.mark(state.equals("counts") ? "outcome-pass" : "gone", state);
  }

  private static Span strong(String text) {
    Span span = new Span(text);
    span.addClassName("strong");
    return span;
  }

  private static Span moment(String word, Instant at, Instant now) {
    Span span = new Span(new Span(word.isEmpty() ? "" : word + " "), new TimeText(at, now));
    span.addClassName("secondary");
    return span;
  }
}
