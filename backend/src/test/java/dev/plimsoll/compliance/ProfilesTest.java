package dev.plimsoll.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.Step;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.HostSighting;
import dev.plimsoll.inventory.Sighting;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.PostureFixture;
import dev.plimsoll.testing.SettableClock;
import dev.plimsoll.testing.SignedIn;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.bean.override.convention.TestBean;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Profiles on a real PostgreSQL: what a change does to scores, findings and the past. */
@SpringBootTest(properties = "db-scheduler.enabled=false")
@DatabaseTest
class ProfilesTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final SettableClock CLOCK = new SettableClock(START);
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final SignedIn ADA = SignedIn.administrator();
  private static final String ROWS =
      "at || ' ' || coalesce(score, -1) || ' ' || coalesce(score_high, -1) || ' '"
          + " || coalesce(score_accepted, -1) || ' ' || coalesce(grade, '') || ' ' || confidence"
          + " || ' ' || points_failed || ' ' || points_unknown || ' ' || points_accepted || ' '"
          + " || hosts || ' ' || hosts_with_critical || ' ' || profile || ' ' || profile_version"
          + " || ' ' || catalogue_version || ' ' || checks_in_scope || ' ' || readings::text";

  @Autowired Publishing publishing;
  @Autowired Profiles profiles;
  @Autowired ProfileAssignments assignments;
  @Autowired ProfilePreview preview;
  @Autowired SecondSeries series;
  @Autowired SeriesHosts seriesHosts;
  @Autowired Breaks breaks;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource dataSource;

  @TestBean(name = "publishClock")
  Clock clock;

  private PostureFixture fixture;
  private JdbcClient jdbc;

  static Clock clock() {
    return CLOCK;
  }

  @BeforeEach
  void empty() {
    fixture = new PostureFixture(dataSource);
    fixture.clear();
    jdbc = fixture.jdbc();
    jdbc.sql(
            "truncate profile, profile_version, profile_assignment, series_run, series, series_score"
                + " cascade")
        .update();
    CLOCK.advance(Duration.between(CLOCK.instant(), START));
  }

  @Test
  @DisplayName("Those that ship follow the catalogue, and cannot be changed")
  void shipped() {
    ProfileRecord everything = ADA.get(() -> profiles.get("Everything", null));
    ProfileRecord essentials = ADA.get(() -> profiles.get("essentials", null));

    assertThat(everything.checks().keySet())
        .containsExactlyElementsOf(Checklist.standard().rules().stream().map(Rule::id).toList());
    assertThat(essentials.checks()).containsKeys("CTR-USER", "CTR-NNP", "CTR-PRIV", "VOL-ANON");
    assertThat(essentials.checks()).doesNotContainKey("CTR-MEM");
    assertThat(ADA.get(() -> profiles.get("CIS Docker 1.8", null)).checks())
        .containsKey("CTR-PRIV")
        .doesNotContainKey("CTR-GROUP0");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> ADA.run(() -> profiles.change("Everything", "mine", null)))
        .withMessageContaining("Copy it");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> ADA.run(() -> profiles.create("essentials", "", weights("CTR-MEM"))));
  }

  @Test
  @DisplayName("A change makes a version; what stays as it is makes none, and old ones stay")
  void versions() {
    ADA.run(() -> profiles.create("Payments", "", weights("CTR-MEM")));
    assertThatExceptionOfType(NameTaken.class)
        .isThrownBy(() -> ADA.run(() -> profiles.create("payments", "", weights("CTR-CPU"))));
    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> profiles.change("Payments", null, weights("CTR-MEM")));
    assertThat(ADA.get(() -> profiles.get("Payments", null)).version()).isEqualTo(1);

    Map<String, @Nullable Integer> heavier = new HashMap<>();
    heavier.put("CTR-MEM", 25);
    heavier.put("CTR-PRIV", null);
    ProfileRecord second = ADA.get(() -> profiles.change("Payments", "For cards", heavier));

    assertThat(second.version()).isEqualTo(2);
    assertThat(second.author()).isEqualTo("ada");
    assertThat(second.checks()).isEqualTo(heavier);
    assertThat(ADA.get(() -> profiles.get("payments", 1)).checks()).containsOnlyKeys("CTR-MEM");
    assertThat(ADA.get(() -> profiles.versions(second.id())))
        .extracting(ProfileRecord::version)
        .containsExactly(2, 1);
    assertThat(audited("profile.%")).containsExactly("profile.added", "profile.changed");
    assertThatExceptionOfType(NoSuchProfile.class)
        .isThrownBy(() -> ADA.run(() -> profiles.get("payments", 3)));
  }

  @Test
  @DisplayName("What a profile cannot hold is named, all of it, and nothing is done")
  void invalid() {
    Map<String, @Nullable Integer> wrong = new HashMap<>();
    wrong.put("CTR-NOSUCH", null);
    wrong.put("CTR-MEM", 0);
    wrong.put("CTR-CPU", 1001);
    wrong.put("CTR-SPRAWL", 3); // advisory
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> ADA.run(() -> profiles.create("Wrong", "", wrong)))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactlyInAnyOrder(
                        "checks.CTR-NOSUCH",
                        "checks.CTR-MEM",
                        "checks.CTR-CPU",
                        "checks.CTR-SPRAWL"));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> ADA.run(() -> profiles.create("Empty", "", Map.of())));
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                ADA.run(
                    () ->
                        assignments.replace(
                            List.of(
                                new AssignedProfile("Nowhere", null, "Everything"),
                                new AssignedProfile(null, null, "Nothing"),
                                new AssignedProfile(null, "prod", "Everything"),
                                new AssignedProfile(null, "PROD", "Essentials")))))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactly("items[0].group", "items[1].profile", "items[3]"));
    assertThat(ADA.get(() -> assignments.list(null))).isEmpty();
    assertThat(ADA.get(() -> profiles.list(null))).allMatch(ProfileRecord::shipped);
  }

  @Test
  @DisplayName("Only who may change what is checked makes and assigns profiles")
  void permission() {
    SignedIn analyst = SignedIn.as("ben", dev.plimsoll.permission.Role.VIEWER);
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> analyst.run(() -> profiles.create("Mine", "", weights("CTR-MEM"))));
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> analyst.run(() -> assignments.replace(List.of())));
    assertThat(analyst.get(() -> profiles.list(null))).isNotEmpty();
  }

  @Test
  @DisplayName(
      "A host is scored by the profile of its place, and what is out of scope opens nothing")
  void scored() {
    fixture.group("Retail/Payments", START);
    long cards = fixture.host("cards").group("Retail/Payments").add();
    long web = fixture.host("web").add();
    publish(cards, engine("E1"), container("till", "true"));
    publish(web, engine("E2"), container("shop", "true"));
    List<String> published = rows("score", "scope = 'HOST'");
    assertThat(findings(cards, "OPEN")).contains("CTR-PRIV", "CTR-CAPS");

    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> profiles.create("Cards", "", weights("CTR-CAPS", "CTR-HEALTH")));
    ADA.run(() -> assignments.replace(List.of(new AssignedProfile("Retail", null, "Cards"))));
    assertThat(publishing.hostsWithDueTurns(10)).containsExactly(cards);
    publishing.applyDueTurns(cards);

    assertThat(last("HOST", cards)).contains(" Cards 1 ").contains(" 2 {}");
    assertThat(last("HOST", web)).contains(" Everything 1 ");
    assertThat(last("FLEET", 0)).contains(" mixed 0 ").contains(all() + " {}");
    assertThat(findings(cards, "OPEN")).containsExactlyInAnyOrder("CTR-CAPS", "CTR-HEALTH");
    assertThat(findings(cards, "RESOLVED")).contains("CTR-PRIV");
    assertThat(
            jdbc.sql(
                    "select count(*) from finding_event e join finding f on f.id = e.finding_id"
                        + " where f.check_id = 'CTR-PRIV' and f.host_id = ? and e.kind = 'RESOLVED'"
                        + " and (e.detail->>'outOfScope')::boolean")
                .param(cards)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    assertThat(findings(web, "OPEN")).contains("CTR-PRIV");
    assertThat(rows("score", "scope = 'HOST'")).containsAll(published);

    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> assignments.replace(List.of()));
    publishing.applyDueTurns(cards);
    assertThat(last("HOST", cards)).contains(" Everything 1 ");
    assertThat(last("FLEET", 0)).contains(" Everything 1 ");
    assertThat(findings(cards, "OPEN")).contains("CTR-PRIV", "CTR-CAPS");
  }

  @Test
  @DisplayName("A preview says what a host would score, and then it does")
  void preview() {
    fixture.group("Retail", START);
    long cards = fixture.host("cards").group("Retail").add();
    long web = fixture.host("web").add();
    publish(cards, engine("E1"), container("till", "true"), container("log", "false"));
    publish(web, engine("E2"), container("shop", "true"));
    ADA.run(() -> profiles.create("Cards", "", weights("CTR-CAPS", "CTR-HEALTH")));
    List<AssignedProfile> wanted = List.of(new AssignedProfile("retail", null, "cards"));

    ProfilePreview.Effects effects = ADA.get(() -> preview.ofAssignments(wanted));
    assertThat(effects.hosts()).isEqualTo(1);
    ProfilePreview.Effect effect = effects.effects().getFirst();
    assertThat(effect.host()).isEqualTo("cards");
    assertThat(effect.profileBefore()).isEqualTo("Everything");
    assertThat(effect.profileAfter()).isEqualTo("Cards");
    assertThat(score(cards)).isEqualTo(effect.scoreBefore() + " " + effect.gradeBefore());

    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> assignments.replace(wanted));
    publishing.applyDueTurns(cards);
    assertThat(score(cards)).isEqualTo(effect.scoreAfter() + " " + effect.gradeAfter());

    Map<String, @Nullable Integer> heavier = new HashMap<>();
    heavier.put("CTR-CAPS", 500);
    effect = ADA.get(() -> preview.ofProfile("Cards", heavier)).effects().getFirst();
    assertThat(effect.scoreBefore()).isGreaterThan(effect.scoreAfter());
    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> profiles.change("Cards", null, heavier));
    publishing.applyDueTurns(cards);
    assertThat(score(cards)).isEqualTo(effect.scoreAfter() + " " + effect.gradeAfter());
  }

  @Test
  @DisplayName("Told again under what it was published under, the past is the same to the last row")
  void sameAgain() {
    fixture.group("Retail/Payments", START);
    long cards = fixture.host("cards").group("Retail/Payments").add();
    long web = fixture.host("web").add();
    eventful(cards, web);
    List<String> published = rows("score", "true");
    Instant end = CLOCK.instant().plusSeconds(1);

    note(end, cards, web);
    series.proceed(() -> false);

    assertThat(told("HOST", cards))
        .isEqualTo(rows("score", "scope = 'HOST' and scope_id = " + cards));
    assertThat(told("HOST", web)).isEqualTo(rows("score", "scope = 'HOST' and scope_id = " + web));
    assertThat(told("FLEET", 0)).isEqualTo(rows("score", "scope = 'FLEET'"));
    assertThat(told("FLEET", 0)).hasSizeGreaterThan(5);
    assertThat(toldGroups()).isEqualTo(rows("score", "scope = 'GROUP'"));
    assertThat(rows("score", "true")).isEqualTo(published);
    assertThat(series.progress()).isEmpty();
  }

  @Test
  @DisplayName("A change of profile tells the past again under it, and leaves what was published")
  void secondSeries() {
    long cards = fixture.host("cards").add();
    long web = fixture.host("web").add();
    eventful(cards, web);
    List<String> published = rows("score", "scope = 'HOST'");
    CLOCK.advance(Duration.ofMinutes(1));

    ADA.run(() -> profiles.create("Slim", "", weights("CTR-MEM", "CTR-PRIV")));
    ADA.run(() -> assignments.replace(List.of(new AssignedProfile(null, null, "Slim"))));
    publishing.applyDueTurns(cards);
    publishing.applyDueTurns(web);
    assertThat(series.progress().orElseThrow().total()).isEqualTo(2);
    assertThat(series.progress().orElseThrow().done()).isZero();
    series.proceed(() -> false);

    assertThat(told("HOST", cards))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).contains(" Slim 1 "));
    assertThat(told("HOST", cards).getFirst().substring(0, 22))
        .isEqualTo(published.getFirst().substring(0, 22));
    assertThat(told("FLEET", 0))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).contains(" Slim 1 "));
    assertThat(rows("score", "scope = 'HOST'")).containsAll(published);

    // Slim knows no engine check: what the host lost before is what these two cost.
    CLOCK.advance(Duration.ofMinutes(1));
    ADA.run(() -> profiles.change("Slim", null, weights("CTR-MEM")));
    publishing.applyDueTurns(cards);
    publishing.applyDueTurns(web);
    series.proceed(() -> false);
    assertThat(told("HOST", cards)).allSatisfy(row -> assertThat(row).contains(" Slim 2 "));
  }

  @Test
  @DisplayName("A run that was stopped in the middle of a host goes on where it was")
  void resumed() {
    long cards = fixture.host("cards").add();
    for (int i = 0; i < SeriesHosts.STRETCH + 10; i++) {
      CLOCK.advance(Duration.ofMinutes(1));
      publish(cards, engine("E1"), container("till", i % 2 == 0 ? "true" : "false"));
    }
    note(CLOCK.instant().plusSeconds(1), cards);
    long id = jdbc.sql("select id from series").query(Long.class).single();

    seriesHosts.advance(id);
    int stretch = told("HOST", cards).size();
    assertThat(stretch).isPositive().isLessThanOrEqualTo(SeriesHosts.STRETCH);
    int[] asked = {0};
    series.proceed(() -> asked[0]++ > 0);
    series.proceed(() -> false);

    assertThat(told("HOST", cards)).isEqualTo(rows("score", "scope = 'HOST'"));
    seriesHosts.advance(id); // told already: nothing happens
    assertThat(told("HOST", cards)).isEqualTo(rows("score", "scope = 'HOST'"));
  }

  @Test
  @DisplayName("A break while a host is being told begins it anew, in the same run")
  void begunAnew() {
    long cards = fixture.host("cards").add();
    publish(cards, engine("E1"), container("till", "true"));
    CLOCK.advance(Duration.ofMinutes(1));
    note(CLOCK.instant(), cards);
    seriesHosts.advance(jdbc.sql("select id from series").query(Long.class).single());
    CLOCK.advance(Duration.ofMinutes(1));
    publish(cards, engine("E1"), container("till", "false"));
    CLOCK.advance(Duration.ofMinutes(1));
    note(CLOCK.instant(), cards);
    assertThat(told("HOST", cards)).isEmpty();
    series.proceed(() -> false);

    assertThat(told("HOST", cards)).isEqualTo(rows("score", "scope = 'HOST'"));
    assertThat(jdbc.sql("select count(*) from series_run").query(Long.class).single()).isEqualTo(1);
  }

  @Test
  @DisplayName("Means of the past hold hosts that are gone, judged by the same catalogue")
  void decommissioned() {
    long gone = fixture.host("gone").add();
    long web = fixture.host("web").add();
    publish(gone, engine("E1"), container("till", "true"));
    publish(web, engine("E2"), container("shop", "false"));
    jdbc.sql("update score set catalogue_version = 1").update();
    CLOCK.advance(Duration.ofMinutes(1));
    fixture.decommission(gone, CLOCK.instant());
    CLOCK.advance(Duration.ofMinutes(1));
    note(CLOCK.instant(), web);
    series.proceed(() -> false);

    int current = CurrentCatalogue.number(dataSource);
    assertThat(told("HOST", gone)).hasSize(1).first().asString().contains(" 1 " + current + " ");
    assertThat(told("FLEET", 0).getFirst()).contains(" 2 1 Everything 1 " + current + " ");
    assertThat(told("FLEET", 0).getLast()).contains(" 1 0 Everything 1 " + current + " ");
    assertThat(series.progress()).isEmpty();
  }

  @Test
  @DisplayName("Each of the steps that matter most has a check")
  void steps() {
    assertThat(Checklist.standard().rules()).extracting(Rule::step).contains(Step.values());
  }

  /** What makes scores change: fixes, faults, refused lists, time alone, silence, a return. */
  private void eventful(long cards, long web) {
    publish(cards, engine("E1"), container("till", "true"));
    CLOCK.advance(Duration.ofMinutes(1));
    publish(web, engine("E2"), container("shop", "false"));
    CLOCK.advance(Duration.ofHours(1));
    publish(cards, engine("E1"), container("till", "false"), container("log", "true"));
    CLOCK.advance(Duration.ofHours(1));
    publish(
        web,
        Map.of(SubjectKind.VOLUME, new Reading.Unread("GET /volumes", 403, "forbidden")),
        engine("E2"),
        container("shop", "false"));
    CLOCK.advance(Duration.ofHours(1));
    publish(cards, engine("E1"), container("till", "false"), stopped("log", CLOCK.instant()));
    CLOCK.advance(Duration.ofDays(8));
    publishing.applyDueTurns(cards);
    CLOCK.advance(Duration.ofHours(1));
    publish(web, engine("E2"), container("shop", "true"));
    CLOCK.advance(Duration.ofDays(1));
    publishing.markStale(
        cards, CLOCK.instant().minusSeconds(5), new Reading.Unread("connect", 0, "silent"));
    CLOCK.advance(Duration.ofHours(1));
    publish(cards, engine("E1"), container("till", "false"));
  }

  // --- what is done

  private void note(Instant end, long... hosts) {
    transaction.executeWithoutResult(
        status -> {
          for (long host : hosts) {
            breaks.note(host, end);
          }
        });
  }

  private void publish(long host, Sighting... sightings) {
    publish(host, Map.of(), sightings);
  }

  private void publish(long host, Map<SubjectKind, Reading.Unread> unread, Sighting... sightings) {
    String engineId =
        ((Sighting.Seen) sightings[0]).document().json().path("info").path("ID").asString("");
    transaction.executeWithoutResult(
        status ->
            publishing.publish(host, 1, new HostSighting(engineId, List.of(sightings), unread)));
  }

  private static Sighting engine(String id) {
    return new Sighting.Seen(
        SubjectKind.ENGINE,
        "engine",
        "engine",
        "engine",
        document("{\"info\":{\"ID\":\"" + id + "\",\"Warnings\":[]},\"version\":{}}"),
        document("{\"transport\":\"UNIX\",\"clockWithin60s\":true}"));
  }

  private static Sighting container(String name, String privileged) {
    return seen(name, privileged, "{\"state\":\"running\",\"everStarted\":true}");
  }

  private static Sighting stopped(String name, Instant finished) {
    return seen(
        name,
        "true",
        "{\"state\":\"exited\",\"everStarted\":true,\"finishedAt\":\"" + finished + "\"}");
  }

  private static Sighting seen(String name, String privileged, String observation) {
    return new Sighting.Seen(
        SubjectKind.CONTAINER,
        "id-of-" + name,
        name,
        name,
        document(
            "{\"Id\":\"id-of-%s\",\"Name\":\"/%s\",\"HostConfig\":{\"Privileged\":%s},\"Config\":{}}"
                .formatted(name, name, privileged)),
        document(observation));
  }

  private static Document document(String json) {
    return Document.of(MAPPER.readTree(json));
  }

  private static Map<String, @Nullable Integer> weights(String... checks) {
    Map<String, @Nullable Integer> weights = new HashMap<>();
    for (String check : checks) {
      weights.put(check, null);
    }
    return weights;
  }

  // --- what is read back

  private int all() {
    return (int) Checklist.standard().rules().stream().filter(rule -> rule.needs() == null).count();
  }

  private List<String> rows(String table, String where) {
    return jdbc.sql(
            "select "
                + ROWS
                + " from "
                + table
                + " where "
                + where
                + " order by scope, scope_id, at")
        .query(String.class)
        .list();
  }

  /** Rows of the newest second series of a scope. */
  private List<String> told(String scope, long id) {
    return jdbc.sql(
            "select "
                + ROWS
                + " from series_score where series_id ="
                + " (select max(id) from series where scope = ? and scope_id = ?) order by at")
        .param(scope)
        .param(id)
        .query(String.class)
        .list();
  }

  private List<String> toldGroups() {
    List<String> rows = new ArrayList<>();
    jdbc.sql("select distinct scope_id from series where scope = 'GROUP' order by 1")
        .query(Long.class)
        .list()
        .forEach(group -> rows.addAll(told("GROUP", group)));
    return rows;
  }

  private String last(String scope, long id) {
    return rows("score", "scope = '" + scope + "' and scope_id = " + id).getLast();
  }

  private String score(long host) {
    return jdbc.sql(
            "select score, grade from score where scope = 'HOST' and scope_id = ?"
                + " order by at desc limit 1")
        .param(host)
        .query((row, n) -> row.getInt(1) / 1000.0 + " " + row.getString(2))
        .single();
  }

  private List<String> findings(long host, String status) {
    return jdbc.sql(
            "select check_id from finding where host_id = ? and status = ? order by check_id")
        .param(host)
        .param(status)
        .query(String.class)
        .list();
  }

  private List<String> audited(String action) {
    return jdbc.sql("select action from audit_entry where action like ? order by id")
        .param(action)
        .query(String.class)
        .list();
  }
}
