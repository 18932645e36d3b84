package dev.plimsoll.ui.testing;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.plimsoll.attest.AttestationDraft;
import dev.plimsoll.attest.Attestations;
import dev.plimsoll.attest.HostReports;
import dev.plimsoll.backup.BackupPolicies;
import dev.plimsoll.backup.BackupSources;
import dev.plimsoll.backup.DrillDraft;
import dev.plimsoll.backup.HeartbeatDraft;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.backup.HostData;
import dev.plimsoll.backup.PolicyDraft;
import dev.plimsoll.backup.RestoreDrills;
import dev.plimsoll.backup.SourceDraft;
import dev.plimsoll.backup.coverage.Selector;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.collect.Collections;
import dev.plimsoll.collect.ConnectionTest;
import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.collect.SizeReading;
import dev.plimsoll.collect.SizeReadings;
import dev.plimsoll.compliance.AssignedProfile;
import dev.plimsoll.compliance.Declarations;
import dev.plimsoll.compliance.Declared;
import dev.plimsoll.compliance.Findings;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.compliance.FixPlans;
import dev.plimsoll.compliance.ImageRebuilds;
import dev.plimsoll.compliance.ProfileAssignments;
import dev.plimsoll.compliance.ProfilePreview;
import dev.plimsoll.compliance.Profiles;
import dev.plimsoll.compliance.Rejudging;
import dev.plimsoll.compliance.Rejudgings;
import dev.plimsoll.compliance.SecondSeries;
import dev.plimsoll.compliance.SupportTables;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.GroupRecord;
import dev.plimsoll.fleet.Groups;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.fleet.HostImport;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.inventory.Sha256;
import dev.plimsoll.owncheck.OwnCheckDraft;
import dev.plimsoll.owncheck.OwnCheckStatus;
import dev.plimsoll.owncheck.Problem;
import dev.plimsoll.owncheck.TryOut;
import dev.plimsoll.owncheck.WrittenChecks;
import dev.plimsoll.posture.BackupRecordList;
import dev.plimsoll.posture.Checks;
import dev.plimsoll.posture.CollectionList;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageSummary;
import dev.plimsoll.posture.FindingEvent;
import dev.plimsoll.posture.FindingList;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.FindingRow;
import dev.plimsoll.posture.FleetOverview;
import dev.plimsoll.posture.HostList;
import dev.plimsoll.posture.HostLoss;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.NoSuchScope;
import dev.plimsoll.posture.Page;
import dev.plimsoll.posture.PageRequest;
import dev.plimsoll.posture.Scope;
import dev.plimsoll.posture.ScoreList;
import dev.plimsoll.posture.SubjectList;
import dev.plimsoll.posture.SubjectQuery;
import dev.plimsoll.posture.SubjectRow;
import dev.plimsoll.posture.VerdictList;
import dev.plimsoll.posture.VerdictQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mockito.stubbing.Answer;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.node.JsonNodeFactory;

/** The services that screens call, answering from a {@link FakeFleet} held in memory. */
public class FakeServices {
  private FakeFleet fleet;

  private final List<Declared> declared = new ArrayList<>();

  /** Services over a fleet. */
  public FakeServices(FakeFleet fleet) {
    this.fleet = fleet;
    declared.add(
        declared(
            1,
            Declaration.REGISTRY,
            "registry.example.net:5000",
            new Declared.Scope.Fleet(),
            "Our own registry"));
    declared.add(
        declared(
            2,
            Declaration.RUNTIME,
            "sysbox-runc",
            new Declared.Scope.Group("Platform"),
            "Builds run engines of their own"));
    declared.add(
        declared(
            3,
            Declaration.PLUGIN,
            FakeFleet.HOSTILE_NAME,
            new Declared.Scope.Host(1, "pay-01"),
            ""));
  }

  private Declared declared(
      long id, Declaration kind, String value, Declared.Scope scope, String note) {
    return new Declared(
        id, kind, value, scope, note, "administrator", fleet.now().minus(Duration.ofDays(12)));
  }

