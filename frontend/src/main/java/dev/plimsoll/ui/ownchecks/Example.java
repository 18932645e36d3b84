package dev.plimsoll.ui.ownchecks;

import dev.plimsoll.checklist.Mode;
import dev.plimsoll.checklist.Severity;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.owncheck.OwnCheckDraft;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks to start from: each shows something else of the language. */
enum Example {
  REGISTRY(
      "Images from our registry",
      new OwnCheckDraft(
          "OWN-REGISTRY",
          "Containers run images of the company's registry",
          SubjectKind.CONTAINER,
          Severity.HIGH,
          Mode.SCORED,
          "doc.Config.Image.startsWith('registry.example.com/')",
          null,
          "What comes from elsewhere was scanned by nobody here and can be gone tomorrow.",
          "Push the image to the company's registry and start the container from there.")),
  OWNER(
      "An owner in production",
      new OwnCheckDraft(
          "OWN-OWNER-LABEL",
          "Containers in production name a team as their owner",
          SubjectKind.CONTAINER,
          Severity.MEDIUM,
          Mode.SCORED,
          "has(doc.Config.Labels.owner) && doc.Config.Labels.owner.matches('^team-[a-z]+$')",
          "host.environment == 'production'",
          "When something burns at night, nobody should have to guess whom to call.",
          "Start the container with --label owner=team-NAME.")),
  CAPABILITIES(
      "Only agreed capabilities",
      new OwnCheckDraft(
          "OWN-CAPABILITIES",
          "Containers add no capability but those agreed on",
          SubjectKind.CONTAINER,
          Severity.HIGH,
          Mode.ADVISORY,
          """
          doc.HostConfig.CapAdd == null
            || doc.HostConfig.CapAdd.all(c, c in ['NET_BIND_SERVICE', 'CAP_NET_BIND_SERVICE'])\
          """,
          null,
          "Each capability is a part of root's power; most programs need none of them.",
          "Take the others out of --cap-add, or agree on them and add them to this check."));

  private final String label;

  // A record of texts and enums, which cannot change; its module knows no such annotation
  @SuppressWarnings("ImmutableEnumChecker")
  private final OwnCheckDraft draft;

  Example(String label, OwnCheckDraft draft) {
    this.label = label;
    this.draft = draft;
  }

  String label() {
    return label;
  }

  OwnCheckDraft draft() {
    return draft;
  }

  /** Its name in a URL. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Example> of(@Nullable String word) {
    return Arrays.stream(values()).filter(example -> example.word().equals(word)).findFirst();
  }
}
