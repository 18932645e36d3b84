package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A host's row, as it is changed; read it as a {@link HostRecord}. */
@Entity
@Table(name = "host")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields.
class Host {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private String name;
  private String endpoint;
  private @Nullable Long groupId;
  private @Nullable String environment;
  private @Nullable String owner;
  private int criticality;

  @JdbcTypeCode(SqlTypes.JSON)
  private Map<String, String> labels;

  private int intervalSeconds;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> readings;

  private Instant createdAt;
  private @Nullable Instant pausedAt;
  private @Nullable Instant decommissionedAt;
  @Version private int version;

  /** For Hibernate, which fills the fields. */
  @SuppressWarnings("NullAway.Init")
  protected Host() {}

  Host(CheckedHost checked, @Nullable Long groupId, Instant createdAt) {
    this.name = checked.name();
    this.endpoint = checked.endpoint().uri();
    this.groupId = groupId;
    this.environment = checked.environment();
    this.owner = checked.owner();
    this.criticality = checked.criticality();
    this.labels = new TreeMap<>(checked.labels());
    this.intervalSeconds = checked.intervalSeconds();
    this.readings = words(checked);
    this.createdAt = createdAt;
  }

  long id() {
    return id;
  }

  void describe(CheckedHost checked, @Nullable Long newGroupId) {
    this.name = checked.name();
    this.endpoint = checked.endpoint().uri();
    this.groupId = newGroupId;
    this.environment = checked.environment();
    this.owner = checked.owner();
    this.criticality = checked.criticality();
    this.labels = new TreeMap<>(checked.labels());
    this.intervalSeconds = checked.intervalSeconds();
    this.readings = words(checked);
  }

  /** In one order, so that equal sets are equal rows. */
  private static List<String> words(CheckedHost checked) {
    return checked.readings().stream().sorted().map(ReadingSwitch::word).toList();
  }

  void pause(Instant at) {
    this.pausedAt = at;
  }

  void resume() {
    this.pausedAt = null;
  }

  void decommission(Instant at) {
    this.decommissionedAt = at;
  }
}
