package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes, and the containers that use them. */
final class StorageRemedies {
  private static final String BACKUP =
      "Only a backup clears this. Put the volume under a backup policy, run it, and record it.";

  private StorageRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("VOL-ANON", StorageRemedies::name),
          Map.entry("VOL-ORPHAN", StorageRemedies::remove),
          Map.entry("VOL-BINDBACKED", StorageRemedies::bindOpenly),
          Map.entry("VOL-BACKUP", Remedy.decide(BACKUP)),
          Map.entry(
              "VOL-RPO",
              Remedy.decide(
                  "Only a newer backup clears this. Find out why the last ones were missed; if what"
                      + " was promised cannot be kept, change the promise.")),
          Map.entry(
              "VOL-BACKUPSANE",
              Remedy.decide(
                  "Somebody has to look at what the backup job warned of, or at why it got so much"
                      + " smaller.")),
          Map.entry(
              "VOL-RESTORE",
              Remedy.decide(
                  "Only a restore that was tried clears this: into a new volume, files compared by"
                      + " their hashes, and recorded.")),
          Map.entry(
              "VOL-OFFHOST",
              Remedy.decide(
                  "Where copies may lie people decide. Send one to another host or to an object"
                      + " store.")),
          Map.entry(
              "VOL-CONSISTENT",
              Remedy.decide(
                  "How this database is saved in one piece depends on it: dump it, stop it, or take"
                      + " a snapshot, and record the method.")),
          Map.entry(
              "VOL-SHAREDRW",
              Remedy.decide(
                  "Which of the containers has to write people know: mount the volume read-only"
                      + " (:ro) in the others, or declare that it is shared.")),
          Map.entry(
              "VOL-DATACTR",
              Remedy.decide(
                  "Give the volume a name and mount it where --volumes-from was used; remove the"
                      + " container that guards it only when the data is seen there.")),
          Map.entry(
              "VOL-OPTSECRET",
              Remedy.decide(
                  "The password has to move to a credentials file on the host, the volume to be"
                      + " made anew with it, and the password to be changed: docker volume inspect"
                      + " showed it.")),
          Map.entry(
              "VOL-OWNER",
              Remedy.decide(
                  "Who owns the data and how much of it may be lost people know. A volume's labels"
                      + " are chosen when it is made.")));

  private static Fix name(Failure failure) {
    String old = failure.dockerId();
    List<Entry<String, Reading.Read>> users = users(failure, old);
    if (users.isEmpty()) {
      return new Fix.Decision(
          "The container that uses it was not read, so what to change is not known yet.");
    }
    Entry<String, Reading.Read> first = users.getFirst();
    String name = ContainerDocument.name(first.getValue().document()) + "-data";
    ContainerDraft draft =
        changed(failure, first, mount -> mount.put("Name", name), old)
            .prepare("docker volume create " + ShellText.word(name))
            .prepare(
                ShellText.words(
                    List.of(
                        "docker",
                        "run",
                        "--rm",
                        "-v",
                        old + ":/from:ro",
                        "-v",
                        name + ":/to",
                        "busybox",
                        "cp",
                        "-a",
                        "/from/.",
                        "/to/")));
    others(users, draft, mount -> mount.put("Name", name), old);
    return draft
        .also(new Patch.Removal(SubjectKind.VOLUME, old))
        .caution(
            "Stop the container while its data is copied; remove the old volume when the data is"
                + " seen in the new one.")
        .done();
  }

  private static Fix bindOpenly(Failure failure) {
    String volume = failure.dockerId();
    String device = failure.document().path("Options").path("device").asString("");
    List<Entry<String, Reading.Read>> users = users(failure, volume);
    if (users.isEmpty()) {
      return remove(failure);
    }
    if (!device.startsWith("/")) {
      return new Fix.Decision(
          "What the volume mounts is no directory: those who made it know what it is for.");
    }
    UnaryOperator<ObjectNode> open =
        mount -> {
          mount.remove("Name");
          mount.remove("Driver");
          return mount.put("Type", "bind").put("Source", device).put("Propagation", "rprivate");
        };
    ContainerDraft draft = changed(failure, users.getFirst(), open, volume);
    others(users, draft, open, volume);
    return draft
        .also(new Patch.Removal(SubjectKind.VOLUME, volume))
        .caution(
            "The data stays where it is. Then everybody sees that a directory of the host is"
                + " mounted, and checks of bound directories speak of it.")
        .done();
  }

  private static Fix remove(Failure failure) {
    String name = failure.dockerId();
    return new Fix.Run(
        failure.target(),
        List.of(
            ShellText.words(
                List.of(
                    "docker",
                    "run",
                    "--rm",
                    "-v",
                    name + ":/data:ro",
                    "-v",
                    "/var/backups:/backup",
                    "busybox",
                    "tar",
                    "czf",
                    "/backup/volume-" + name + ".tar.gz",
                    "-C",
                    "/data",
                    ".")),
            "docker volume rm " + ShellText.word(name)),
        List.of(new Patch.Removal(SubjectKind.VOLUME, name)),
        List.of(
            "The data is gone with the volume. Look at it and ask whose it is before the second"
                + " command."));
  }

  private static List<Entry<String, Reading.Read>> users(Failure failure, String volume) {
    List<Entry<String, Reading.Read>> users = new ArrayList<>();
    for (Entry<String, Reading> container : failure.host().containers().entrySet()) {
      if (container.getValue() instanceof Reading.Read read) {
        for (JsonNode mount : read.document().path("Mounts")) {
          if (mount.path("Type").asString("").equals("volume")
              && mount.path("Name").asString("").equals(volume)) {
            users.add(Map.entry(container.getKey(), read));
            break;
          }
        }
      }
    }
    users.sort(Entry.comparingByKey());
    return users;
  }

  private static ContainerDraft changed(
      Failure failure,
      Entry<String, Reading.Read> user,
      UnaryOperator<ObjectNode> change,
      String volume) {
    JsonNode document = user.getValue().document();
    return new ContainerDraft(failure, user.getKey(), document)
        .set("Mounts", mounts(document, change, volume));
  }

  /** Containers that share the volume change with the first. */
  private static void others(
      List<Entry<String, Reading.Read>> users,
      ContainerDraft draft,
      UnaryOperator<ObjectNode> change,
      String volume) {
    for (Entry<String, Reading.Read> user : users.subList(1, users.size())) {
      JsonNode document = user.getValue().document();
      draft.also(
          new Patch.Document(
              SubjectKind.CONTAINER,
              user.getKey(),
              List.of(new Edit(List.of("Mounts"), mounts(document, change, volume)))));
      draft.caution(
          "It is mounted by "
              + ContainerDocument.name(document)
              + " as well: change both at once.");
    }
  }

  private static ArrayNode mounts(
      JsonNode container, UnaryOperator<ObjectNode> change, String volume) {
    ArrayNode mounts = ContainerDraft.JSON.arrayNode();
    for (JsonNode mount : container.path("Mounts")) {
      mounts.add(
          mount.path("Name").asString("").equals(volume)
                  && mount.deepCopy() instanceof ObjectNode copy
              ? change.apply(copy)
              : mount);
    }
    return mounts;
  }
}
