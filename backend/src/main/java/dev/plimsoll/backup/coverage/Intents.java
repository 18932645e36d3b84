package dev.plimsoll.backup.coverage;

import dev.plimsoll.backup.coverage.KeptData.Intent;
import dev.plimsoll.checklist.RpoLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs that data is meant to be backed up. None of them is evidence that it was. */
final class Intents {
  /** Says that data is meant to be backed up. */
  static final String MEANT = "dev.plimsoll.backup";

  /** Says why data needs no backup; exempts nothing until a policy does. */
  static final String EXEMPT = "dev.plimsoll.backup-exempt";

  /** Labels that offen/docker-volume-backup goes by. */
  static final String OF_BACKUP_PROGRAM = "docker-volume-backup.";

  /** In the place of a label: a container that runs a backup program. */
  static final String IMAGE = "image";

  private static final Set<String> PROGRAMS =
      Set.of("docker-volume-backup", "restic", "resticker", "borgmatic", "borg", "backrest");

  private Intents() {}

  static List<Intent> of(Map<String, String> labels, String on) {
    List<Intent> intents = new ArrayList<>();
    labels.forEach(
        (label, value) -> {
          if (label.equals(RpoLabel.NAME)
              || label.equals(MEANT)
              || label.equals(EXEMPT)
              || label.startsWith(OF_BACKUP_PROGRAM)) {
            intents.add(new Intent(label, value, on));
          }
        });
    return intents;
  }

  /** The sign that a container gives by the program that it runs. */
  static Optional<Intent> program(String image, String container) {
    String repository = image.replaceFirst("@.*", "");
    String name = repository.substring(repository.lastIndexOf('/') + 1).replaceFirst(":.*", "");
    return PROGRAMS.contains(name)
        ? Optional.of(new Intent(IMAGE, image, container))
        : Optional.empty();
  }

  /** Whether a sign says that data is to be backed up, without saying how fresh. */
  static boolean isMeant(Intent intent) {
    return intent.label().startsWith(OF_BACKUP_PROGRAM)
        || intent.label().equals(IMAGE)
        || (intent.label().equals(MEANT) && intent.value().equalsIgnoreCase("true"));
  }
}