  private SupportTables.Known supportTable(Duration age) {
    Instant start = fleet.now().minus(age);
    return new SupportTables.Known(
        LocalDate.ofInstant(start, ZoneOffset.UTC),
        Sha256.of(new byte[0]),
        "plimsoll",
        start,
        age,
        JsonNodeFactory.instance.objectNode());
  }

  /** What the services answer from. */
  public FakeFleet fleet() {
    return fleet;
  }

  /** Answers from another fleet from now on. */
  public void use(FakeFleet other) {
    this.fleet = other;
  }

  @Bean
  HostList hostList() {
    HostList service = mock(HostList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> {
              HostQuery query = call.getArgument(0);
              return page(
                  fleet.hosts().stream()
                      .filter(host -> matches(host, query))
                      .sorted(order(query))
                      .toList(),
                  call.getArgument(1));
            });
    when(service.get(anyLong(), any())).thenAnswer(call -> host(call.getArgument(0)));
    return service;
  }

  @Bean
  FleetOverview fleetOverview() {
    FleetOverview service = mock(FleetOverview.class);
    when(service.read(any(), any())).thenAnswer(call -> fleet.overview(call.getArgument(0)));
    when(service.checks()).thenAnswer(call -> fleet.checkLoads());
    return service;
  }

  @Bean
  Checks checks() {
    Checks service = mock(Checks.class);
    when(service.rules()).thenReturn(Checklist.standard().rules());
    return service;
  }

  @Bean
  Profiles profiles() {
    Profiles service = mock(Profiles.class);
    when(service.list(any())).thenAnswer(call -> FakeProfiles.ALL);
    when(service.get(anyString(), any())).thenAnswer(call -> FakeProfiles.get(call.getArgument(0)));
    when(service.versions(anyString()))
        .thenAnswer(call -> FakeProfiles.versions(call.getArgument(0)));
    when(service.create(anyString(), anyString(), anyMap()))
        .thenAnswer(
            call -> {
              if (call.getArgument(0).toString().isBlank()) {
                throw new InvalidInput("name", "is empty.");
              }
              return FakeProfiles.OWN;
            });
    when(service.change(anyString(), any(), any())).thenAnswer(call -> FakeProfiles.OWN);
    return service;
  }

  @Bean
  ProfileAssignments profileAssignments() {
    ProfileAssignments service = mock(ProfileAssignments.class);
    when(service.list(any()))
        .thenReturn(
            List.of(
                new AssignedProfile(null, "test", "Essentials"),
                new AssignedProfile("Retail/Payments", "production", "Card data")));
    when(service.replace(any())).thenAnswer(call -> call.getArgument(0));
    return service;
  }

  @Bean
  ProfilePreview profilePreview() {
    ProfilePreview service = mock(ProfilePreview.class);
    when(service.ofProfile(anyString(), anyMap())).thenAnswer(call -> FakeProfiles.EFFECTS);
    when(service.ofAssignments(any())).thenAnswer(call -> FakeProfiles.EFFECTS);
    return service;
  }

  @Bean
  Rejudgings rejudgings() {
    Rejudgings service = mock(Rejudgings.class);
    when(service.status())
        .thenAnswer(
            call ->
                new Rejudgings.Status(
                    new Rejudging.Progress(12, 12),
                    new SecondSeries.Progress(fleet.now(), 3, 12, 0, "pay-02", fleet.now())));
    return service;
  }

  @Bean
  ScoreList scoreList() {
    ScoreList service = mock(ScoreList.class);
    when(service.at(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0) instanceof Scope.Host(long id)
                    ? fleet.score(id)
                    : fleet.overview(null).score());
    when(service.trend(any(), any()))
        .thenAnswer(
            call ->
                call.getArgument(0) instanceof Scope.Host(long id)
                    ? fleet.trend(id)
                    : fleet.overview(null).trend());
    return service;
  }

  @Bean
  CollectionList collectionList() {
    CollectionList service = mock(CollectionList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> {
              Long hostId = call.getArgument(0);
              return page(
                  fleet.collections().stream()
                      .filter(c -> hostId == null || c.host().id() == hostId)
                      .toList(),
                  call.getArgument(1));
            });
    when(service.get(anyLong()))
        .thenAnswer(
            call ->
                fleet.collections().stream()
                    .filter(c -> c.id() == call.<Long>getArgument(0))
                    .findFirst());
    return service;
  }

