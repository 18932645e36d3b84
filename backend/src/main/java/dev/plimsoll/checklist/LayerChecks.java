package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a container writes into its own layer, where it is lost with the container. */
final class LayerChecks {
  private static final Field READ_ONLY = Field.of(".HostConfig.ReadonlyRootfs");
  private static final Field AUTO_REMOVE = Field.of(".HostConfig.AutoRemove");

  private LayerChecks() {}

  static final Check SYSTEM_UNCHANGED =
      RuleBuilder.container("CTR-COMPROMISE", MEDIUM)
          .nist("4.4.5")
          .linuxOnly()
          .needs(ReadingSwitch.CHANGES)
          .title("No files of the system were changed")
          .rationale(
              "Programs that changed in a running container came neither from its image nor from a"
                  + " deployment.")
          .remediation(
              "Build a new image instead of patching in place; run with --read-only. Look into who"
                  + " changed what nobody meant to.")
          .judgedBy(LayerChecks::systemUnchanged);

  static final Check NO_DATA_INSIDE =
      RuleBuilder.container("STO-WRITABLE", HIGH)
          .nist("4.4.5")
          .linuxOnly()
          .needs(ReadingSwitch.CHANGES)
          .title("No data is kept in the container's own layer")
          .rationale("What is written there is gone when the container is deleted.")
          .remediation("Mount a volume at the paths that are listed: -v data:/path.")
          .judgedBy(LayerChecks::noDataInside);

  static final Check REMOVED_WITHOUT_DATA =
      RuleBuilder.container("STO-RMDATA", MEDIUM)
          .linuxOnly()
          .title("No self-deleting container holds data")
          .rationale("With --rm, its layer and its anonymous volumes go when it stops.")
          .remediation("Run without --rm, or mount a named volume where it writes.")
          .judgedBy(LayerChecks::removedWithoutData);

  private static Verdict systemUnchanged(Examination x) {
    if (x.document().flag(READ_ONLY)) {
      return x.notApplicable("its root filesystem is read-only");
    }
    Source seen = x.observation();
    if (!seen.flag(ContainerObservation.EVER_STARTED)) {
      return x.pass("never started");
    }
    Verdict unread = unread(x, seen);
    if (unread != null) {
      return unread;
    }
    List<Evidence> changed = entries(seen, ContainerObservation.SYSTEM_CHANGES);
    return changed.isEmpty() ? x.pass() : x.fail(changed, null);
  }

  private static Verdict noDataInside(Examination x) {
    Source seen = x.observation();
    if (!seen.flag(ContainerObservation.EVER_STARTED)) {
      return x.notApplicable("never started");
    }
    return x.document().flag(READ_ONLY) ? x.pass() : written(x, seen);
  }

  private static Verdict written(Examination x, Source seen) {
    Verdict unread = unread(x, seen);
    if (unread != null) {
      return unread;
    }
    List<Evidence> written = entries(seen, ContainerObservation.DATA_CHANGES);
    written.addAll(entries(seen, ContainerObservation.SYSTEM_CHANGES));
    JsonNode over = seen.peek(ContainerObservation.OVER_1_MIB);
    if (over.asBoolean(false)) {
      written.add(seen.evidence(ContainerObservation.OVER_1_MIB.path(), over));
    }
    if (!written.isEmpty()) {
      return x.fail(written, null);
    }
    // Files alone are not enough: the list is empty where only what is passed over grew
    Reading.Unread size = ContainerObservation.failed(seen.peek(ContainerObservation.SIZE_FAILED));
    if (size != null) {
      return Examination.unread(size);
    }
    seen.flag(ContainerObservation.OVER_1_MIB);
    return x.pass();
  }

  private static Verdict removedWithoutData(Examination x) {
    Source container = x.document();
    if (!container.flag(AUTO_REMOVE)) {
      return x.notApplicable("it is not removed by itself");
    }
    JsonNode mounts = container.array(Containers.MOUNTS);
    List<Evidence> anonymous = new ArrayList<>();
    for (int i = 0; i < mounts.size(); i++) {
      JsonNode mount = mounts.path(i);
      String name = mount.path("Name").asString("");
      if (mount.path("Type").asString("").equals("volume")
          && VolumeChecks.isAnonymous(x.host(), name)) {
        anonymous.add(container.evidence(Containers.MOUNTS.entry(i) + ".Name", mount.path("Name")));
      }
    }
    if (!anonymous.isEmpty()) {
      return x.fail(anonymous, "an anonymous volume goes with it");
    }
    Source seen = x.observation();
    if (!seen.flag(ContainerObservation.EVER_STARTED) || container.flag(READ_ONLY)) {
      return x.pass();
    }
    return x.host().switchedOn().contains(ReadingSwitch.CHANGES)
        ? written(x, seen)
        : Verdict.switchedOff(ReadingSwitch.CHANGES);
  }

  private static @Nullable Verdict unread(Examination x, Source seen) {
    Reading.Unread failed =
        ContainerObservation.failed(seen.peek(ContainerObservation.CHANGES_FAILED));
    if (failed != null) {
      return Examination.unread(failed);
    }
    if (!seen.peek(ContainerObservation.CHANGES).isObject()) {
      seen.look(ContainerObservation.CHANGES);
      return x.unknown("its layer has not been looked at since it is to be");
    }
    return null;
  }

  private static List<Evidence> entries(Source seen, Field field) {
    JsonNode paths = seen.array(field);
    List<Evidence> entries = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      entries.add(seen.entry(field, i));
    }
    return entries;
  }
}
