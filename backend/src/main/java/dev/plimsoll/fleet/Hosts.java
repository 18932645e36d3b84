package dev.plimsoll.fleet;

import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.fleet.HostImport.Line;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The hosts that Plimsoll watches: add, edit, pause, decommission. */
@Service
public class Hosts {
  /** The unique index of V002 that guards names against two transactions at once. */
  private static final String NAME_INDEX = "host_active_name";

  private static final String READINGS = "readings";
  private static final Set<String> HOW_REACHED = Set.of("endpoint", "credential");

  /** Changes that say nothing of what the host is to people. */
  private static final Set<String> DESCRIBES_NOTHING = Set.of("endpoint", "credential", READINGS);

  private final HostRepository rows;
  private final HostReading reading;
  private final HostHistory history;
  private final CredentialStore credentials;
  private final GroupTree groups;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Hosts(
      HostRepository rows,
      HostReading reading,
      HostHistory history,
      CredentialStore credentials,
      GroupTree groups,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.reading = reading;
    this.history = history;
    this.credentials = credentials;
    this.groups = groups;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Adds a host; it is collected at once.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if an active host has that name
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord add(HostDraft draft) {
    CheckedHost checked = passed(HostRules.check(draft, null));
    if (reading.activeByName(checked.name()).isPresent()) {
      throw new NameTaken("host", checked.name());
    }
    HostRecord host = insert(checked);
    audit.record("host.added", subject(host), described(host));
    return host;
  }

  /**
   * Adds all hosts or none.
   *
   * @throws InvalidInput naming every bad line as {@code line 3: endpoint}, counted from 1
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public List<HostRecord> addAll(List<HostDraft> drafts) {
    return addLines(
        new HostImport(
            IntStream.range(0, drafts.size())
                .mapToObj(i -> new Line(i + 1, drafts.get(i)))
                .toList(),
            List.of()));
  }

  /**
   * Adds all hosts of a list or none.
   *
   * @throws InvalidInput naming every bad line as {@code line 3: endpoint}
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public List<HostRecord> addAll(HostImport list) {
    return addLines(list);
  }

  /** What keeps a host from being added, its name's being taken apart; empty if nothing does. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional(readOnly = true)
  public List<FieldError> problems(HostDraft draft) {
    return switch (HostRules.check(draft, null)) {
      case HostRules.Result.Passed passed -> List.of();
      case HostRules.Result.Failed failed -> failed.errors();
    };
  }

  /** What keeps a list from being added, as {@code line 3: endpoint}; empty if nothing does. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional(readOnly = true)
  public List<FieldError> problems(HostImport list) {
    List<FieldError> errors = new ArrayList<>();
    checkedLines(list, errors);
    return errors;
  }

  /**
   * Replaces what is known of a host; a null credential keeps the stored one unless the endpoint no
   * longer takes one.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if another active host has that name
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord edit(long hostId, HostDraft draft) {
    return change(hostId, before -> draft, false);
  }

  /**
   * The same, from what the host is at that moment: nobody changes it in between.
   *
   * @param eraseCredential whether the stored credential goes if the draft brings none
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord edit(
      long hostId, Function<HostRecord, HostDraft> draft, boolean eraseCredential) {
    return change(hostId, draft, eraseCredential);
  }

  /** Stops collecting a host until it is resumed; it goes stale in time. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord pause(long hostId) {
    Host row = lock(hostId);
    HostRecord before = active(hostId);
    if (before.pausedAt() != null) {
      return before;
    }
    row.pause(clock.instant());
    return finish(hostId, "host.paused", HostChanged.Kind.PAUSED);
  }

  /** Collects a paused host again, at once. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord resume(long hostId) {
    Host row = lock(hostId);
    HostRecord before = active(hostId);
    if (before.pausedAt() == null) {
      return before;
    }
    row.resume();
    return finish(hostId, "host.resumed", HostChanged.Kind.RESUMED);
  }

  /** Ends watching a host for good. Its history stays, its credential is erased. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord decommission(long hostId) {
    Host row = lock(hostId);
    HostRecord before = existing(hostId);
    if (before.decommissionedAt() != null) {
      return before;
    }
    row.decommission(clock.instant());
    credentials.erase(hostId);
    return finish(hostId, "host.decommissioned", HostChanged.Kind.DECOMMISSIONED);
  }

  /** The host of that ID, or the active host of exactly that name, ignoring case. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<HostRecord> find(String idOrName) {
    return reading.byIdOrName(idOrName);
  }

  /** The same for whoever may report a host's backups and see nothing else of it: its ID. */
  @Requires(Permission.REPORT_BACKUPS)
  @Transactional(readOnly = true)
  public Optional<Long> idForReport(String idOrName) {
    return reading.byIdOrName(idOrName).map(HostRecord::id);
  }

  /** A host for the collector; empty if there is none. */
  @PortalItself
  @Transactional(readOnly = true)
  public Optional<HostRecord> forCollection(long hostId) {
    return reading.byId(hostId);
  }

  /** The unsealed credential for the collector; empty if the host has none. */
  @PortalItself
  @Transactional(readOnly = true)
  public Optional<Credential> credentialForCollection(long hostId) {
    return credentials.open(hostId);
  }

  /**
   * Adds the first host in the portal's own name.
   *
   * @return empty if there is a host already, or ever was one
   */
  @PortalItself
  @Transactional
  public Optional<HostRecord> addFirst(HostDraft draft) {
    groups.lock();
    if (rows.count() > 0) {
      return Optional.empty();
    }
    HostRecord host = insert(passed(HostRules.check(draft, null)));
    audit.recordAs(AuditTrail.PORTAL, "host.added", subject(host), described(host));
    return Optional.of(host);
  }

  private List<HostRecord> addLines(HostImport list) {
    List<FieldError> errors = new ArrayList<>();
    List<CheckedHost> checked = checkedLines(list, errors);
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    List<HostRecord> added = checked.stream().map(this::insert).toList();
    for (HostRecord host : added) {
      audit.record("host.added", subject(host), described(host));
    }
    return added;
  }

  private List<CheckedHost> checkedLines(HostImport list, List<FieldError> errors) {
    errors.addAll(list.errors());
    List<CheckedHost> checked = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Line line : list.lines()) {
      switch (HostRules.check(line.draft(), null)) {
        case HostRules.Result.Failed failed ->
            failed.errors().forEach(error -> errors.add(line.error(error)));
        case HostRules.Result.Passed passed -> {
          String name = passed.host().name();
          if (!names.add(name.toLowerCase(Locale.ROOT))) {
            errors.add(line.error(taken(name, "stands twice in the list. Choose another name.")));
          } else if (reading.activeByName(name).isPresent()) {
            errors.add(line.error(taken(name, "is another host's. Choose another name.")));
          }
          checked.add(passed.host());
        }
      }
    }
    errors.sort((a, b) -> Integer.compare(Line.numberIn(a), Line.numberIn(b)));
    return checked;
  }

