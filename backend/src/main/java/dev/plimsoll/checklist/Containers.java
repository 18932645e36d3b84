package dev.plimsoll.checklist;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds containers of a host by what other documents say of them. */
final class Containers {
  static final Field IMAGE = Field.of(".Image");
  static final Field MOUNTS = Field.of(".Mounts");
  private static final Field NAME = Field.of(".Name");
  private static final int SHORT_ID = 12;

  private Containers() {}

  /** A container by Docker ID, by the start of one, or by name; null if there is none. */
  static @Nullable String find(HostFacts host, String reference) {
    Map<String, Reading> containers = host.containers();
    if (containers.containsKey(reference)) {
      return reference;
    }
    String found = null;
    for (Map.Entry<String, Reading> entry : containers.entrySet()) {
      boolean startsSo = reference.length() >= SHORT_ID && entry.getKey().startsWith(reference);
      if (startsSo || isCalled(entry.getValue(), reference)) {
        if (found != null) {
          return null;
        }
        found = entry.getKey();
      }
    }
    return found;
  }

  private static boolean isCalled(Reading reading, String name) {
    if (!(reading instanceof Reading.Read read)) {
      return false;
    }
    String own = NAME.in(read.document()).asString("");
    return own.length() == name.length() + 1 && own.charAt(0) == '/' && own.endsWith(name);
  }

  /** Why not every container of the host is known; null if all were read. */
  static Reading.@Nullable Unread unread(HostFacts host) {
    Reading.Unread list = host.unreadLists().get(SubjectKind.CONTAINER);
    if (list != null) {
      return list;
    }
    for (Reading reading : host.containers().values()) {
      if (reading instanceof Reading.Unread unread) {
        return unread;
      }
    }
    return null;
  }

  /** Evidence that a container was made from an image; null if none that was read was. */
  static @Nullable Evidence usingImage(HostFacts host, String imageId) {
    for (Reading reading : host.containers().values()) {
      if (reading instanceof Reading.Read read
          && IMAGE.in(read.document()).asString("").equals(imageId)) {
        return new Evidence(IMAGE.path(), CompactJson.text(imageId), read.sha256());
      }
    }
    return null;
  }

  /** Evidence that a container mounts a volume; null if none that was read does. */
  static @Nullable Evidence usingVolume(HostFacts host, String volume) {
    for (Reading reading : host.containers().values()) {
      if (reading instanceof Reading.Read read) {
        JsonNode mounts = MOUNTS.in(read.document());
        for (int i = 0; i < mounts.size(); i++) {
          JsonNode mount = mounts.path(i);
          if (mount.path("Type").asString("").equals("volume")
              && mount.path("Name").asString("").equals(volume)) {
            return new Evidence(MOUNTS.entry(i) + ".Name", CompactJson.text(volume), read.sha256());
          }
        }
      }
    }
    return null;
  }
}
