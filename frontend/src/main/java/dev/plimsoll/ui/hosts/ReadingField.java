package dev.plimsoll.ui.hosts;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.HostDraft;
import dev.plimsoll.ui.widgets.Figures;
import java.util.List;
import java.util.stream.Collectors;

/** What is read of a host on request: each with what it shows, what it costs, what it answers. */
class ReadingField extends CheckboxGroup<ReadingSwitch> {
  private static final int NAMED = 4;

  ReadingField() {
    setLabel("Also read");
    setItems(ReadingSwitch.values());
    setItemLabelGenerator(ReadingField::label);
    setItemHelperGenerator(reading -> explained(reading) + " " + answers(reading));
    addClassName("readings");
    setValue(HostDraft.DEFAULT_READINGS);
  }

  /** Says whether the host is reached by SSH, without which its files cannot be read. */
  void reachedBySsh(boolean ssh) {
    setItemEnabledProvider(reading -> ssh || reading != ReadingSwitch.HOST_FILES);
  }

  private static String label(ReadingSwitch reading) {
    return switch (reading) {
      case PROCESSES -> "Processes";
      case CHANGES -> "Changed files";
      case IMAGE_FILES -> "Files inside images";
      case EVENTS -> "Events";
      case HOST_FILES -> "Files of the host";
      case SCANS -> "Scan reports";
      case BACKUPS -> "Backup records";
    };
  }

  private static String explained(ReadingSwitch reading) {
    return switch (reading) {
      case PROCESSES ->
          "The names and users of what runs in each container; one short call a container.";
      case CHANGES ->
          "The paths that each container has written in its own layer; the engine walks the layer,"
              + " which takes seconds where it is large.";
      case IMAGE_FILES ->
          "Each image once, whole: set-id programs, accounts, forgotten keys. It moves the image's"
              + " size over the network; contents are never kept.";
      case EVENTS ->
          "What people do between collections, such as running commands in containers; one open"
              + " connection. Commands are never kept.";
      case HOST_FILES ->
          "Owner and mode of the engine's files, audit rules, daemon.json; a fixed list of commands"
              + " over SSH that change nothing.";
      case SCANS ->
          "Nothing is read: what scanners reported of images counts, and is unknown where they"
              + " reported nothing.";
      case BACKUPS ->
          "Nothing is read: what backup tools reported counts, and a volume of which nothing was"
              + " reported is not backed up.";
    };
  }

  private static String answers(ReadingSwitch reading) {
    List<String> checks =
        Checklist.standard().rules().stream()
            .filter(rule -> rule.needs() == reading)
            .map(Rule::id)
            .toList();
    if (checks.isEmpty()) {
      return "No check needs it alone.";
    }
    String named = checks.stream().limit(NAMED).collect(Collectors.joining(", "));
    return "Answers %s: %s%s."
        .formatted(
            Figures.count(checks.size(), "check", "checks"),
            named,
            checks.size() > NAMED ? " and others" : "");
  }
}