  @Bean
  SubjectList subjectList() {
    SubjectList service = mock(SubjectList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> {
              SubjectQuery query = call.getArgument(0);
              return page(
                  fleet.subjects().stream()
                      .filter(subject -> matches(subject, query))
                      .sorted(order(query))
                      .toList(),
                  call.getArgument(1));
            });
    when(service.get(anyLong(), any())).thenAnswer(call -> subject(call.getArgument(0)));
    when(service.document(anyLong(), any()))
        .thenAnswer(
            call ->
                subject(call.getArgument(0))
                    .map(subject -> fleet.document(subject.documentSha256())));
    when(service.document(anyString()))
        .thenAnswer(call -> Optional.ofNullable(fleet.document(call.getArgument(0))));
    when(service.history(anyLong()))
        .thenAnswer(call -> subject(call.getArgument(0)).map(fleet::history).orElse(List.of()));
    return service;
  }

  @Bean
  CoverageList coverageList() {
    CoverageList service = mock(CoverageList.class);
    when(service.list(any(), any()))
        .thenAnswer(call -> page(fleet.coverage().list(call.getArgument(0)), call.getArgument(1)));
    when(service.get(anyLong(), any(), any()))
        .thenAnswer(call -> fleet.coverage().get(call.getArgument(0)));
    when(service.ofSubject(anyLong(), any()))
        .thenAnswer(call -> fleet.coverage().ofSubject(call.getArgument(0)));
    when(service.history(anyLong(), any(), any(), any()))
        .thenAnswer(call -> fleet.coverage().history(call.getArgument(0)));
    return service;
  }

  @Bean
  BackupPolicies backupPolicies() {
    BackupPolicies service = mock(BackupPolicies.class);
    when(service.list(any())).thenAnswer(call -> fleet.coverage().policies());
    when(service.find(anyLong()))
        .thenAnswer(
            call ->
                fleet.coverage().policies().stream()
                    .filter(policy -> policy.id() == call.<Long>getArgument(0))
                    .findFirst());
    when(service.preview(any()))
        .thenAnswer(call -> fleet.coverage().preview(call.<Selector>getArgument(0)));
    when(service.create(any()))
        .thenAnswer(
            call -> {
              PolicyDraft draft = call.getArgument(0);
              if (draft.name().isBlank()) {
                throw new InvalidInput("name", "Give a name of 1 to 200 characters.");
              }
              return 9L;
            });
    Answer<@Nullable Void> approval =
        call -> {
          fleet.coverage().approve(call.getArgument(0), "analyst");
          return null;
        };
    doAnswer(approval).when(service).approve(anyLong());
    return service;
  }

  @Bean
  BackupSources backupSources() {
    BackupSources service = mock(BackupSources.class);
    when(service.list(any())).thenAnswer(call -> fleet.sources().records());
    when(service.readings(anyLong(), any()))
        .thenAnswer(call -> fleet.sources().readings(call.getArgument(0)));
    when(service.unmapped(anyLong(), any(), anyInt()))
        .thenAnswer(call -> fleet.sources().unmapped(call.getArgument(0)));
    when(service.create(any()))
        .thenAnswer(
            call -> {
              SourceDraft draft = call.getArgument(0);
              if (draft.location().startsWith("-")) {
                throw new InvalidInput(
                    List.of(
                        new InvalidInput.FieldError("location", "begins with a dash."),
                        new InvalidInput.FieldError("environment.PATH", "cannot be given.")));
              }
              return fleet.sources().add(draft);
            });
    return service;
  }

  @Bean
  HostData hostData() {
    HostData service = mock(HostData.class);
    when(service.of(anyLong(), any()))
        .thenAnswer(call -> fleet.coverage().map(call.getArgument(0)));
    return service;
  }

  @Bean
  SizeReadings sizeReadings() {
    SizeReadings service = mock(SizeReadings.class);
    when(service.last(anyLong()))
        .thenAnswer(
            call ->
                Optional.of(
                    new SizeReading(
                        SizeReading.Outcome.SUCCEEDED,
                        fleet.now().minus(Duration.ofHours(5)),
                        fleet.now().minus(Duration.ofHours(5)).plusSeconds(80),
                        3,
                        1,
                        null,
                        fleet.now().plus(Duration.ofHours(19)))));
    return service;
  }

