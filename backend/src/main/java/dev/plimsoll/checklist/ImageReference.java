package dev.plimsoll.checklist;

/**
 * An image as it was named when a container was created: {@code [registry/]repository[:tag]
 * [@digest]}, or the bare ID of an image.
 *
 * @param name without tag and digest
 * @param tag empty if none is given
 * @param digest empty if none is given
 */
record ImageReference(String name, String tag, String digest) {
  static final String LATEST = "latest";
  private static final String ID_PREFIX = "sha256:";
  private static final int ID_LENGTH = 64;

  static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String digest = at < 0 ? "" : text.substring(at + 1);
    String rest = at < 0 ? text : text.substring(0, at);
    // A colon before the last slash belongs to the registry's port
    int colon = rest.lastIndexOf(':');
    return colon > rest.lastIndexOf('/')
        ? new ImageReference(rest.substring(0, colon), rest.substring(colon + 1), digest)
        : new ImageReference(rest, "", digest);
  }

  /**
   * Whether a text is an image's ID and not a name.
   *
   * @param imageId the ID of the image that was found for it
   */
  static boolean isBareId(String text, String imageId) {
    if (text.startsWith(ID_PREFIX)) {
      return true;
    }
    if (!text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      return false;
    }
    return text.length() == ID_LENGTH
        || (text.length() >= 4 && imageId.startsWith(ID_PREFIX + text));
  }

  /** Name and tag as the engine lists them: the usual registry left out, the usual tag added. */
  String familiar() {
    String shortName = name;
    for (String usual : new String[] {"index.docker.io/", "docker.io/"}) {
      if (shortName.startsWith(usual)) {
        shortName = shortName.substring(usual.length());
      }
    }
    if (shortName.startsWith("library/")) {
      shortName = shortName.substring("library/".length());
    }
    return shortName + ":" + (tag.isEmpty() ? LATEST : tag);
  }
}
