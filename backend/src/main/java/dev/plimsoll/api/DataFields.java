package dev.plimsoll.api;

import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which data of a host is meant: one of {@code volume, path, container, swarm:true}. */
final class DataFields {
  private DataFields() {}

  /** The data; null where none or several are named, which {@link JsonFields#check} will say. */
  static @Nullable DataRef read(JsonFields fields) {
    List<DataRef> given = new ArrayList<>();
    String volume = fields.text("volume");
    if (volume != null) {
      given.add(DataRef.volume(volume));
    }
    String path = fields.text("path");
    if (path != null) {
      given.add(DataRef.directory(path));
    }
    String container = fields.text("container");
    if (container != null) {
      given.add(DataRef.layer(container));
    }
    if (Boolean.TRUE.equals(fields.flag("swarm"))) {
      given.add(DataRef.SWARM);
    }
    if (given.size() != 1) {
      fields.reject(
          "volume",
          (given.isEmpty() ? "Nothing was named. " : given.size() + " things were named. ")
              + "Give exactly one of volume, path, container, or swarm as true.");
      return null;
    }
    return given.getFirst();
  }
}
