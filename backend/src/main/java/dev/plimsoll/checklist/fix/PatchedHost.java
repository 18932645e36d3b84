package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A host as it would be known after changes, so that they can be tried by judging it. */
public final class PatchedHost {
  private static final String CHANGED = "~";

  private PatchedHost() {}

  /**
   * The host with these effects; what was not read stays unread. A document that changed bears the
   * hash of the one it came from with a mark behind it, for nobody has stored it.
   */
  public static HostFacts of(HostFacts host, Collection<Patch> patches) {
    Draft draft = new Draft(host);
    patches.forEach(draft::apply);
    return draft.facts();
  }

  private static final class Draft {
    private final HostFacts host;
    private HostFacts.Transport transport;
    private Reading engine;
    private @Nullable Reading swarm;
    private @Nullable Reading hostFiles;
    private final Map<SubjectKind, Map<String, Reading>> readings =
        new EnumMap<>(SubjectKind.class);

    Draft(HostFacts host) {
      this.host = host;
      transport = host.transport();
      engine = host.engine();
      swarm = host.swarm();
      hostFiles = host.hostFiles();
      readings.put(SubjectKind.CONTAINER, host.containers());
      readings.put(SubjectKind.IMAGE, host.images());
      readings.put(SubjectKind.VOLUME, host.volumes());
      readings.put(SubjectKind.NETWORK, host.networks());
    }

    void apply(Patch patch) {
      switch (patch) {
        case Patch.Transport(HostFacts.Transport other) -> transport = other;
        case Patch.Removal(SubjectKind kind, String id) -> put(kind, id, null);
        case Patch.Document document -> {
          if (get(document.kind(), document.dockerId()) instanceof Reading.Read read) {
            put(
                document.kind(),
                document.dockerId(),
                changed(read, document.apply(read.document()), read.observation()));
          }
        }
        case Patch.Observation seen -> {
          if (get(seen.kind(), seen.dockerId()) instanceof Reading.Read read) {
            put(
                seen.kind(),
                seen.dockerId(),
                changed(read, read.document(), seen.apply(read.observation())));
          }
        }
      }
    }

    private static Reading changed(Reading.Read read, JsonNode document, JsonNode observation) {
      return new Reading.Read(
          read.sha256() + CHANGED, document, read.observationSha256(), observation);
    }

    private @Nullable Reading get(SubjectKind kind, String id) {
      return switch (kind) {
        case ENGINE -> engine;
        case SWARM -> swarm;
        case HOST_FILE -> hostFiles;
        case CONTAINER, IMAGE, VOLUME, NETWORK -> of(kind).get(id);
      };
    }

    private void put(SubjectKind kind, String id, @Nullable Reading reading) {
      switch (kind) {
        case ENGINE -> engine = reading == null ? engine : reading;
        case SWARM -> swarm = reading;
        case HOST_FILE -> hostFiles = reading;
        case CONTAINER, IMAGE, VOLUME, NETWORK -> {
          Map<String, Reading> changed = new HashMap<>(of(kind));
          if (reading == null) {
            changed.remove(id);
          } else {
            changed.put(id, reading);
          }
          readings.put(kind, changed);
        }
      }
    }

    private Map<String, Reading> of(SubjectKind kind) {
      return readings.getOrDefault(kind, Map.of());
    }

    HostFacts facts() {
      return host.toBuilder()
          .transport(transport)
          .engine(engine)
          .swarm(swarm)
          .hostFiles(hostFiles)
          .containers(of(SubjectKind.CONTAINER))
          .images(of(SubjectKind.IMAGE))
          .volumes(of(SubjectKind.VOLUME))
          .networks(of(SubjectKind.NETWORK))
          .build();
    }
  }
}
