package dev.plimsoll.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.checklist.ContainerAccounts.Account;
import dev.plimsoll.checklist.ContainerAccounts.AccountFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContainerAccountsTest {
  private static final AccountFile PASSWD =
      new AccountFile.Text(
          """
          root:x:0:0:root:/root:/bin/sh
          toor:x:0:0::/root:/bin/sh
          1234:x:0:0::/:/bin/sh
          app:x:1000:1001::/home/app:/bin/sh
          broken line
          """);
  private static final AccountFile GROUP =
      new AccountFile.Text("root:x:0:\ndocker:x:999:app\nwheel:x:0:\n");

  private static JsonNode container(String user, String groupAdd) {
    return JsonMapper.shared()
        .readTree(
            "{\"Config\":{\"User\":\"%s\"},\"HostConfig\":{\"GroupAdd\":%s}}"
                .formatted(user, groupAdd));
  }

  @ParameterizedTest
  @CsvSource({
    "app, app, 1000, 1001",
    "toor, toor, 0, 0",
    "1000, 1000, 1000, 1001",
    "1234, 1234, 1234, ",
    "app:0, app, 1000, 1001"
  })
  void findsTheConfiguredUser(String user, String name, long uid, Long gid) {
    assertThat(ContainerAccounts.resolve(container(user, "null"), PASSWD, GROUP))
        .isEqualTo(new ContainerAccounts(new Account(name, uid, gid), Map.of(), null));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "root, false, false",
    "0:0, false, false",
    ":1000, false, false",
    "1000:1000, false, false",
    "1000, true, false",
    "app, true, false",
    "app:0, true, false",
    "1000:docker, false, true",
    "1000:root, false, false"
  })
  void asksOnlyForTheFilesThatDecide(String user, boolean passwd, boolean group) {
    assertThat(ContainerAccounts.needsPasswd(container(user, "null"))).isEqualTo(passwd);
    assertThat(ContainerAccounts.needsGroup(container(user, "null"))).isEqualTo(group);
  }

  @Test
  void findsGroupsOfBothSettings() {
    ContainerAccounts accounts =
        ContainerAccounts.resolve(
            container("1000:docker", "[\"wheel\",\"44\",\"nobody\"]"),
            new AccountFile.Unreadable("not asked for"),
            GROUP);
    assertThat(accounts.groups()).containsOnly(Map.entry("docker", 999L), Map.entry("wheel", 0L));
    assertThat(accounts.error()).isEqualTo("/etc/group has no group nobody");
  }

  @Test
  void aNumberNeedsNoEntryButANameDoes() {
    AccountFile absent = new AccountFile.Absent();
    assertThat(ContainerAccounts.resolve(container("1234", "null"), absent, absent).user())
        .isEqualTo(new Account("1234", 1234, null));
    ContainerAccounts named = ContainerAccounts.resolve(container("app", "null"), absent, absent);
    assertThat(named.user()).isNull();
    assertThat(named.error()).contains("app").contains("/etc/passwd");
  }

  @Test
  void whatWasNotReadIsSaidAndNotGuessed() {
    ContainerAccounts accounts =
        ContainerAccounts.resolve(
            container("1234", "null"), new AccountFile.Unreadable("HTTP 403"), GROUP);
    assertThat(accounts.user()).isNull();
    assertThat(accounts.error()).isEqualTo("/etc/passwd was not read: HTTP 403");
  }

  @Test
  void oddDocumentsConfigureNothing() {
    JsonNode odd = JsonMapper.shared().readTree("{\"Config\":[],\"HostConfig\":{\"GroupAdd\":7}}");
    assertThat(ContainerAccounts.needsPasswd(odd)).isFalse();
    assertThat(ContainerAccounts.needsGroup(odd)).isFalse();
  }
}
