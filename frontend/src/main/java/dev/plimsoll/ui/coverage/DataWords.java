package dev.plimsoll.ui.coverage;

import dev.plimsoll.backup.coverage.CoverageState;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.widgets.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words in which screens speak of data and its backups, the same on all of them. */
public final class DataWords {
  private static final int SHORT_ID = 12;

  /** States, the most urgent first. */
  public static final List<CoverageState> BY_URGENCY =
      List.of(
          CoverageState.FAILED,
          CoverageState.UNPROTECTED,
          CoverageState.LATE,
          CoverageState.UNKNOWN,
          CoverageState.EXEMPT,
          CoverageState.PROTECTED);

  private static final int MOST_USERS = 3;

  private DataWords() {}

  /** A kind of data. */
  public static String one(DataKind kind) {
    return switch (kind) {
      case VOLUME -> "volume";
      case DIRECTORY -> "host directory";
      case LAYER -> "writable layer";
      case SWARM -> "swarm state";
    };
  }

  /** Several of a kind. */
  public static String many(DataKind kind) {
    return switch (kind) {
      case VOLUME -> "volumes";
      case DIRECTORY -> "directories";
      case LAYER -> "writable layers";
      case SWARM -> "swarm states";
    };
  }

  /** What data looks like to its host. */
  public static String shape(DataShape shape) {
    return switch (shape) {
      case NAMED -> "volume";
      case ANONYMOUS -> "anonymous volume";
      case BIND_BACKED -> "volume over a host directory";
      case REMOTE -> "remote volume";
      case DIRECTORY -> "host directory";
      case LAYER -> "writable layer";
      case SWARM -> "swarm state";
    };
  }

  /** The same, and whether nothing uses it. */
  public static String shape(CoverageRow row) {
    return row.orphaned() ? "orphaned " + shape(row.shape()) : shape(row.shape());
  }

  /** The name as people know it. */
  public static String name(DataKind kind, String name) {
    return kind == DataKind.SWARM ? "Swarm state" : name;
  }

  /** The name as a list shows it: what the engine made up, as short as the engine shows IDs. */
  static String name(CoverageRow row) {
    String name = name(row.kind(), row.name());
    return row.shape() == DataShape.ANONYMOUS && name.length() > SHORT_ID
        ? name.substring(0, SHORT_ID)
        : name;
  }

  /** The containers that use it, the first few by name. */
  public static String users(List<KeptData.User> users) {
    List<String> names = users.stream().map(KeptData.User::container).distinct().toList();
    String shown = names.stream().limit(MOST_USERS).collect(Collectors.joining(", "));
    return names.size() > MOST_USERS
        ? shown + " and " + (names.size() - MOST_USERS) + " more"
        : shown;
  }

  /** What was promised, such as {@code Nightly · 24 h}. */
  public static String promise(CoverageRow row) {
    CoverageRow.Promised promise = row.promise();
    if (row.exemption() != null && row.state() == CoverageState.EXEMPT) {
      return "exempt by " + row.exemption().by();
    }
    if (promise == null) {
      return "";
    }
    Long rpo = promise.rpoSeconds();
    return rpo == null ? promise.policy() : promise.policy() + " · " + span(rpo);
  }

  /** A length of time that somebody chose, such as {@code 24 h} or {@code 7 days}. */
  public static String span(long seconds) {
    Duration span = Duration.ofSeconds(seconds);
    if (seconds % Duration.ofDays(1).toSeconds() == 0 && span.toDays() > 1) {
      return Figures.count(span.toDays()) + " days";
    }
    if (seconds % Duration.ofHours(1).toSeconds() == 0) {
      return Figures.count(span.toHours()) + " h";
    }
    return Figures.duration(span);
  }

  /** What data turns into by itself, as in {@code late in 3 h}; empty if it does not. */
  public static String turn(@Nullable CoverageState turnsTo) {
    return turnsTo == null ? "" : turnsTo.name().toLowerCase(Locale.ROOT);
  }

  /** Where the newest good backup lies; empty if there is none. */
  public static String where(CoverageRow.@Nullable Good good) {
    if (good == null) {
      return "";
    }
    Boolean away = good.offHost();
    return away == null ? "not said where" : away ? "off host" : "on host";
  }

  /** The page of data: the volume's own, else the one of data. */
  public static Place place(CoverageRow row, @Nullable Instant asOf) {
    Long subject = row.subjectId();
    return row.kind() == DataKind.VOLUME && subject != null
        ? Place.Subject.of(subject, asOf)
        : new Place.KeptData(row.dataId(), asOf);
  }
}