  @Bean
  Heartbeats heartbeats() {
    Heartbeats service = mock(Heartbeats.class);
    when(service.list(any())).thenAnswer(call -> fleet.sources().heartbeats());
    when(service.create(any()))
        .thenAnswer(
            call -> {
              if (call.<HeartbeatDraft>getArgument(0).name().isBlank()) {
                throw new InvalidInput("name", "is empty. Give one.");
              }
              return new Heartbeats.Issued(9, "tokenShownOnce");
            });
    when(service.rotate(anyLong())).thenReturn(new Heartbeats.Issued(7, "anotherToken"));
    return service;
  }

  @Bean
  RestoreDrills restoreDrills() {
    RestoreDrills service = mock(RestoreDrills.class);
    when(service.list(anyLong())).thenAnswer(call -> fleet.sources().drills(call.getArgument(0)));
    when(service.start(anyLong(), any()))
        .thenAnswer(
            call -> fleet.sources().start(call.getArgument(0), call.<DrillDraft>getArgument(1)));
    return service;
  }

  @Bean
  HostLoss hostLoss() {
    HostLoss service = mock(HostLoss.class);
    when(service.at(anyLong(), any(), any()))
        .thenAnswer(
            call -> {
              HostRow lost = host(call.getArgument(0)).orElseThrow(() -> mock(NoSuchScope.class));
              return fleet.coverage().loss(lost, fleet.now());
            });
    return service;
  }

  @Bean
  CoverageSummary coverageSummary() {
    CoverageSummary service = mock(CoverageSummary.class);
    when(service.at(any(), any(), any()))
        .thenAnswer(
            call -> {
              Instant at = call.getArgument(1);
              if (at != null && at.isAfter(fleet.now())) {
                throw new InvalidInput("asOf", at + " lies in the future.");
              }
              return fleet.coverage().totals(call.getArgument(0));
            });
    when(service.series(any(), any(), any(), any()))
        .thenAnswer(call -> fleet.coverage().series(call.getArgument(0)));
    return service;
  }

  @Bean
  BackupRecordList backupRecordList() {
    BackupRecordList service = mock(BackupRecordList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> page(fleet.coverage().records(call.getArgument(0)), call.getArgument(1)));
    return service;
  }

  @Bean
  VerdictList verdictList() {
    VerdictList service = mock(VerdictList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> {
              VerdictQuery query = call.getArgument(0);
              return page(
                  fleet.verdicts().stream()
                      .filter(v -> query.subjectId() == null || v.subjectId() == query.subjectId())
                      .filter(v -> query.hostId() == null || v.host().id() == query.hostId())
                      .filter(v -> query.check() == null || v.check().equals(query.check()))
                      .filter(v -> query.kind() == null || v.subjectKind().equals(query.kind()))
                      .toList(),
                  call.getArgument(1));
            });
    return service;
  }

  @Bean
  FindingList findingList() {
    FindingList service = mock(FindingList.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call -> {
              FindingQuery query = call.getArgument(0);
              return page(
                  fleet.findings().stream()
                      .filter(finding -> matches(finding, query))
                      .sorted(order(query))
                      .toList(),
                  call.getArgument(1));
            });
    when(service.get(anyLong())).thenAnswer(call -> finding(call.getArgument(0)));
    when(service.events(anyLong())).thenAnswer(call -> fleet.events(call.getArgument(0)));
    return service;
  }

  @Bean
  FixAdvice fixAdvice() {
    FixAdvice service = mock(FixAdvice.class);
    when(service.find(anyLong(), anyString()))
        .thenAnswer(call -> FakeFixes.advice(call.getArgument(0), call.getArgument(1)));
    return service;
  }

  @Bean
  FixPlans fixPlans() {
    FixPlans service = mock(FixPlans.class);
    when(service.ofHost(anyLong(), any()))
        .thenAnswer(call -> FakeFixes.plan(host(call.getArgument(0)).orElseThrow()));
    when(service.ofGroup(anyString(), any())).thenThrow(new NoSuchGroup("nowhere"));
    when(service.ofFleet(any())).thenAnswer(call -> FakeFixes.plan(fleet.hosts()));
    return service;
  }

