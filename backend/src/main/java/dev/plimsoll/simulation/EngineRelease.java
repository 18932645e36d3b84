package dev.plimsoll.simulation;

import java.util.List;

/**
 * Releases of Docker Engine that hosts of the fleet run.
 *
 * <p>The versions of the API are those of the published API history; only the shape of 20.10 was
 * recorded from an engine.
 */
public enum EngineRelease {
  /** The one that answers were recorded from. */
  V20_10("20.10.24", 41, 12, "1.6.20", "1.1.5", "go1.19.7"),
  V23("23.0.6", 42, 12, "1.6.21", "1.1.7", "go1.19.9"),
  V24("24.0.9", 43, 12, "1.7.13", "1.1.12", "go1.20.13"),
  V25("25.0.5", 44, 24, "1.7.13", "1.1.12", "go1.21.8"),
  V26("26.1.4", 45, 24, "1.6.33", "1.1.12", "go1.21.11"),
  V27("27.5.1", 47, 24, "1.7.25", "1.2.4", "go1.22.11"),
  V28("28.3.2", 51, 24, "1.7.27", "1.2.5", "go1.24.5"),
  V29("29.1.3", 52, 44, "2.2.0", "1.3.4", "go1.25.5");

  private static final List<EngineRelease> OLDEST_FIRST = List.of(values());

  private final String version;
  private final int api;
  private final int oldestApi;
  private final String containerd;
  private final String runc;
  private final String go;

  EngineRelease(String version, int api, int oldestApi, String containerd, String runc, String go) {
    this.version = version;
    this.api = api;
    this.oldestApi = oldestApi;
    this.containerd = containerd;
    this.runc = runc;
    this.go = go;
  }

  /** Such as 27.5.1. */
  public String version() {
    return version;
  }

  /** The newest API that it speaks, such as 1.47. */
  public String apiVersion() {
    return "1." + api;
  }

  /** The oldest API that it speaks. */
  public String oldestApiVersion() {
    return "1." + oldestApi;
  }

  /** Minor number of the newest API; the major one is 1. */
  int api() {
    return api;
  }

  int oldestApi() {
    return oldestApi;
  }

  String containerd() {
    return containerd;
  }

  String runc() {
    return runc;
  }

  String go() {
    return go;
  }

  /** The release that comes so many upgrades after this one, or the newest. */
  EngineRelease after(int upgrades) {
    return OLDEST_FIRST.get(
        Math.min(OLDEST_FIRST.size() - 1, OLDEST_FIRST.indexOf(this) + Math.max(0, upgrades)));
  }
}
