package dev.plimsoll.backup.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {
  @ParameterizedTest
  @CsvSource({
    "RESTIC, /srv/restic, HOST",
    "RESTIC, sftp:backup@nas:/srv/restic, HOST",
    "RESTIC, sftp:nas:restic, HOST",
    "RESTIC, sftp://backup@nas:2222//srv/restic, HOST",
    "RESTIC, rest:https://nas.example:8000/web/, HOST",
    "RESTIC, s3:https://s3.example/bucket/path, OBJECT_STORE",
    "RESTIC, s3:s3.amazonaws.com/bucket, OBJECT_STORE",
    "RESTIC, b2:bucket:path, OBJECT_STORE",
    "RESTIC, azure:container:/, OBJECT_STORE",
    "RESTIC, gs:bucket:/, OBJECT_STORE",
    "BORG, /srv/borg, HOST",
    "BORG, ssh://backup@nas:22/./web, HOST",
    "ARCHIVES, /srv/archives, HOST",
    "ARCHIVES, s3:https://s3.example/bucket, OBJECT_STORE",
    "ARCHIVES, s3:https://[2001:db8::1]:9000/bucket/web/daily, OBJECT_STORE",
    "ARCHIVES, s3:http://127.0.0.1:9000/bucket, OBJECT_STORE",
  })
  @DisplayName("Where a backup lies follows from the form of its location")
  void taken(SourceType type, String text, TargetType target) {
    Location location = Location.parse(type, text);
    assertThat(location.target()).isEqualTo(target);
    assertThat(location.text()).isEqualTo(text);
    assertThat(location.shown()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "RESTIC, ''",
    "RESTIC, relative/path",
    "RESTIC, --password-command=id",
    "RESTIC, rclone:remote:path",
    "RESTIC, sftp:-oProxyCommand=id:/srv",
    "RESTIC, sftp:user@-oProxyCommand=id:/srv",
    "RESTIC, sftp://-oProxyCommand=id/srv",
    "RESTIC, rest:http://-x/",
    "RESTIC, file:///srv",
    "BORG, nas:/srv/borg",
    "BORG, ssh://-oProxyCommand=id/srv",
    "BORG, rclone:remote",
    "ARCHIVES, s3:s3.example/bucket",
    "ARCHIVES, s3:https://s3.example",
    "ARCHIVES, s3:https://s3.example:70000/bucket",
    "ARCHIVES, s3:https://key@s3.example/bucket",
    "ARCHIVES, s3:https://s3.example/../bucket",
    "ARCHIVES, s3:http://s3.example/bucket",
    "ARCHIVES, s3:http://127.0.0.1.example/bucket",
    "ARCHIVES, archives",
  })
  @DisplayName("What could start another program or pass for an option is refused")
  void refused(SourceType type, String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Location.parse(type, text));
  }

  @ParameterizedTest
  @CsvSource({
    "rest:https://web:pa55@nas/web, rest:https://***@nas/web",
    "rest:http://token@nas:8000/, rest:http://***@nas:8000/",
  })
  @DisplayName("Names and passwords in a web address are not shown")
  void masked(String text, String shown) {
    assertThat(Location.parse(SourceType.RESTIC, text).shown()).isEqualTo(shown);
  }
}