  @Bean
  ImageRebuilds imageRebuilds() {
    ImageRebuilds service = mock(ImageRebuilds.class);
    when(service.ofFleet()).thenAnswer(call -> FakeFixes.rebuilds(fleet.hosts()));
    when(service.ofHost(anyLong())).thenReturn(List.of());
    when(service.ofGroup(anyString())).thenReturn(List.of());
    return service;
  }

  @Bean
  Findings findings() {
    Findings service = mock(Findings.class);
    Answer<@Nullable Void> change =
        call -> {
          FindingRow old = finding(call.getArgument(0)).orElseThrow();
          fleet.replace(changed(old, call.getArgument(1)), event(call.getArgument(1)));
          return null;
        };
    doAnswer(change).when(service).change(anyLong(), any());
    return service;
  }

  @Bean
  HostReports hostReports() {
    HostReports service = mock(HostReports.class);
    when(service.of(anyLong(), any()))
        .thenAnswer(
            call ->
                fleet.hostFiles() == null
                    ? List.of()
                    : fleet.hostFiles().reports(call.getArgument(0)));
    when(service.upload(anyLong(), anyString()))
        .thenAnswer(
            call -> {
              if (fleet.hostFiles() == null || !call.<String>getArgument(1).startsWith("{")) {
                throw new InvalidInput("body", "is not JSON. Send the file as it is.");
              }
              return fleet.hostFiles().reports(FakeHostFiles.HOST).getFirst();
            });
    return service;
  }

  @Bean
  Declarations declarations() {
    Declarations service = mock(Declarations.class);
    when(service.list(any(), any()))
        .thenAnswer(
            call ->
                declared.stream()
                    .filter(one -> call.getArgument(0) == null || one.kind() == call.getArgument(0))
                    .toList());
    when(service.add(any()))
        .thenAnswer(
            call -> {
              Declarations.Draft draft = call.getArgument(0);
              if (draft.value().isBlank()) {
                throw new InvalidInput("value", "is empty. Give one.");
              }
              long id = declared.size() + 1L;
              declared.add(declared(id, draft.kind(), draft.value(), draft.scope(), draft.note()));
              return id;
            });
    Answer<@Nullable Void> withdrawal =
        call -> {
          declared.removeIf(one -> one.id() == call.<Long>getArgument(0));
          return null;
        };
    doAnswer(withdrawal).when(service).withdraw(anyLong());
    return service;
  }

  @Bean
  Attestations attestations() {
    Attestations service = mock(Attestations.class);
    when(service.list(any(), any(), any(), any(), anyInt()))
        .thenAnswer(
            call ->
                fleet.hostFiles() == null
                    ? List.of()
                    : fleet.hostFiles().attestations(call.getArgument(0)));
    when(service.sign(any()))
        .thenAnswer(
            call -> {
              AttestationDraft draft = call.getArgument(0);
              if (draft.statement().isEmpty() || fleet.hostFiles() == null) {
                throw new InvalidInput("statement", "is empty. Say what was looked at, and how.");
              }
              return fleet.hostFiles().sign(draft, fleet.now());
            });
    return service;
  }

  @Bean
  SupportTables supportTables() {
    SupportTables service = mock(SupportTables.class);
    when(service.find(any())).thenAnswer(call -> Optional.of(supportTable(Duration.ofDays(70))));
    return service;
  }

  @Bean
  Groups groups() {
    Groups service = mock(Groups.class);
    when(service.list())
        .thenAnswer(
            call ->
                fleet.hosts().stream()
                    .map(host -> String.valueOf(host.group()))
                    .distinct()
                    .sorted()
                    .map(path -> new GroupRecord(1, path, path, null))
                    .toList());
    return service;
  }

