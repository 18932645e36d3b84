package dev.plimsoll.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.permission.Role;
import dev.plimsoll.testing.DatabaseTest;
import dev.plimsoll.testing.SignedIn;
import dev.plimsoll.testing.TestCertificates;
import dev.plimsoll.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@SpringBootTest(properties = "db-scheduler.enabled=false")
@RecordApplicationEvents
@DatabaseTest
class HostsTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.create();
  private static final TestCertificates.Issued CLIENT = CERTIFICATES.client();
  private static final String HOST_KEY = "SHA256:" + "A".repeat(43);

  private final Hosts hosts;
  private final Groups groups;
  private final JdbcClient jdbc;
  @Autowired private ApplicationEvents events;

  @SuppressWarnings("NullAway.Init") // Spring's test support gives the events to the field alone.
  HostsTest(@Autowired Hosts hosts, @Autowired Groups groups, @Autowired JdbcClient jdbc) {
    this.hosts = hosts;
    this.groups = groups;
    this.jdbc = jdbc;
  }

  @AfterAll
  static void deleteCertificates() {
    CERTIFICATES.close();
  }

  @Test
  @DisplayName("A host is added with its group, its history begins, the collector hears of it")
  void added() {
    HostRecord host = add(draft("added", "tcp://10.0.0.1:2375").group("Retail/Payments"));

    assertThat(host.groupPath()).isEqualTo("Retail/Payments");
    assertThat(host.endpoint().uri()).isEqualTo("tcp://10.0.0.1:2375");
    assertThat(find("ADDED")).contains(host);
    assertThat(find(String.valueOf(host.id()))).contains(host);
    assertThat(find("add")).isEmpty();
    assertThat(find("added\0")).isEmpty();
    assertThat(find("9".repeat(40))).isEmpty();
    assertThat(history(host.id())).containsExactly("added Retail/Payments open");
    assertThat(kinds(host.id())).containsExactly(HostChanged.Kind.ADDED);
    assertThat(audited(host.id())).containsExactly("ada host.added");
  }

  @Test
  @DisplayName("Every bad field is named with its value and a remedy, and no secret is repeated")
  void invalid() {
    HostDraft bad =
        new HostDraft(
            "17",
            "http://x",
            "A//B",
            "x".repeat(101),
            "o\nwner",
            3,
            Map.of("k", "v\nw"),
            5,
            new Credential.Tls("not a certificate: hunter2", null, null));

    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(bad))
        .satisfies(
            e -> {
              assertThat(e.errors())
                  .extracting(FieldError::field)
                  .containsExactlyInAnyOrder(
                      "name",
                      "endpoint",
                      "group",
                      "environment",
                      "owner",
                      "criticality",
                      "labels",
                      "intervalSeconds",
                      "tls.ca");
              assertThat(e.getMessage())
                  .contains("\"17\"", "http://x", "Give 60 to 604800")
                  .doesNotContain("hunter2");
            });
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "unix:///var/run/docker.sock, TLS, tls",
        "unix:///var/run/docker.sock, SSH, ssh",
        "tcp://h:2376, SSH, ssh",
        "ssh://u@h, TLS, tls",
        "ssh://u@h, -, ssh",
        "unix:///var/run/docker.sock, -, -",
        "tcp://h, -, -",
        "tcp://h, TLS, -",
        "ssh://u@h, SSH, -",
      })
  @DisplayName("Endpoint and credential have to fit")
  void fitting(String endpoint, @Nullable String kind, @Nullable String badField) {
    DraftBuilder draft = draft("fit-" + endpoint.hashCode() + kind, endpoint).credential(kind);
    if (badField == null) {
      assertThat(add(draft).credentialKind()).isEqualTo(kind);
    } else {
      assertThatExceptionOfType(InvalidInput.class)
          .isThrownBy(() -> add(draft))
          .satisfies(
              e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(badField));
    }
  }

  @Test
  @DisplayName("An ssh endpoint without the server's key is told why there is no way around it")
  void noTrustOnFirstUse() {
    Credential ssh = new Credential.Ssh(TestKeys.openSsh(TestKeys.ed25519()), "");
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(draft("tofu", "ssh://u@h").credential(ssh)))
        .withMessageContaining("ssh.hostKey")
        .withMessageContaining("no trust on first use");
  }

  @Test
  @DisplayName("A port that is left out is 2376 with TLS and 2375 without")
  void defaultPorts() {
    assertThat(add(draft("tls-port", "tcp://h").credential("TLS")).endpoint().uri())
        .isEqualTo("tcp://h:2376");
    assertThat(add(draft("plain-port", "tcp://h")).endpoint().uri()).isEqualTo("tcp://h:2375");
  }

  @Test
  @DisplayName("A credential is stored sealed, opened for the collector alone, and never audited")
  void credential() {
    KeyPair key = TestKeys.ed25519();
    String text = TestKeys.openSsh(key);
    HostRecord host =
        add(draft("sealed", "ssh://u@h").credential(new Credential.Ssh(text, HOST_KEY)));

    assertThat(hosts.credentialForCollection(host.id()))
        .contains(new Credential.Ssh(text, HOST_KEY));
    byte[] sealed = sealed(host.id());
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
        .doesNotContain("PRIVATE", HOST_KEY, text.lines().skip(1).findFirst().orElseThrow());
    assertThat(jdbc.sql("select detail::text from audit_entry").query(String.class).list())
        .noneMatch(detail -> detail.contains("PRIVATE"));
  }

  @Test
  @DisplayName("A name is taken whatever its case until its host is decommissioned")
  void nameTaken() {
    HostRecord first = add(draft("Taken", "tcp://h"));
    assertThatExceptionOfType(NameTaken.class).isThrownBy(() -> add(draft("tAKEN", "tcp://h")));
    HostRecord other = add(draft("other", "tcp://h"));
    assertThatExceptionOfType(NameTaken.class)
        .isThrownBy(() -> edit(other, draft("TAKEN", "tcp://h")));

    SignedIn.administrator().run(() -> hosts.decommission(first.id()));

    HostRecord second = add(draft("taken", "tcp://h"));
    assertThat(find("Taken")).contains(second);
    assertThat(find(String.valueOf(first.id())))
        .hasValueSatisfying(host -> assertThat(host.decommissionedAt()).isNotNull());
  }

  @Test
  @DisplayName("Of several who take a name at the same time one gets it, the others are told")
  void nameRace() throws Exception {
    int added = 0;
    int refused = 0;
    List<Future<Boolean>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        tries.add(
            threads.submit(
                () -> {
                  try {
                    add(draft("raced", "tcp://h").group("Raced/Too"));
                    return true;
                  } catch (NameTaken e) {
                    return false;
                  }
                }));
      }
    }
    for (Future<Boolean> attempt : tries) {
      if (attempt.get()) {
        added++;
      } else {
        refused++;
      }
    }
    assertThat(added).isEqualTo(1);
    assertThat(refused).isEqualTo(5);
  }

  @Test
  @DisplayName("An edit closes the interval of what was and says in the trail what changed")
  void edited() {
    HostRecord host = add(draft("before", "tcp://h").group("Old"));

    HostRecord after = edit(host, draft("after", "tcp://h").group("New/Place"));

    assertThat(after.name()).isEqualTo("after");
    assertThat(history(host.id())).containsExactly("before Old closed", "after New/Place open");
    assertThat(gaps(host.id())).isZero();
    assertThat(kinds(host.id())).containsExactly(HostChanged.Kind.ADDED, HostChanged.Kind.EDITED);
    assertThat(
            jdbc.sql(
                    "select detail::text from audit_entry where action = 'host.edited' and subject"
                        + " like ?")
                .param("host:" + host.id() + " %")
                .query(String.class)
                .single())
        .contains("\"name\": {\"after\": \"after\", \"before\": \"before\"}")
        .contains("\"group\": {\"after\": \"New/Place\", \"before\": \"Old\"}")
        .doesNotContain("endpoint");
  }

  @Test
  @DisplayName("An edit that changes nothing writes nothing")
  void editedToTheSame() {
    HostRecord host = add(draft("same", "tcp://h"));
    edit(host, draft("same", "tcp://h"));
    assertThat(history(host.id())).hasSize(1);
    assertThat(audited(host.id())).containsExactly("ada host.added");
    assertThat(kinds(host.id())).containsExactly(HostChanged.Kind.ADDED);
  }

  @Test
  @DisplayName("Without a new credential the stored one stays, unless the endpoint takes none")
  void keptCredential() {
    HostRecord host = add(draft("kept", "tcp://h").credential("TLS"));
    byte[] sealed = sealed(host.id());

    assertThat(edit(host, draft("kept", "tcp://other")).endpoint().uri())
        .isEqualTo("tcp://other:2376");
    assertThat(sealed(host.id())).isEqualTo(sealed);
    assertThat(edit(host, draft("kept", "unix:///run/docker.sock")).credentialKind()).isNull();
    assertThat(hosts.credentialForCollection(host.id())).isEmpty();
    assertThat(kinds(host.id()))
        .containsExactly(
            HostChanged.Kind.ADDED, HostChanged.Kind.REACHED_ANEW, HostChanged.Kind.REACHED_ANEW);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> edit(host, draft("kept", "ssh://u@h")));
  }

  @Test
  @DisplayName("A switched reading is history, audited, and read and judged by at once")
  void switchedReading() {
    HostRecord host = add(draft("switched", "tcp://h"));
    HostDraft with =
        new HostDraft(
            "switched",
            "tcp://h",
            null,
            null,
            null,
            2,
            Map.of(),
            900,
            Set.of(ReadingSwitch.EVENTS, ReadingSwitch.CHANGES),
            null);

    HostRecord after = SignedIn.administrator().get(() -> hosts.edit(host.id(), with));

    assertThat(after.readings())
        .containsExactlyInAnyOrder(ReadingSwitch.CHANGES, ReadingSwitch.EVENTS);
    assertThat(find("switched")).contains(after);
    assertThat(kinds(host.id()))
        .containsExactly(HostChanged.Kind.ADDED, HostChanged.Kind.READ_OTHERWISE);
    assertThat(
            jdbc.sql(
                    "select array_to_string(readings, ' ') from host_history where host_id = ?"
                        + " order by valid_from")
                .param(host.id())
                .query(String.class)
                .list())
        .containsExactly("backups", "changes events");
    assertThat(
            jdbc.sql(
                    "select detail::text from audit_entry where action = 'host.edited' and subject"
                        + " like ?")
                .param("host:" + host.id() + " %")
                .query(String.class)
                .single())
        .contains(
            "\"readings\": {\"after\": [\"changes\", \"events\"], \"before\": [\"backups\"]}");
    SignedIn.administrator().run(() -> hosts.edit(host.id(), with));
    assertThat(history(host.id())).as("the same once more").hasSize(2);
  }

  @Test
  @DisplayName("Files of a host are read over SSH alone")
  void hostFilesNeedSsh() {
    HostDraft wrong =
        new HostDraft(
            "no-ssh",
            "tcp://h",
            null,
            null,
            null,
            2,
            Map.of(),
            900,
            Set.of(ReadingSwitch.HOST_FILES),
            null);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> add(wrong))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(InvalidInput.FieldError::field)
                    .containsExactly("readings"));
  }

  @Test
  @DisplayName("Pausing, resuming and decommissioning are history, and done once")
  void life() {
    HostRecord host = add(draft("life", "tcp://h").credential("TLS"));
    for (int i = 0; i < 2; i++) {
      SignedIn.administrator().run(() -> hosts.pause(host.id()));
    }
    SignedIn.administrator().run(() -> hosts.resume(host.id()));
    for (int i = 0; i < 2; i++) {
      SignedIn.administrator().run(() -> hosts.decommission(host.id()));
    }

    assertThat(audited(host.id()))
        .containsExactly(
            "ada host.added", "ada host.paused", "ada host.resumed", "ada host.decommissioned");
    assertThat(kinds(host.id()))
        .containsExactly(
            HostChanged.Kind.ADDED,
            HostChanged.Kind.PAUSED,
            HostChanged.Kind.RESUMED,
            HostChanged.Kind.DECOMMISSIONED);
    assertThat(
            jdbc.sql(
                    "select paused || ' ' || decommissioned from host_history where host_id = ?"
                        + " order by valid_from")
                .param(host.id())
                .query(String.class)
                .list())
        .containsExactly("false false", "true false", "false false", "false true");
    assertThat(gaps(host.id())).isZero();
    assertThat(hosts.credentialForCollection(host.id())).isEmpty();
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> edit(host, draft("life", "tcp://h")))
        .withMessageContaining("decommissioned");
  }

  @Test
  @DisplayName("Only who may manage hosts changes them; who may read finds them")
  void permission() {
    HostRecord host = add(draft("locked", "tcp://h"));
    SignedIn analyst = SignedIn.as("andy", Role.ANALYST);
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> analyst.get(() -> hosts.pause(host.id())));
    assertThat(analyst.get(() -> hosts.find("locked"))).contains(host);
  }

  @Test
  @DisplayName("A list is added whole or not at all, and every bad line is named")
  void imported() {
    HostImport bad =
        HostImport.csv(
            """
            name,endpoint,criticality,labels
            bulk-1,tcp://h,,team=a;tier=1
            ,tcp://h,,
            bulk-3,gopher://h,9,
            bulk-1,tcp://h,,
            bulk-4,tcp://h,much,
            """);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> SignedIn.administrator().run(() -> hosts.addAll(bad)))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::field)
                    .containsExactly(
                        "line 3: name",
                        "line 4: endpoint",
                        "line 4: criticality",
                        "line 5: name",
                        "line 6: criticality"));
    assertThat(find("bulk-1")).isEmpty();

    List<HostRecord> added =
        SignedIn.administrator()
            .get(
                () ->
                    hosts.addAll(
                        HostImport.csv(
                            """
                            name,endpoint,group,labels
                            bulk-1,tcp://h,Bulk/A,team=a;tier=1
                            bulk-2,tcp://h,Bulk/A,
                            """)));
    assertThat(added).extracting(HostRecord::name).containsExactly("bulk-1", "bulk-2");
    assertThat(added.getFirst().labels()).isEqualTo(Map.of("team", "a", "tier", "1"));
  }

  @Test
  @DisplayName("A group moves with what lies below it, and its hosts' history says so")
  void groupMoved() {
    HostRecord host = add(draft("moved", "tcp://h").group("Sales/100%_Europe/DACH"));
    HostRecord beside = add(draft("beside", "tcp://h").group("Sales/100x_Europe"));
    GroupRecord europe = group("Sales/100%_Europe");
    GroupRecord target = create("Regions");

    SignedIn.administrator().run(() -> groups.place(europe.id(), "Europe", target.id()));

    assertThat(find("moved"))
        .hasValueSatisfying(
            found -> assertThat(found.groupPath()).isEqualTo("Regions/Europe/DACH"));
    assertThat(history(host.id()))
        .containsExactly("moved Sales/100%_Europe/DACH closed", "moved Regions/Europe/DACH open");
    assertThat(history(beside.id())).containsExactly("beside Sales/100x_Europe open");
    assertThat(events.stream(GroupsChanged.class)).hasSize(2);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(
            () ->
                SignedIn.administrator()
                    .run(
                        () ->
                            groups.place(
                                target.id(), "Regions", group("Regions/Europe/DACH").id())))
        .withMessageContaining("lies in the group itself");
  }

  @Test
  @DisplayName("A group's path is taken whatever its case, and only an empty group is deleted")
  void groups() {
    GroupRecord group = create("Taken/Path");
    assertThatExceptionOfType(NameTaken.class).isThrownBy(() -> create("TAKEN/path"));
    HostRecord host = add(draft("in-group", "tcp://h").group("taken/PATH"));
    assertThat(host.groupId()).isEqualTo(group.id());

    assertThatExceptionOfType(GroupInUse.class).isThrownBy(() -> delete(group));
    assertThatExceptionOfType(GroupInUse.class).isThrownBy(() -> delete(group("Taken")));
    SignedIn.administrator().run(() -> hosts.decommission(host.id()));
    delete(group);
    delete(group("Taken"));
    assertThat(SignedIn.administrator().get(groups::list))
        .extracting(GroupRecord::path)
        .noneMatch(path -> path.startsWith("Taken"));
  }

  @Test
  @DisplayName("This machine's engine is not added where there was ever a host")
  void localEngine(@TempDir Path directory) throws Exception {
    HostRecord host = add(draft("only", "tcp://h"));
    SignedIn.administrator().run(() -> hosts.decommission(host.id()));
    long before = jdbc.sql("select count(*) from host").query(Long.class).single();

    new LocalEngine(hosts, true, Files.createFile(directory.resolve("docker.sock")))
        .run(new DefaultApplicationArguments());

    assertThat(jdbc.sql("select count(*) from host").query(Long.class).single()).isEqualTo(before);
  }

  @Test
  @DisplayName("The history's bounds rise even if the clock is set back")
  void clockSetBack() {
    HostRecord host = add(draft("tick", "tcp://h"));
    jdbc.sql(
            "update host_history set valid_from = valid_from + interval '1 hour' where host_id = ?")
        .param(host.id())
        .update();
    edit(host, draft("tock", "tcp://h"));
    assertThat(history(host.id())).containsExactly("tick - closed", "tock - open");
    assertThat(gaps(host.id())).isZero();
  }

  private HostRecord add(HostDraft draft) {
    return SignedIn.administrator().get(() -> hosts.add(draft));
  }

  private HostRecord add(DraftBuilder draft) {
    return add(draft.build());
  }

  private HostRecord edit(HostRecord host, DraftBuilder draft) {
    return SignedIn.administrator().get(() -> hosts.edit(host.id(), draft.build()));
  }

  private Optional<HostRecord> find(String idOrName) {
    return SignedIn.administrator().get(() -> hosts.find(idOrName));
  }

  private GroupRecord create(String path) {
    return SignedIn.administrator().get(() -> groups.create(path));
  }

  private GroupRecord group(String path) {
    return SignedIn.administrator().get(groups::list).stream()
        .filter(group -> group.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private void delete(GroupRecord group) {
    SignedIn.administrator().run(() -> groups.delete(group.id()));
  }

  private byte[] sealed(long hostId) {
    return jdbc.sql("select sealed from credential where host_id = ?")
        .param(hostId)
        .query(byte[].class)
        .single();
  }

  private List<HostChanged.Kind> kinds(long hostId) {
    return events.stream(HostChanged.class)
        .filter(change -> change.hostId() == hostId)
        .map(HostChanged::kind)
        .toList();
  }

  private List<String> audited(long hostId) {
    return jdbc.sql(
            "select actor || ' ' || action from audit_entry where subject like ? order by id")
        .param("host:" + hostId + " %")
        .query(String.class)
        .list();
  }

  private List<String> history(long hostId) {
    return jdbc.sql(
            """
            select name || ' ' || coalesce(group_path, '-') || ' '
              || case valid_to when 'infinity' then 'open' else 'closed' end
            from host_history where host_id = ? order by valid_from
            """)
        .param(hostId)
        .query(String.class)
        .list();
  }

  /** How often an interval does not begin where the one before ends. */
  private long gaps(long hostId) {
    return jdbc.sql(
            """
            select count(*) from (
              select valid_from, lag(valid_to) over (order by valid_from) as before
              from host_history where host_id = ?) h
            where before is not null and before <> valid_from
            """)
        .param(hostId)
        .query(Long.class)
        .single();
  }

  private static DraftBuilder draft(String name, String endpoint) {
    return new DraftBuilder(name, endpoint, null, null);
  }

  private record DraftBuilder(
      String name, String endpoint, @Nullable String path, @Nullable Credential secret) {
    DraftBuilder group(String newPath) {
      return new DraftBuilder(name, endpoint, newPath, secret);
    }

    DraftBuilder credential(Credential newSecret) {
      return new DraftBuilder(name, endpoint, path, newSecret);
    }

    DraftBuilder credential(@Nullable String kind) {
      if (kind == null) {
        return this;
      }
      return credential(
          kind.equals("TLS")
              ? new Credential.Tls(CERTIFICATES.ca(), CLIENT.certificate(), CLIENT.key())
              : new Credential.Ssh(TestKeys.openSsh(TestKeys.ed25519()), HOST_KEY));
    }

    HostDraft build() {
      return new HostDraft(name, endpoint, path, null, null, 2, Map.of(), 900, secret);
    }
  }
}
