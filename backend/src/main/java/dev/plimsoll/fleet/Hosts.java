package dev.plimsoll.fleet;

import dev.plimsoll.permission.Permission;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The hosts that Plimsoll watches: add, edit, pause, decommission. */
@Service
public class Hosts {
  /**
   * Adds a host; it is collected at once.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if an active host has that name
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord add(HostDraft draft) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Adds all hosts or none.
   *
   * @throws InvalidInput naming every bad line as {@code line 3: endpoint}
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public List<HostRecord> addAll(List<HostDraft> drafts) {
    throw new UnsupportedOperationException("not built yet");
  }

  /**
   * Replaces what is known of a host; a null credential keeps the stored one unless the endpoint no
   * longer takes one.
   *
   * @throws InvalidInput naming every bad field
   * @throws NameTaken if another active host has that name
   */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord edit(long hostId, HostDraft draft) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Stops collecting a host until it is resumed; it goes stale in time. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord pause(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Collects a paused host again, at once. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord resume(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Ends watching a host for good. Its history stays, its credential is erased. */
  @Requires(Permission.MANAGE_HOSTS)
  @Transactional
  public HostRecord decommission(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The host of that ID, or the active host of exactly that name, ignoring case. */
  @Requires(Permission.READ)
  @Transactional(readOnly = true)
  public Optional<HostRecord> find(String idOrName) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** A host for the collector; empty if there is none. */
  @PortalItself
  @Transactional(readOnly = true)
  public Optional<HostRecord> forCollection(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** The unsealed credential for the collector; empty if the host has none. */
  @PortalItself
  @Transactional(readOnly = true)
  public Optional<Credential> credentialForCollection(long hostId) {
    throw new UnsupportedOperationException("not built yet");
  }
}
