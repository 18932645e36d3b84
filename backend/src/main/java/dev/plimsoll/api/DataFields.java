package dev.plimsoll.api;

import dev.plimsoll.backup.coverage.DataRef;
import dev.plimsoll.fleet.JsonFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which data of a host is meant: one of {@code volume, path, container, swarm:true}. */
final class DataFields {
  private static final DataRef NONE = DataRef.volume("");

  private DataFields() {}

  /** The data; where none or several are named, {@link JsonFields#check} will say so. */
  static DataRef read(JsonFields fields) {
    List<DataRef> named = new ArrayList<>();
    @Nullable String volume = fields.text("volume");
    @Nullable String path = fields.text("path");
    @Nullable String container = fields.text("container");
    if (volume != null) {
      named.add(DataRef.volume(volume));
    }
    if (path != null) {
      named.add(DataRef.directory(path));
    }
    if (container != null) {
      named.add(DataRef.layer(container));
    }
    if (Boolean.TRUE.equals(fields.flag("swarm"))) {
      named.add(DataRef.SWARM);
    }
    if (named.size() != 1) {
      fields.reject(
          named.isEmpty() ? "volume" : "swarm",
          "Exactly one of volume, path, container and swarm:true says what it is of.");
      return NONE;
    }
    return named.getFirst();
  }
}