  @Bean
  Hosts hosts() {
    Hosts service = mock(Hosts.class);
    when(service.problems(any(HostImport.class)))
        .thenAnswer(call -> call.<HostImport>getArgument(0).errors());
    when(service.addAll(any(HostImport.class)))
        .thenAnswer(
            call ->
                call.<HostImport>getArgument(0).lines().stream()
                    .map(line -> record(fleet.hosts().getFirst()))
                    .toList());
    when(service.add(any()))
        .thenAnswer(
            call -> {
              HostDraft draft = call.getArgument(0);
              if (draft.name().isEmpty()) {
                throw new InvalidInput("name", "The name is empty. Give one.");
              }
              if (fleet.hosts().stream().anyMatch(h -> h.name().equalsIgnoreCase(draft.name()))) {
                throw new NameTaken("host", draft.name());
              }
              return record(fleet.hosts().getFirst());
            });
    when(service.find(anyString()))
        .thenAnswer(call -> host(Long.parseLong(call.getArgument(0))).map(FakeServices::record));
    when(service.edit(anyLong(), any()))
        .thenAnswer(call -> record(host(call.getArgument(0)).orElseThrow()));
    return service;
  }

  @Bean
  Collections collections() {
    Collections service = mock(Collections.class);
    when(service.test(any()))
        .thenAnswer(
            call -> {
              HostDraft draft = call.getArgument(0);
              return draft.endpoint().startsWith("unix:")
                  ? new ConnectionTest.Reached(
                      "pay-01", "ENGINE:ID", "28.5.1", "1.51", "Debian GNU/Linux 12", 14, List.of())
                  : new ConnectionTest.NotReached(
                      FailureCategory.UNREACHABLE, "pay-01:2376 refused the connection");
            });
    return service;
  }

  @Bean
  WrittenChecks writtenChecks() {
    WrittenChecks service = mock(WrittenChecks.class);
    when(service.list(any())).thenAnswer(call -> fleet.ownChecks());
    when(service.revisions(anyString()))
        .thenAnswer(
            call ->
                fleet.ownChecks().stream()
                    .filter(check -> check.draft().id().equals(call.getArgument(0)))
                    .toList());
    when(service.problems(anyString()))
        .thenAnswer(
            call ->
                call.<String>getArgument(0).contains("dok")
                    ? List.of(new Problem(1, 1, "There is no dok here."))
                    : List.of());
    when(service.draft(any()))
        .thenAnswer(
            call -> {
              OwnCheckDraft draft = call.getArgument(0);
              if (draft.title().isBlank()) {
                throw new InvalidInput("title", "is empty. Say in one line what state passes.");
              }
              return fleet.keep(draft, OwnCheckStatus.DRAFT);
            });
    when(service.activate(anyString()))
        .thenAnswer(call -> fleet.move(call.getArgument(0), OwnCheckStatus.ACTIVE));
    when(service.retire(anyString()))
        .thenAnswer(call -> fleet.move(call.getArgument(0), OwnCheckStatus.RETIRED));
    return service;
  }

  @Bean
  TryOut tryOut() {
    TryOut service = mock(TryOut.class);
    when(service.run(any()))
        .thenAnswer(call -> fleet.tryOut(call.<TryOut.Request>getArgument(0).at()));
    return service;
  }

  private Optional<HostRow> host(long id) {
    return fleet.hosts().stream().filter(host -> host.id() == id).findFirst();
  }

  private Optional<SubjectRow> subject(long id) {
    return fleet.subjects().stream().filter(subject -> subject.id() == id).findFirst();
  }

  private Optional<FindingRow> finding(long id) {
    return fleet.findings().stream().filter(finding -> finding.id() == id).findFirst();
  }

  private static HostRecord record(HostRow row) {
    return new HostRecord(
        row.id(),
        row.name(),
        row.endpoint().startsWith("unix:")
            ? new Endpoint.Unix("/var/run/docker.sock")
            : new Endpoint.Tcp(row.name() + ".example.net", 2376),
        1L,
        row.group(),
        row.environment(),
        row.owner(),
        row.criticality(),
        row.labels(),
        row.intervalSeconds(),
        row.readings(),
        row.endpoint().startsWith("unix:") ? null : "TLS",
        Instant.EPOCH,
        null,
        null);
  }

  private static boolean matches(HostRow host, HostQuery query) {
    return (query.text() == null || holds(host.name(), query.text()))
        && (query.group() == null || String.valueOf(host.group()).startsWith(query.group()))
        && (query.environment() == null || query.environment().equals(host.environment()))
        && (query.statuses().isEmpty() || query.statuses().contains(host.status()));
  }

