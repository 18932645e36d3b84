package dev.plimsoll.checklist;

/**
 * A published benchmark whose recommendations are numbered anew in each version, so that a number
 * says nothing without it.
 */
public enum Benchmark {
  /** Versions 1.6 and 1.7, which number alike. */
  CIS_DOCKER_1_6("CIS Docker Benchmark 1.6/1.7", 117),
  /** Version 1.8, which inserts a new 2.7. */
  CIS_DOCKER_1_8("CIS Docker Benchmark 1.8", 118);

  private final String source;
  private final int recommendations;

  Benchmark(String source, int recommendations) {
    this.source = source;
    this.recommendations = recommendations;
  }

  /** Benchmark and version, as references name it. */
  public String source() {
    return source;
  }

  /** How many recommendations it has. */
  public int recommendations() {
    return recommendations;
  }
}
