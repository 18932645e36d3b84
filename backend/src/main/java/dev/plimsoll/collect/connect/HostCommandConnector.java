package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import org.springframework.stereotype.Component;

/**
 * Opens sessions for reading commands on hosts that are reached over SSH. It is a connector of its
 * own: what reads engines cannot run anything, and this one knows of no engine.
 */
@Component
public final class HostCommandConnector implements AutoCloseable {
  private final SshSessions sessions = new SshSessions();

  /**
   * Opens a session with the host that a target is on.
   *
   * @throws EngineCallException if it cannot be reached, is not who it should be, or is not reached
   *     over SSH
   */
  public HostCommands open(EngineTarget target, ConnectionLimits limits)
      throws EngineCallException {
    if (!(target.endpoint() instanceof Endpoint.Ssh endpoint)
        || !(target.credential() instanceof Credential.Ssh credential)) {
      throw new EngineCallException(
          FailureCategory.REFUSED,
          FailureTranslation.CONNECT,
          0,
          "The host is not reached over SSH, so that no command can be run on it",
          null);
    }
    FailureTranslation failures = new FailureTranslation(endpoint.uri());
    try {
      return new SshCommands(
          sessions.open(endpoint, credential, limits.connect(), failures), limits, failures);
    } catch (IllegalArgumentException e) {
      throw failures.unusable(FailureCategory.AUTH, e);
    }
  }

  /** Ends what sessions share. */
  @Override
  public void close() {
    sessions.close();
  }
}
