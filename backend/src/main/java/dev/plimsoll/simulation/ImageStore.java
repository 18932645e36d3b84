package dev.plimsoll.simulation;

/** Where an engine keeps its images. */
public enum ImageStore {
  /**
   * The engine's own store with the driver overlay2: an image's ID is that of its configuration.
   */
  OVERLAY2("overlay2"),
  /** containerd's store: an image's ID is that of its manifest or index. */
  CONTAINERD("overlayfs");

  private final String driver;

  ImageStore(String driver) {
    this.driver = driver;
  }

  String driver() {
    return driver;
  }
}