  private HostRecord insert(CheckedHost checked) {
    Host row =
        saved(
            checked.name(), () -> rows.save(new Host(checked, groupId(checked), clock.instant())));
    if (checked.credential() != null) {
      credentials.put(row.id(), checked.credential());
    }
    history.write(List.of(row.id()));
    events.publishEvent(new HostChanged(row.id(), HostChanged.Kind.ADDED));
    return existing(row.id());
  }

  private HostRecord change(
      long hostId, Function<HostRecord, HostDraft> draft, boolean eraseCredential) {
    Host row = lock(hostId);
    HostRecord before = active(hostId);
    HostDraft wanted = draft.apply(before);
    @Nullable String kept =
        wanted.credential() == null && !eraseCredential ? before.credentialKind() : null;
    CheckedHost checked = passed(HostRules.check(wanted, kept));
    refuseTakenName(checked.name(), hostId);
    row.describe(checked, groupId(checked));
    saved(checked.name(), () -> rows.save(row));
    boolean otherCredential = changeCredential(before, checked, eraseCredential);
    HostRecord after = existing(hostId);
    Map<String, Object> changes = HostChange.between(before, after);
    if (otherCredential) {
      changes.putIfAbsent("credential", "replaced");
    }
    if (changes.isEmpty()) {
      return after;
    }
    history.write(List.of(hostId));
    publish(hostId, changes);
    audit.record("host.edited", subject(after), changes);
    return after;
  }

