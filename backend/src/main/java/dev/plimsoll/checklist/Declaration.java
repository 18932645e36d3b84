package dev.plimsoll.checklist;

/** What a company can declare to be meant, so that checks need not call it a mistake. */
public enum Declaration {
  /** The host is meant to be a swarm node: any value. */
  SWARM_NODE("swarm-node"),
  /** Swarms this small may run tasks on managers: any value. */
  SMALL_SWARM("small-swarm"),
  /** A registry host that images may come from, such as {@code registry.example.com:5000}. */
  REGISTRY("registry"),
  /** An approved base image: its layer digests from the first on, joined by commas. */
  BASE_IMAGE("base-image"),
  /** A container runtime beside runc, runsc and kata. */
  RUNTIME("runtime"),
  /** A cgroup parent that an orchestrator uses. */
  CGROUP_PARENT("cgroup-parent"),
  /** A host device that containers may get. */
  DEVICE("device"),
  /** A person who may be in the host's group {@code docker}. */
  DOCKER_GROUP_MEMBER("docker-group-member"),
  /** An engine plugin with host-wide powers that is known and wanted. */
  PLUGIN("plugin"),
  /** Absolute path of a set-id file that images may hold. */
  SET_ID_FILE("set-id-file"),
  /** Absolute path of a file that may carry capabilities in images. */
  FILE_CAPABILITY("file-capability"),
  /** SHA-256 of a key file that is known to be for tests. */
  TEST_KEY("test-key"),
  /** Name of an image that is kept although nothing uses it. */
  KEPT_IMAGE("kept-image"),
  /** Name of a volume that is kept although nothing uses it. */
  KEPT_VOLUME("kept-volume"),
  /** Name of a volume, or path of a bound directory, that several containers may write. */
  SHARED_VOLUME("shared-volume"),
  /** Name of a volume that holds nothing but what can be made again. */
  CACHE_VOLUME("cache-volume"),
  /** A port that a container is meant to publish: its name and the host's port, {@code web:443}. */
  PUBLISHED_PORT("published-port"),
  /** A host directory or device that a volume may stand for. */
  BOUND_DEVICE("bound-device"),
  /** An image without a recipe, or from no base, that is known and wanted: its name. */
  UNBUILT_IMAGE("unbuilt-image");

  private final String word;

  Declaration(String word) {
    this.word = word;
  }

  /** The declaration as the API spells it, such as {@code docker-group-member}. */
  public String word() {
    return word;
  }

  /**
   * The declaration that is spelled so.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Declaration of(String word) {
    for (Declaration one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("nothing called " + word + " can be declared");
  }
}
