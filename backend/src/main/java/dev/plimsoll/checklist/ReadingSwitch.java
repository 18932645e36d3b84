package dev.plimsoll.checklist;

import java.util.EnumSet;
import java.util.Set;

/**
 * Something that is read of a host only where somebody switched it on, because it costs time or
 * rights there. Checks that need it are judged, and count, only then.
 */
public enum ReadingSwitch {
  /** Processes of running containers ({@code GET /containers/{id}/top}). */
  PROCESSES("processes", "GET /containers/{id}/top"),
  /** What containers changed in their own layer ({@code GET /containers/{id}/changes}). */
  CHANGES("changes", "GET /containers/{id}/changes"),
  /** The files inside images ({@code GET /images/{id}/get}). */
  IMAGE_FILES("image-files", "GET /images/{id}/get"),
  /** What people do to containers between collections ({@code GET /events}). */
  EVENTS("events", "GET /events"),
  /** Files and settings of the host itself, by read-only commands over SSH. */
  HOST_FILES("host-files", "ssh"),
  /** Reports of recognised scanners on the host's images. */
  SCANS("scans", "scan reports"),
  /** Records of backups and restores of the host's data. */
  BACKUPS("backups", "backup records");

  private final String word;
  private final String call;

  ReadingSwitch(String word, String call) {
    this.word = word;
    this.call = call;
  }

  /** The switch as the API spells it, such as {@code image-files}. */
  public String word() {
    return word;
  }

  /** What is asked, or looked up, where it is on; evidence names it where it is off. */
  public String call() {
    return call;
  }

  /**
   * The switches that are spelled so.
   *
   * @throws IllegalArgumentException if a word is none
   */
  public static Set<ReadingSwitch> all(String... words) {
    Set<ReadingSwitch> switches = EnumSet.noneOf(ReadingSwitch.class);
    for (String word : words) {
      switches.add(of(word));
    }
    return switches;
  }

  /**
   * The switch that is spelled so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ReadingSwitch of(String word) {
    for (ReadingSwitch one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("no reading is called " + word);
  }
}