  private void publish(long hostId, Map<String, Object> changes) {
    if (changes.keySet().stream().anyMatch(HOW_REACHED::contains)) {
      events.publishEvent(new HostChanged(hostId, HostChanged.Kind.REACHED_ANEW));
    }
    if (changes.containsKey(READINGS)) {
      events.publishEvent(new HostChanged(hostId, HostChanged.Kind.READ_OTHERWISE));
    }
    if (!DESCRIBES_NOTHING.containsAll(changes.keySet())) {
      events.publishEvent(new HostChanged(hostId, HostChanged.Kind.EDITED));
    }
  }

  private boolean changeCredential(
      HostRecord before, CheckedHost checked, boolean eraseCredential) {
    if (checked.credential() != null) {
      credentials.put(before.id(), checked.credential());
      return true;
    }
    if (before.credentialKind() != null
        && (eraseCredential || !takes(checked.endpoint(), before.credentialKind()))) {
      credentials.erase(before.id());
      return true;
    }
    return false;
  }

  private static boolean takes(Endpoint endpoint, String kind) {
    return switch (endpoint) {
      case Endpoint.Unix unix -> false;
      case Endpoint.Tcp tcp -> kind.equals("TLS");
      case Endpoint.Ssh ssh -> kind.equals("SSH");
    };
  }

  private HostRecord finish(long hostId, String action, HostChanged.Kind kind) {
    rows.flush();
    history.write(List.of(hostId));
    events.publishEvent(new HostChanged(hostId, kind));
    HostRecord after = existing(hostId);
    audit.record(action, subject(after), Map.of());
    return after;
  }

  private Host lock(long hostId) {
    return rows.findForChange(hostId).orElseThrow(() -> new NoSuchHost(Long.toString(hostId)));
  }

  private HostRecord existing(long hostId) {
    return reading.byId(hostId).orElseThrow(() -> new NoSuchHost(Long.toString(hostId)));
  }

  private HostRecord active(long hostId) {
    HostRecord host = existing(hostId);
    if (host.decommissionedAt() != null) {
      throw new InvalidInput(
          "host", "\"" + host.name() + "\" was decommissioned. Add it as a new host.");
    }
    return host;
  }

  private void refuseTakenName(String name, long ownId) {
    if (reading.activeByName(name).filter(other -> other.id() != ownId).isPresent()) {
      throw new NameTaken("host", name);
    }
  }

  private @Nullable Long groupId(CheckedHost checked) {
    return checked.group().isEmpty() ? null : (Long) groups.findOrCreate(checked.group()).id();
  }

  /** Writes a row; if another transaction took the name meanwhile, says so. */
  private Host saved(String name, Supplier<Host> write) {
    try {
      Host row = write.get();
      rows.flush();
      return row;
    } catch (DataIntegrityViolationException e) {
      if (String.valueOf(e.getMostSpecificCause().getMessage()).contains(NAME_INDEX)) {
        NameTaken taken = new NameTaken("host", name);
        taken.initCause(e);
        throw taken;
      }
      throw e;
    }
  }

  private static CheckedHost passed(HostRules.Result result) {
    return switch (result) {
      case HostRules.Result.Passed passed -> passed.host();
      case HostRules.Result.Failed failed -> throw new InvalidInput(failed.errors());
    };
  }

  private static FieldError taken(String name, String what) {
    return new FieldError("name", "\"" + Shown.of(name) + "\" " + what);
  }

  private static String subject(HostRecord host) {
    return "host:" + host.id() + " " + host.name();
  }

  private static Map<String, @Nullable Object> described(HostRecord host) {
    Map<String, @Nullable Object> detail = new TreeMap<>();
    detail.put("endpoint", host.endpoint().uri());
    detail.put("group", host.groupPath());
    detail.put("environment", host.environment());
    detail.put("owner", host.owner());
    detail.put("criticality", host.criticality());
    detail.put("labels", host.labels());
    detail.put("intervalSeconds", host.intervalSeconds());
    detail.put("readings", Readings.words(host.readings()));
    detail.put("credential", host.credentialKind());
    return detail;
  }
}