  private static Comparator<HostRow> order(HostQuery query) {
    Comparator<HostRow> order =
        switch (query.sort()) {
          case NAME -> Comparator.comparing(HostRow::name);
          case SCORE -> Comparator.comparingDouble(h -> h.score() == null ? -1 : h.score());
          case LAST_READ ->
              Comparator.comparing(h -> h.lastReadAt() == null ? Instant.EPOCH : h.lastReadAt());
          case OPEN_CRITICALS -> Comparator.comparingLong(HostRow::openCriticals);
        };
    return query.descending() ? order.reversed() : order;
  }

  private static boolean matches(SubjectRow subject, SubjectQuery query) {
    return (query.hostId() == null || subject.host().id() == query.hostId())
        && (query.kind() == null || query.kind().equals(subject.kind()))
        && (query.text() == null || holds(subject.name(), query.text()));
  }

  private static Comparator<SubjectRow> order(SubjectQuery query) {
    Comparator<SubjectRow> order =
        switch (query.sort()) {
          case NAME -> Comparator.comparing(SubjectRow::name);
          case FIRST_SEEN -> Comparator.comparing(SubjectRow::firstSeen);
          case WORST ->
              Comparator.comparingInt(s -> s.worst() == null ? 0 : FakeFleet.weight(s.worst()));
        };
    return query.descending() ? order.reversed() : order;
  }

  private static boolean matches(FindingRow finding, FindingQuery query) {
    return (query.hostId() == null || finding.host().id() == query.hostId())
        && (query.check() == null || finding.check().equals(query.check()))
        && (query.group() == null || String.valueOf(finding.group()).startsWith(query.group()))
        && (query.severities().isEmpty() || query.severities().contains(finding.severity()))
        && (query.statuses().isEmpty()
            ? !finding.status().equals("RESOLVED")
            : query.statuses().contains(finding.status()))
        && (query.kind() == null || query.kind().equals(finding.kind()))
        && (query.assignee() == null || query.assignee().equals(finding.assignee()))
        && (query.advisory() || !finding.advisory())
        && (query.text() == null
            || holds(finding.lineage() + finding.check() + finding.host().name(), query.text()));
  }

  private static Comparator<FindingRow> order(FindingQuery query) {
    Comparator<FindingRow> order =
        switch (query.sort()) {
          case SEVERITY -> Comparator.comparingInt(f -> FakeFleet.weight(f.severity()));
          case FAILING_SINCE -> Comparator.comparing(FindingRow::failingSince);
          case HOST -> Comparator.comparing(f -> f.host().name());
          case CHECK -> Comparator.comparing(FindingRow::check);
        };
    return query.descending() ? order.reversed() : order;
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static FindingRow changed(FindingRow old, Findings.Change change) {
    String assignee = change.assignee() == null ? old.assignee() : change.assignee();
    return new FindingRow(
        old.id(),
        old.check(),
        old.title(),
        old.severity(),
        old.advisory(),
        old.host(),
        old.group(),
        old.kind(),
        old.lineage(),
        old.subjects(),
        old.subjectCount(),
        change.status() == null ? old.status() : change.status(),
        assignee == null || assignee.isEmpty() ? null : assignee,
        old.dueAt(),
        old.failingSince(),
        old.resolvedAt(),
        old.reopened(),
        old.externalUrl());
  }

  private FindingEvent event(Findings.Change change) {
    return change.comment() == null
        ? new FindingEvent(fleet.now(), "analyst", "STATUS", "Changed.")
        : new FindingEvent(fleet.now(), "analyst", "COMMENT", change.comment());
  }

  /** A stretch of a list; its cursor is the offset at which the next one starts. */
  static <T> Page<T> page(List<T> all, PageRequest request) {
    int from = request.after() == null ? 0 : Integer.parseInt(request.after());
    int to = Math.min(all.size(), from + request.limit());
    return new Page<>(
        all.subList(Math.min(from, to), to),
        to < all.size() ? Integer.toString(to) : null,
        request.count() ? (long) all.size() : null,
        false);
  }
}
