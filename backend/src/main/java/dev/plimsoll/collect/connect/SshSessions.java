package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Credential;
import dev.plimsoll.fleet.Endpoint;
import dev.plimsoll.fleet.PemKeys;
import dev.plimsoll.fleet.SshHostKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Provider;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/**
 * Opens SSH sessions: by key only, to servers whose key is known beforehand, and with nothing from
 * the files or the agent of the account that Plimsoll runs as.
 */
final class SshSessions implements AutoCloseable {
  private static final AttributeKey<HostKeyCheck> CHECK = new AttributeKey<>();
  private static final CancelOption[] LET_GO = {
    CancelOption.CANCEL_ON_TIMEOUT, CancelOption.CANCEL_ON_INTERRUPT
  };

  private @Nullable SshClient client;

  /**
   * Opens a session and authenticates both sides.
   *
   * @param limit for all of it
   * @throws IllegalArgumentException if the credential cannot be read
   */
  ClientSession open(
      Endpoint.Ssh endpoint, Credential.Ssh credential, Duration limit, FailureTranslation failures)
      throws EngineCallException {
    KeyPair key = forSsh(PemKeys.parse(credential.privateKey()));
    SshHostKey expected = SshHostKey.parse(credential.hostKey());
    try (BoundedWork work = new BoundedWork()) {
      return work.within(limit, () -> open(endpoint, key, expected, limit, failures));
    } catch (TimeoutException e) {
      throw failures.late(FailureTranslation.CONNECT, limit, e);
    } catch (InterruptedException e) {
      throw failures.interrupted(FailureTranslation.CONNECT, e);
    } catch (ExecutionException e) {
      throw failures.connecting(e.getCause() != null ? e.getCause() : e);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.stop();
      client = null;
    }
  }

  /**
   * A server with keys of several types shows the one that the client likes best. Where the type of
   * the expected key is known, only that one is asked for; a mere fingerprint is compared with one
   * key after the other.
   */
  private ClientSession open(
      Endpoint.Ssh endpoint,
      KeyPair key,
      SshHostKey expected,
      Duration limit,
      FailureTranslation failures)
      throws IOException, EngineCallException {
    HostKeyCheck check = new HostKeyCheck(expected);
    while (true) {
      try {
        return open(endpoint, key, check, limit, failures);
      } catch (HostKeyRefusedException e) {
        if (!check.hasAnotherType()) {
          throw failures.hostKey(check.refused(), e);
        }
      }
    }
  }

  private ClientSession open(
      Endpoint.Ssh endpoint,
      KeyPair key,
      HostKeyCheck check,
      Duration limit,
      FailureTranslation failures)
      throws IOException, EngineCallException, HostKeyRefusedException {
    ClientSession session =
        client()
            .connect(
                endpoint.user(),
                endpoint.host(),
                endpoint.port(),
                AttributeRepository.ofKeyValuePair(CHECK, check),
                null)
            .verify(limit, LET_GO)
            .getClientSession();
    try {
      session.addPublicKeyIdentity(key);
      session.auth().verify(limit, LET_GO);
      return session;
    } catch (SshException e) {
      session.close(true);
      if (e.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE) {
        throw new HostKeyRefusedException(e);
      }
      throw refusal(e, check, failures);
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw e;
    }
  }

  private static EngineCallException refusal(
      SshException failure, HostKeyCheck check, FailureTranslation failures) {
    return switch (failure.getDisconnectCode()) {
      case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
          failures.keyRefused(failure);
      case SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED ->
          check.refused().isEmpty()
              ? failures.nothingShared(failure)
              : failures.hostKey(check.refused(), failure); // it has no other key to show
      default -> failures.connecting(failure);
    };
  }

  private synchronized SshClient client() {
    if (client == null) {
      SshClient made = SshClient.setUpDefaultClient();
      made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
      made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
      made.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
      made.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
      made.setServerKeyVerifier((session, address, key) -> check(session).accepts(key));
      made.addSessionListener(new OnlyExpectedHostKeys());
      made.start();
      client = made;
    }
    return client;
  }

  private static HostKeyCheck check(Session session) {
    AttributeRepository context = ((ClientSession) session).getConnectionContext();
    HostKeyCheck check = context == null ? null : context.getAttribute(CHECK);
    if (check == null) {
      throw new IllegalStateException("a session without an expected host key");
    }
    return check;
  }

  /** The SSH library takes Ed25519 keys of Bouncy Castle alone. */
  private static KeyPair forSsh(KeyPair key) {
    if (!Set.of("EdDSA", "Ed25519").contains(key.getPrivate().getAlgorithm())) {
      return key;
    }
    Provider provider = new BouncyCastleProvider();
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519", provider);
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(key.getPublic().getEncoded())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(key.getPrivate().getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle reads no Ed25519 key", e);
    }
  }

  private static final class OnlyExpectedHostKeys implements SessionListener {
    @Override
    public void sessionNegotiationOptionsCreated(
        Session session, Map<KexProposalOption, String> proposal) {
      proposal.put(KexProposalOption.SERVERKEYS, String.join(",", check(session).algorithms()));
    }
  }

  private static final class HostKeyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    HostKeyRefusedException(Throwable cause) {
      super(cause);
    }
  }
}
