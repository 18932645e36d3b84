package dev.plimsoll.checklist;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one host at one instant: everything a check may look at.
 *
 * @param at the instant for which is judged
 * @param transport how the collector reaches the engine
 * @param placement where the host stands in the company
 * @param endpointPath path of the socket through which the host is watched; null if it is none
 * @param engine the document {@code {"info":…,"version":…}}
 * @param swarm what the engine shows of its swarm; null if the host was never asked
 * @param hostFiles what was read of the host's own files and settings; null if nobody ever did
 * @param containers by Docker ID; likewise images, networks; volumes by name
 * @param unreadLists the lists that the engine did not show, by kind: what is missing from such a
 *     map may exist all the same
 * @param switchedOn optional readings that are on for this host
 * @param declared what the company declared to be meant on this host
 * @param attestations what people signed for this host; expired ones included
 * @param imageFiles reports of the files inside images, by Docker ID; only of images that were read
 * @param scans what scanners reported of its images
 * @param backups what is known of backups of its data
 * @param supportTable the dated table of what is still supported; null if there was none
 * @param hostReports uploaded reports on the host's own files
 * @param destroyedVolumes volumes of the host that the engine said it removed, by name, with the
 *     newest such instant: whatever bears the name now was made later
 */
public record HostFacts(
    Instant at,
    Transport transport,
    Placement placement,
    @Nullable String endpointPath,
    Reading engine,
    @Nullable Reading swarm,
    @Nullable Reading hostFiles,
    Map<String, Reading> containers,
    Map<String, Reading> images,
    Map<String, Reading> volumes,
    Map<String, Reading> networks,
    Map<SubjectKind, Reading.Unread> unreadLists,
    Set<ReadingSwitch> switchedOn,
    Map<Declaration, Set<String>> declared,
    List<Attestation> attestations,
    Map<String, Reading> imageFiles,
    ScanEvidence scans,
    BackupEvidence backups,
    @Nullable Reading supportTable,
    List<HostReport> hostReports,
    Map<String, Instant> destroyedVolumes) {

  /** How the collector reaches an engine. */
  public enum Transport {
    UNIX,
    TCP,
    TLS,
    SSH
  }

  /** Values that were declared for this host; none if nothing was. */
  public Set<String> declared(Declaration declaration) {
    return declared.getOrDefault(declaration, Set.of());
  }

  /** Facts of a host, to be filled in. */
  public static Builder at(Instant at) {
    return new Builder(at);
  }

  /** A builder that holds these facts, for a host that differs in some. */
  public Builder toBuilder() {
    Builder builder =
        at(at)
            .transport(transport)
            .placement(placement)
            .endpointPath(endpointPath)
            .engine(engine)
            .swarm(swarm)
            .hostFiles(hostFiles)
            .containers(containers)
            .images(images)
            .volumes(volumes)
            .networks(networks)
            .unreadLists(unreadLists)
            .switchedOn(switchedOn)
            .attestations(attestations)
            .imageFiles(imageFiles)
            .scans(scans)
            .backups(backups)
            .supportTable(supportTable)
            .hostReports(hostReports)
            .destroyedVolumes(destroyedVolumes);
    declared.forEach(builder::declared);
    return builder;
  }

  /** Gathers facts from where they are kept. */
  public static final class Builder {
    private final Instant at;
    private Transport transport = Transport.UNIX;
    private Placement placement = Placement.NOWHERE;
    private @Nullable String endpointPath;
    private Reading engine = new Reading.Unread("GET /info", 0, "The engine was never read.");
    private @Nullable Reading swarm;
    private @Nullable Reading hostFiles;
    private Map<String, Reading> containers = Map.of();
    private Map<String, Reading> images = Map.of();
    private Map<String, Reading> volumes = Map.of();
    private Map<String, Reading> networks = Map.of();
    private Map<SubjectKind, Reading.Unread> unreadLists = Map.of();
    private Set<ReadingSwitch> switchedOn = Set.of();
    private final Map<Declaration, Set<String>> declared = new EnumMap<>(Declaration.class);
    private List<Attestation> attestations = List.of();
    private Map<String, Reading> imageFiles = Map.of();
    private ScanEvidence scans = ScanEvidence.NONE;
    private BackupEvidence backups = BackupEvidence.NONE;
    private @Nullable Reading supportTable;
    private List<HostReport> hostReports = List.of();
    private Map<String, Instant> destroyedVolumes = Map.of();

    private Builder(Instant at) {
      this.at = at;
    }

    /** The instant for which is judged. */
    public Instant at() {
      return at;
    }

    public Builder transport(Transport used) {
      transport = used;
      return this;
    }

    public Builder placement(Placement where) {
      placement = where;
      return this;
    }

    public Builder endpointPath(@Nullable String path) {
      endpointPath = path;
      return this;
    }

    public Builder engine(Reading reading) {
      engine = reading;
      return this;
    }

    public Builder swarm(@Nullable Reading reading) {
      swarm = reading;
      return this;
    }

    public Builder hostFiles(@Nullable Reading reading) {
      hostFiles = reading;
      return this;
    }

    /** Containers by Docker ID. */
    public Builder containers(Map<String, Reading> readings) {
      containers = readings;
      return this;
    }

    /** Images by Docker ID. */
    public Builder images(Map<String, Reading> readings) {
      images = readings;
      return this;
    }

    /** Volumes by name. */
    public Builder volumes(Map<String, Reading> readings) {
      volumes = readings;
      return this;
    }

    /** Networks by Docker ID. */
    public Builder networks(Map<String, Reading> readings) {
      networks = readings;
      return this;
    }

    public Builder unreadLists(Map<SubjectKind, Reading.Unread> lists) {
      unreadLists = lists;
      return this;
    }

    public Builder switchedOn(Set<ReadingSwitch> on) {
      switchedOn = Set.copyOf(on);
      return this;
    }

    public Builder declared(Declaration declaration, Set<String> values) {
      declared.put(declaration, Set.copyOf(values));
      return this;
    }

    public Builder attestations(List<Attestation> signed) {
      attestations = List.copyOf(signed);
      return this;
    }

    /** Reports of the files inside images, by Docker ID. */
    public Builder imageFiles(Map<String, Reading> reports) {
      imageFiles = Map.copyOf(reports);
      return this;
    }

    public Builder scans(ScanEvidence reported) {
      scans = reported;
      return this;
    }

    public Builder backups(BackupEvidence known) {
      backups = known;
      return this;
    }

    /** What makers and distributions still support. */
    public Builder supportTable(@Nullable Reading table) {
      supportTable = table;
      return this;
    }

    public Builder hostReports(List<HostReport> reports) {
      hostReports = List.copyOf(reports);
      return this;
    }

    /** Volumes that the engine said it removed: name, and the newest such instant. */
    public Builder destroyedVolumes(Map<String, Instant> heard) {
      destroyedVolumes = Map.copyOf(heard);
      return this;
    }

    /** The facts; further changes of this builder do not change them. */
    public HostFacts build() {
      return new HostFacts(
          at,
          transport,
          placement,
          endpointPath,
          engine,
          swarm,
          hostFiles,
          containers,
          images,
          volumes,
          networks,
          unreadLists,
          switchedOn,
          new HashMap<>(declared),
          attestations,
          imageFiles,
          scans,
          backups,
          supportTable,
          hostReports,
          destroyedVolumes);
    }
  }
}
