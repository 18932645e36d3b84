package dev.plimsoll.fleet;

/** A group that still holds groups or hosts cannot be deleted. */
public final class GroupInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what the group holds. */
  public GroupInUse(String path, long groups, long hosts) {
    super(
        "\"%s\" holds %d groups and %d hosts. Move them elsewhere first."
            .formatted(path, groups, hosts));
  }
}
