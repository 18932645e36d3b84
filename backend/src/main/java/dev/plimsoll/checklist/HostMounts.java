package dev.plimsoll.checklist;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What of the host's file system a container sees: bind mounts, and local volumes that are bind
 * mounts in disguise. For such a volume the container's own document shows only a path below the
 * engine's data directory; the truth stands in the volume's options.
 *
 * @param count mounts of any type
 * @param mounts those that show a path of the host
 * @param unclear evidence of mounts that cannot be judged
 * @param reason why, for people; empty if all can
 */
record HostMounts(int count, List<HostMount> mounts, List<Evidence> unclear, String reason) {
  private static final Field VOLUME_DRIVER = Field.of(".Driver");
  private static final Field VOLUME_OPTIONS = Field.of(".Options");
  private static final Field VOLUME_DEVICE = Field.of(".Options.device");

  /**
   * One path of the host.
   *
   * @param path cleaned, symbolic links not resolved: the API does not show them
   * @param readOnly only where the document says so
   * @param evidence the entry that shows the path
   */
  record HostMount(String path, boolean readOnly, Evidence evidence) {}

  /**
   * Reads them from a container's document and its volumes'.
   *
   * @throws Unanswerable if the container does not list its mounts
   */
  static HostMounts of(Examination x) {
    Source container = x.document();
    JsonNode entries = container.peek(Containers.MOUNTS);
    if (!entries.isArray()) {
      container.array(Containers.MOUNTS);
    }
    Reader reader = new Reader(x);
    for (int i = 0; i < entries.size(); i++) {
      reader.read(Containers.MOUNTS.entry(i), entries.get(i));
    }
    return new HostMounts(entries.size(), reader.mounts, reader.unclear, reader.reason);
  }

  /** Whether a local volume's options make it a bind mount. */
  static boolean isBind(JsonNode options) {
    for (String option : options.path("o").asString("").split(",")) {
      if (option.strip().equals("bind") || option.strip().equals("rbind")) {
        return true;
      }
    }
    return false;
  }

  private static final class Reader {
    private final Examination x;
    private final List<HostMount> mounts = new ArrayList<>();
    private final List<Evidence> unclear = new ArrayList<>();
    private String reason = "";

    Reader(Examination x) {
      this.x = x;
    }

    void read(String path, JsonNode mount) {
      JsonNode type = mount.path("Type");
      switch (type.asString("")) {
        case "bind", "npipe" -> add(path + ".Source", mount.path("Source"), mount, x.document());
        case "volume" -> readVolume(path, mount);
        case "" -> unclear(x.document().evidence(path + ".Type", type), "a mount has no type");
        default -> x.keep(x.document().evidence(path + ".Type", type));
      }
    }

    private void add(String path, JsonNode source, JsonNode mount, Source holder) {
      Evidence evidence = holder.evidence(path, source);
      if (!source.isString() || source.stringValue().isEmpty()) {
        unclear(evidence, path + " is missing");
        return;
      }
      JsonNode writable = mount.path("RW");
      mounts.add(
          new HostMount(
              HostPath.clean(source.stringValue()),
              writable.isBoolean() && !writable.booleanValue(),
              evidence));
      x.keep(evidence);
    }

    private void readVolume(String path, JsonNode mount) {
      JsonNode name = mount.path("Name");
      Evidence evidence = x.document().evidence(path + ".Name", name);
      Reading reading = name.isString() ? x.host().volumes().get(name.stringValue()) : null;
      switch (reading) {
        case null -> {
          Reading.Unread list = x.host().unreadLists().get(SubjectKind.VOLUME);
          unclear(
              list == null ? evidence : Examination.evidence(list),
              list == null ? "the volume is not listed" : list.detail());
        }
        case Reading.Unread unread -> unclear(Examination.evidence(unread), unread.detail());
        case Reading.Read read -> {
          x.keep(evidence);
          Source volume = x.open(read);
          JsonNode driver = volume.peek(VOLUME_DRIVER);
          JsonNode options = volume.peek(VOLUME_OPTIONS);
          if (!driver.isString()) {
            unclear(volume.evidence(VOLUME_DRIVER.path(), driver), "the volume has no driver");
          } else if (!driver.stringValue().equals("local")) {
            return;
          } else if (!options.isNull() && !options.isObject()) {
            unclear(volume.evidence(VOLUME_OPTIONS.path(), options), "the volume shows no options");
          } else if (isBind(options)) {
            add(VOLUME_DEVICE.path(), volume.peek(VOLUME_DEVICE), mount, volume);
          }
        }
      }
    }

    private void unclear(Evidence evidence, String why) {
      unclear.add(evidence);
      reason = why;
    }
  }
}
