package dev.plimsoll.ui.navigation;

import com.vaadin.flow.router.QueryParameters;
import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.checklist.Declaration;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.FindingQuery;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.posture.SubjectQuery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in the portal somebody is: a view with its filters, sort, tab and selection. It owns every
 * URL; a URL that it wrote restores the same place, for a colleague and after a lost session.
 *
 * <p>A parameter that cannot be read is left out, and {@link Parsed#problems()} says so.
 */
public sealed interface Place {

  /** Path and query relative to the portal's root, percent-encoded. */
  String url();

  /**
   * What a URL says.
   *
   * @param problems sentences about parameters that were left out
   */
  record Parsed<P extends Place>(P place, List<String> problems) {}

  /**
   * The first page.
   *
   * @param group path whose subtree counts; null for the whole fleet
   * @param asOf null for now
   * @param retold whether the trend is shown as it would have been under what counts now
   */
  record Fleet(@Nullable String group, @Nullable Instant asOf, boolean retold) implements Place {
    public static final String ROUTE = "";
    public static final Fleet NOW = new Fleet(null, null);

    /** With the trend as it was published. */
    public Fleet(@Nullable String group, @Nullable Instant asOf) {
      this(group, asOf, false);
    }

    /** The same with the trend told so. */
    public Fleet retold(boolean again) {
      return new Fleet(group, asOf, again);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .put("group", group)
          .put("asOf", asOf)
          .putIf(retold, "retold", true)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Fleet> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(
          new Fleet(in.text("group"), in.instant("asOf"), in.flag("retold")), in.problems());
    }
  }

  /** The list of hosts. */
  record Hosts(HostQuery query) implements Place {
    public static final String ROUTE = "hosts";
    public static final Hosts ALL = new Hosts(HostQuery.ALL);

    /** Active hosts in these statuses. */
    public static Hosts in(Set<HostStatus> statuses, @Nullable String group, @Nullable Instant at) {
      return new Hosts(new HostQuery(null, group, null, statuses, HostQuery.Sort.NAME, false, at));
    }

    /** Hosts by open criticals, most first. */
    public static Hosts byCriticals(@Nullable String group, @Nullable Instant at) {
      return new Hosts(
          new HostQuery(null, group, null, Set.of(), HostQuery.Sort.OPEN_CRITICALS, true, at));
    }

    /** Hosts by score, lowest first. */
    public static Hosts byScore(@Nullable String group, @Nullable Instant at) {
      return new Hosts(new HostQuery(null, group, null, Set.of(), HostQuery.Sort.SCORE, false, at));
    }

    /** The same list as it is now. */
    public Hosts now() {
      return new Hosts(
          new HostQuery(
              query.text(),
              query.group(),
              query.environment(),
              query.statuses(),
              query.sort(),
              query.descending(),
              null));
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .put("q", query.text())
          .put("group", query.group())
          .put("environment", query.environment())
          .putAll("status", query.statuses().stream().map(Words::of).toList())
          .putIf(query.sort() != HostQuery.Sort.NAME, "sort", Words.of(query.sort()))
          .putIf(query.descending(), "order", "desc")
          .put("asOf", query.asOf())
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Hosts> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      HostQuery query =
          new HostQuery(
              in.text("q"),
              in.text("group"),
              in.text("environment"),
              in.constants("status", HostStatus.class),
              in.constant("sort", HostQuery.Sort.class, HostQuery.Sort.NAME),
              in.descending(false),
              in.instant("asOf"));
      return new Parsed<>(new Hosts(query), in.problems());
    }
  }

  /** The form for a new host. */
  record NewHost() implements Place {
    public static final String ROUTE = "hosts/new";

    @Override
    public String url() {
      return ROUTE;
    }
  }

  /** The page that imports many hosts. */
  record ImportHosts() implements Place {
    public static final String ROUTE = "hosts/import";

    @Override
    public String url() {
      return ROUTE;
    }
  }

  /** The form for a host that is there. */
  record EditHost(long hostId) implements Place {
    public static final String ROUTE = "hosts/:hostId/edit";

    @Override
    public String url() {
      return "hosts/" + hostId + "/edit";
    }
  }

  /** What a host's page shows below its header. */
  enum HostTab {
    OVERVIEW,
    CONTAINERS,
    IMAGES,
    VOLUMES,
    NETWORKS,
    DATA,
    HOST_FILES,
    FINDINGS,
    COLLECTIONS
  }

  /**
   * One host.
   *
   * @param text part of a subject's name
   * @param sort of the subjects
   * @param gone whether subjects that are no longer there are listed too
   * @param asOf null for now
   * @param retold whether the trend is shown as it would have been under what counts now
   */
  record Host(
      long hostId,
      HostTab tab,
      @Nullable String text,
      SubjectQuery.Sort sort,
      boolean descending,
      boolean gone,
      @Nullable Instant asOf,
      boolean retold)
      implements Place {
    public static final String ROUTE = "hosts/:hostId";

    /** With the trend as it was published. */
    public Host(
        long hostId,
        HostTab tab,
        @Nullable String text,
        SubjectQuery.Sort sort,
        boolean descending,
        boolean gone,
        @Nullable Instant asOf) {
      this(hostId, tab, text, sort, descending, gone, asOf, false);
    }

    /** The same with the trend told so. */
    public Host retold(boolean again) {
      return new Host(hostId, tab, text, sort, descending, gone, asOf, again);
    }

    /** A host's overview. */
    public static Host of(long hostId, @Nullable Instant asOf) {
      return of(hostId, HostTab.OVERVIEW, asOf);
    }

    /** One tab of a host's page. */
    public static Host of(long hostId, HostTab tab, @Nullable Instant asOf) {
      return new Host(hostId, tab, null, SubjectQuery.Sort.WORST, true, false, asOf);
    }

    @Override
    public String url() {
      return new QueryWriter("hosts/" + hostId)
          .putIf(tab != HostTab.OVERVIEW, "tab", Words.of(tab))
          .put("q", text)
          .putIf(sort != SubjectQuery.Sort.WORST, "sort", Words.of(sort))
          .putIf(descending != (sort == SubjectQuery.Sort.WORST), "order", order(descending))
          .putIf(gone, "gone", true)
          .put("asOf", asOf)
          .putIf(retold, "retold", true)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Host> parse(long hostId, QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      SubjectQuery.Sort sort =
          in.constant("sort", SubjectQuery.Sort.class, SubjectQuery.Sort.WORST);
      Host host =
          new Host(
              hostId,
              in.constant("tab", HostTab.class, HostTab.OVERVIEW),
              in.text("q"),
              sort,
              in.descending(sort == SubjectQuery.Sort.WORST),
              in.flag("gone"),
              in.instant("asOf"),
              in.flag("retold"));
      return new Parsed<>(host, in.problems());
    }
  }

  /**
   * One subject.
   *
   * @param check whose verdict is unfolded
   * @param document SHA-256 in hex of the document that is open
   * @param path in that document that is marked
   * @param asOf null for now
   */
  record Subject(
      long subjectId,
      @Nullable String check,
      @Nullable String document,
      @Nullable String path,
      @Nullable Instant asOf)
      implements Place {
    public static final String ROUTE = "subjects/:subjectId";

    /** A subject with nothing unfolded. */
    public static Subject of(long subjectId, @Nullable Instant asOf) {
      return new Subject(subjectId, null, null, null, asOf);
    }

    /** A subject with the verdict of one check unfolded. */
    public static Subject of(long subjectId, String check, @Nullable Instant asOf) {
      return new Subject(subjectId, check, null, null, asOf);
    }

    /** The same subject with a document open and a path in it marked. */
    public Subject opening(String sha256, @Nullable String path) {
      return new Subject(subjectId, check, sha256, path, asOf);
    }

    @Override
    public String url() {
      return new QueryWriter("subjects/" + subjectId)
          .put("check", check)
          .put("document", document)
          .put("path", path)
          .put("asOf", asOf)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Subject> parse(long subjectId, QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      Subject subject =
          new Subject(
              subjectId,
              in.text("check"),
              in.text("document"),
              in.text("path"),
              in.instant("asOf"));
      return new Parsed<>(subject, in.problems());
    }
  }

  /**
   * The queue of findings.
   *
   * @param selected the finding whose details are open
   */
  record Findings(FindingQuery query, @Nullable Long selected) implements Place {
    public static final String ROUTE = "findings";
    public static final Findings OPEN = new Findings(FindingQuery.OPEN, null);
    private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low");
    private static final Set<String> STATUSES =
        Set.of("open", "acknowledged", "waived", "resolved");

    /** Unresolved findings of one severity, in the subtree of a group if one is given. */
    public static Findings ofSeverity(String severity, @Nullable String group) {
      return new Findings(
          new FindingQuery(
              null,
              group,
              null,
              Set.of(severity),
              Set.of(),
              null,
              null,
              false,
              null,
              FindingQuery.Sort.SEVERITY,
              true),
          null);
    }

    /** Unresolved findings of one check, advisory or not. */
    public static Findings ofCheck(String check, boolean advisory) {
      return new Findings(
          new FindingQuery(
              null,
              null,
              check,
              Set.of(),
              Set.of(),
              null,
              null,
              advisory,
              null,
              FindingQuery.Sort.SEVERITY,
              true),
          null);
    }

    /** Unresolved findings of one host, of one severity if it is given. */
    public static Findings ofHost(long hostId, @Nullable String severity) {
      return new Findings(
          new FindingQuery(
              hostId,
              null,
              null,
              severity == null ? Set.of() : Set.of(severity),
              Set.of(),
              null,
              null,
              false,
              null,
              FindingQuery.Sort.SEVERITY,
              true),
          null);
    }

    /** The same list with another finding's details open, or none. */
    public Findings selecting(@Nullable Long findingId) {
      return new Findings(query, findingId);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .putAll("severity", query.severities())
          .putAll("status", lowerCase(query.statuses()))
          .put("check", query.check())
          .put("group", query.group())
          .put("host", query.hostId())
          .put("kind", query.kind())
          .put("assignee", query.assignee())
          .putIf(query.advisory(), "advisory", true)
          .put("q", query.text())
          .putIf(query.sort() != FindingQuery.Sort.SEVERITY, "sort", Words.of(query.sort()))
          .putIf(
              query.descending() != (query.sort() == FindingQuery.Sort.SEVERITY),
              "order",
              order(query.descending()))
          .put("finding", selected)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Findings> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      FindingQuery.Sort sort =
          in.constant("sort", FindingQuery.Sort.class, FindingQuery.Sort.SEVERITY);
      FindingQuery query =
          new FindingQuery(
              in.id("host"),
              in.text("group"),
              in.text("check"),
              in.words("severity", SEVERITIES),
              upperCase(in.words("status", STATUSES)),
              in.text("kind"),
              in.text("assignee"),
              in.flag("advisory"),
              in.text("q"),
              sort,
              in.descending(sort == FindingQuery.Sort.SEVERITY));
      return new Parsed<>(new Findings(query, in.id("finding")), in.problems());
    }
  }

  /**
   * The plan of fewest changes.
   *
   * @param hostId for which host; null for a group or the fleet
   * @param group path whose subtree counts; null for a host or the fleet
   * @param grade to be reached; null if a score is the goal
   * @param score to be reached, 0 to 100; null if a grade is the goal
   */
  record Plan(
      @Nullable Long hostId,
      @Nullable String group,
      @Nullable String grade,
      @Nullable Integer score)
      implements Place {
    public static final String ROUTE = "plan";
    private static final String USUAL = "B";
    public static final Plan FLEET = new Plan(null, null, USUAL, null);
    private static final Set<String> GRADES = Set.of("a", "b", "c", "d");

    /** A host's plan for the usual goal. */
    public static Plan ofHost(long hostId) {
      return new Plan(hostId, null, USUAL, null);
    }

    /** A group's plan for the usual goal; the fleet's if there is no group. */
    public static Plan ofGroup(@Nullable String group) {
      return new Plan(null, group, USUAL, null);
    }

    /** The same scope with another goal. */
    public Plan reaching(@Nullable String otherGrade, @Nullable Integer otherScore) {
      return new Plan(hostId, group, otherGrade, otherScore);
    }

    /** Images to rebuild in the same scope. */
    public Rebuilds rebuilds() {
      return new Rebuilds(hostId, group);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .put("host", hostId)
          .put("group", group)
          .put("grade", grade)
          .put("score", score)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Plan> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      Long id = in.id("host");
      Integer wanted = in.number("score", 0, 100);
      Set<String> grades = in.words("grade", GRADES);
      String goal =
          wanted != null
              ? null
              : grades.isEmpty() ? USUAL : grades.iterator().next().toUpperCase(Locale.ROOT);
      return new Parsed<>(
          new Plan(id, id == null ? in.text("group") : null, goal, wanted), in.problems());
    }
  }

  /**
   * Images that are worth building anew.
   *
   * @param hostId of which host; null for a group or the fleet
   * @param group path whose subtree counts; null for a host or the fleet
   */
  record Rebuilds(@Nullable Long hostId, @Nullable String group) implements Place {
    public static final String ROUTE = "rebuilds";
    public static final Rebuilds FLEET = new Rebuilds(null, null);

    /** The plan for the same scope. */
    public Plan plan() {
      return hostId == null ? Plan.ofGroup(group) : Plan.ofHost(hostId);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("host", hostId).put("group", group).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Rebuilds> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      Long id = in.id("host");
      return new Parsed<>(new Rebuilds(id, id == null ? in.text("group") : null), in.problems());
    }
  }

  /** What the catalogue is ordered by. */
  enum CheckSort {
    CATALOGUE,
    TITLE,
    SEVERITY,
    FAILING
  }

  /** The checks that the company writes itself. */
  record OwnChecks() implements Place {
    public static final String ROUTE = "checks/own";

    @Override
    public String url() {
      return ROUTE;
    }
  }

  /**
   * The form for a new own check.
   *
   * @param example which example it starts from; null for none
   */
  record NewOwnCheck(@Nullable String example) implements Place {
    public static final String ROUTE = "checks/own/new";

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("example", example).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<NewOwnCheck> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new NewOwnCheck(in.text("example")), in.problems());
    }
  }

  /** An own check with its form, and what it would say of the fleet. */
  record OwnCheck(String id) implements Place {
    public static final String ROUTE = "checks/own/:checkId";

    @Override
    public String url() {
      return "checks/own/" + id;
    }
  }

  /**
   * The catalogue.
   *
   * @param text part of ID, title or reference
   * @param kind word of the subject kind; null for any
   * @param severities words; empty for any
   * @param failing whether only checks that fail somewhere are listed
   * @param profile ID or name of the profile in whose scope they are; null for any
   * @param sort what to order by
   * @param selected the check whose details are open
   */
  record Checks(
      @Nullable String text,
      @Nullable String kind,
      Set<String> severities,
      boolean failing,
      @Nullable String profile,
      CheckSort sort,
      boolean descending,
      @Nullable String selected)
      implements Place {
    public static final String ROUTE = "checks";
    public static final Checks ALL =
        new Checks(null, null, Set.of(), false, null, CheckSort.CATALOGUE, false, null);
    private static final Set<String> SEVERITIES = Set.of("critical", "high", "medium", "low");

    public Checks {
      severities = Set.copyOf(severities);
    }

    /** The checks in scope of a profile. */
    public static Checks in(String profile) {
      return new Checks(null, null, Set.of(), false, profile, CheckSort.CATALOGUE, false, null);
    }

    /** The catalogue with one check's details open. */
    public static Checks of(String check) {
      return ALL.selecting(check);
    }

    /** The same list with another check's details open, or none. */
    public Checks selecting(@Nullable String check) {
      return new Checks(text, kind, severities, failing, profile, sort, descending, check);
    }

    /** The same list in another order. */
    public Checks sorting(CheckSort by, boolean falling) {
      return new Checks(text, kind, severities, failing, profile, by, falling, selected);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .put("q", text)
          .put("kind", kind)
          .putAll("severity", severities)
          .putIf(failing, "failing", true)
          .put("profile", profile)
          .putIf(sort != CheckSort.CATALOGUE, "sort", Words.of(sort))
          .putIf(descending, "order", "desc")
          .put("check", selected)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Checks> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      Checks checks =
          new Checks(
              in.text("q"),
              in.text("kind"),
              in.words("severity", SEVERITIES),
              in.flag("failing"),
              in.text("profile"),
              in.constant("sort", CheckSort.class, CheckSort.CATALOGUE),
              in.descending(false),
              in.text("check"));
      return new Parsed<>(checks, in.problems());
    }
  }

  /**
   * Which checks count, and for whom.
   *
   * @param selected ID of the profile whose scope is shown; null for the first
   * @param version of that profile; null for the newest
   */
  record Profiles(@Nullable String selected, @Nullable Long version) implements Place {
    public static final String ROUTE = "profiles";
    public static final Profiles ALL = new Profiles(null, null);

    /** One profile in its newest version. */
    public static Profiles of(String id) {
      return new Profiles(id, null);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("profile", selected).put("version", version).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Profiles> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new Profiles(in.text("profile"), in.id("version")), in.problems());
    }
  }

  /**
   * The form for a new profile.
   *
   * @param copyOf ID of the profile whose scope it begins with; null for Everything
   */
  record NewProfile(@Nullable String copyOf) implements Place {
    public static final String ROUTE = "profiles/new";

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("copyOf", copyOf).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<NewProfile> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new NewProfile(in.text("copyOf")), in.problems());
    }
  }

  /** The form for a profile that is there. */
  record EditProfile(String profileId) implements Place {
    public static final String ROUTE = "profiles/:profileId/edit";

    @Override
    public String url() {
      return "profiles/" + profileId + "/edit";
    }
  }

  /** The form for who has which profile. */
  record AssignProfiles() implements Place {
    public static final String ROUTE = "profiles/assignments";

    @Override
    public String url() {
      return ROUTE;
    }
  }

  /**
   * What the company declared to be meant.
   *
   * @param kind what is declared; null for all
   */
  record DeclaredList(@Nullable Declaration kind) implements Place {
    public static final String ROUTE = "checks/declared";
    public static final DeclaredList ALL = new DeclaredList(null);

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("kind", kind == null ? null : kind.word()).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<DeclaredList> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      String word = in.text("kind");
      for (Declaration declaration : Declaration.values()) {
        if (declaration.word().equals(word)) {
          return new Parsed<>(new DeclaredList(declaration), in.problems());
        }
      }
      return new Parsed<>(
          ALL,
          word == null
              ? in.problems()
              : List.of("Nothing called \"" + word + "\" can be declared; all is shown."));
    }
  }

  /** What a time line of coverage counts. */
  enum Measure {
    COUNT,
    BYTES
  }

  /** Whether the data that a host keeps would survive its loss: how much, and which would not. */
  record Coverage(CoverageQuery query, Measure measure) implements Place {
    public static final String ROUTE = "coverage";
    public static final Coverage ALL = new Coverage(CoverageQuery.ALL, Measure.COUNT);

    /** The data of one host. */
    public static Coverage ofHost(long hostId, @Nullable Instant asOf) {
      return new Coverage(
          new CoverageQuery(
              hostId,
              null,
              Set.of(),
              Set.of(),
              null,
              null,
              null,
              null,
              CoverageQuery.Sort.STATE,
              false,
              asOf,
              null),
          Measure.COUNT);
    }

    /** The data of a group's subtree, of the fleet if there is none. */
    public static Coverage ofGroup(@Nullable String group, @Nullable Instant asOf) {
      return new Coverage(
          new CoverageQuery(
              null,
              group,
              Set.of(),
              Set.of(),
              null,
              null,
              null,
              null,
              CoverageQuery.Sort.STATE,
              false,
              asOf,
              null),
          Measure.COUNT);
    }

    /** The data for which a policy is the strictest. */
    public static Coverage ofPolicy(String policy, Set<CoverageState> states) {
      return new Coverage(
          new CoverageQuery(
              null,
              null,
              states,
              Set.of(),
              policy,
              null,
              null,
              null,
              CoverageQuery.Sort.STATE,
              false,
              null,
              null),
          Measure.COUNT);
    }

    /** The same scope narrowed to these states, and to what lies off its host or does not. */
    public Coverage narrowed(Set<CoverageState> states, CoverageQuery.@Nullable OffHost offHost) {
      return new Coverage(
          new CoverageQuery(
              query.hostId(),
              query.group(),
              states,
              Set.of(),
              null,
              null,
              null,
              offHost,
              query.sort(),
              query.descending(),
              query.asOf(),
              query.knownAt()),
          measure);
    }

    /** The same list in another order. */
    public Coverage sorted(CoverageQuery.Sort sort, boolean descending) {
      return new Coverage(
          new CoverageQuery(
              query.hostId(),
              query.group(),
              query.states(),
              query.kinds(),
              query.policy(),
              query.text(),
              query.orphaned(),
              query.offHost(),
              sort,
              descending,
              query.asOf(),
              query.knownAt()),
          measure);
    }

    /** The same with the time line in another measure. */
    public Coverage measuring(Measure other) {
      return new Coverage(query, other);
    }

    /** The same list as it is now. */
    public Coverage now() {
      return new Coverage(
          new CoverageQuery(
              query.hostId(),
              query.group(),
              query.states(),
              query.kinds(),
              query.policy(),
              query.text(),
              query.orphaned(),
              query.offHost(),
              query.sort(),
              query.descending(),
              null,
              null),
          measure);
    }

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .putAll("state", query.states().stream().map(Words::of).toList())
          .putAll("kind", query.kinds().stream().map(Words::of).toList())
          .put("host", query.hostId())
          .put("group", query.group())
          .put("policy", query.policy())
          .put("q", query.text())
          .put("orphaned", query.orphaned())
          .put("offHost", query.offHost() == null ? null : Words.of(query.offHost()))
          .putIf(query.sort() != CoverageQuery.Sort.STATE, "sort", Words.of(query.sort()))
          .putIf(query.descending(), "order", "desc")
          .putIf(measure != Measure.COUNT, "by", Words.of(measure))
          .put("asOf", query.asOf())
          .put("knownAt", query.knownAt())
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Coverage> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      CoverageQuery query =
          new CoverageQuery(
              in.id("host"),
              in.text("group"),
              in.constants("state", CoverageState.class),
              in.constants("kind", DataKind.class),
              in.text("policy"),
              in.text("q"),
              in.choice("orphaned"),
              in.constantOrNull("offHost", CoverageQuery.OffHost.class),
              in.constant("sort", CoverageQuery.Sort.class, CoverageQuery.Sort.STATE),
              in.descending(false),
              in.instant("asOf"),
              in.instant("knownAt"));
      return new Parsed<>(
          new Coverage(query, in.constant("by", Measure.class, Measure.COUNT)), in.problems());
    }
  }

  /**
   * Data of a host that has no page as a subject of its own, with its backups.
   *
   * @param asOf null for now
   */
  record KeptData(long dataId, @Nullable Instant asOf) implements Place {
    public static final String ROUTE = "coverage/data/:dataId";

    @Override
    public String url() {
      return new QueryWriter("coverage/data/" + dataId).put("asOf", asOf).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<KeptData> parse(long dataId, QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new KeptData(dataId, in.instant("asOf")), in.problems());
    }
  }

  /** What must be backed up and how fresh, or need not be. */
  record Policies() implements Place {
    public static final String ROUTE = "coverage/policies";

    @Override
    public String url() {
      return ROUTE;
    }
  }

  /**
   * The form for a new backup policy.
   *
   * @param kind of the data that it begins with; null for volumes
   * @param name pattern that it begins with; null for every name
   * @param exempt whether it begins as an exemption
   */
  record NewPolicy(@Nullable DataKind kind, @Nullable String name, boolean exempt)
      implements Place {
    public static final String ROUTE = "coverage/policies/new";
    public static final NewPolicy BLANK = new NewPolicy(null, null, false);

    @Override
    public String url() {
      return new QueryWriter(ROUTE)
          .put("kind", kind == null ? null : Words.of(kind))
          .put("name", name)
          .putIf(exempt, "exempt", true)
          .url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<NewPolicy> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(
          new NewPolicy(
              in.constantOrNull("kind", DataKind.class), in.text("name"), in.flag("exempt")),
          in.problems());
    }
  }

  /** A backup policy with its form. */
  record Policy(long policyId) implements Place {
    public static final String ROUTE = "coverage/policies/:policyId";

    @Override
    public String url() {
      return "coverage/policies/" + policyId;
    }
  }

  /**
   * Where evidence of backups comes from by itself.
   *
   * @param selected the source whose readings are shown; null for none
   */
  record Sources(@Nullable Long selected) implements Place {
    public static final String ROUTE = "coverage/sources";
    public static final Sources ALL = new Sources(null);

    @Override
    public String url() {
      return new QueryWriter(ROUTE).put("source", selected).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<Sources> parse(QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new Sources(in.id("source")), in.problems());
    }
  }

  /**
   * What would become of a host's data if the host were gone.
   *
   * @param asOf null for now
   */
  record HostLoss(long hostId, @Nullable Instant asOf) implements Place {
    public static final String ROUTE = "hosts/:hostId/loss";

    @Override
    public String url() {
      return new QueryWriter("hosts/" + hostId + "/loss").put("asOf", asOf).url();
    }

    /** Reads a URL's parameters. */
    public static Parsed<HostLoss> parse(long hostId, QueryParameters parameters) {
      QueryReader in = new QueryReader(parameters);
      return new Parsed<>(new HostLoss(hostId, in.instant("asOf")), in.problems());
    }
  }

  private static Set<String> lowerCase(Set<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static Set<String> upperCase(Set<String> words) {
    return words.stream().map(word -> word.toUpperCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  private static String order(boolean descending) {
    return descending ? "desc" : "asc";
  }
}
