package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import java.io.EOFException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.helpers.MissingAttachedSessionException;

/**
 * Turns what the network, TLS, SSH and HTTP throw into categories and sentences that a person
 * understands.
 *
 * @param where the engine's address as it stands in sentences
 */
record FailureTranslation(String where) {
  /** The call of those who fail before the first request. */
  static final String CONNECT = "connect";

  /** All that the SSH library says where a server ended the connection and gave no reason. */
  private static final Pattern UNEXPLAINED_END = Pattern.compile("Session is (being )?closed");

  /** The failure of a call, its connection included. */
  EngineCallException during(String call, Throwable failure) {
    return switch (failure) {
      case EngineCallException known -> known;
      case DialException dial -> connecting(dial.reason());
      case DialStdioException ended ->
          failed(
              FailureCategory.UNREACHABLE,
              call,
              where + " has no engine to reach: " + message(ended),
              ended);
      case SSLException tls ->
          failed(FailureCategory.TLS, call, TlsFailures.sentence(where, tls), tls);
      case NoHttpResponseException silent ->
          failed(
              FailureCategory.PROTOCOL,
              call,
              where + " closed the connection without an answer to " + call,
              silent);
      case ConnectionClosedException cut -> cutOff(call, cut);
      case MalformedChunkCodingException cut -> cutOff(call, cut);
      case EOFException cut -> cutOff(call, cut);
      case ClientProtocolException other ->
          failed(
              FailureCategory.PROTOCOL,
              call,
              where + " does not speak HTTP as an engine does: " + message(other),
              other);
      case SocketException broken -> reset(call, broken);
      case AnswerRoom.NoRoom full -> noRoom(call, full);
      case IOException other ->
          failed(
              FailureCategory.PROTOCOL,
              call,
              "The connection to %s broke during %s: %s".formatted(where, call, message(other)),
              other);
      default -> internal(call, failure);
    };
  }

  /** The failure to get a connection. */
  EngineCallException connecting(Throwable failure) {
    return switch (failure) {
      case EngineCallException known -> known;
      case SshException ssh -> ssh(ssh);
      case UnknownHostException unknown ->
          failed(
              FailureCategory.UNREACHABLE,
              CONNECT,
              "The name in " + where + " is not known",
              unknown);
      case NoRouteToHostException far ->
          failed(FailureCategory.UNREACHABLE, CONNECT, "There is no route to " + where, far);
      case SocketTimeoutException late ->
          failed(
              FailureCategory.TIMEOUT,
              CONNECT,
              where + " did not accept a connection in time",
              late);
      case SSLException tls ->
          failed(FailureCategory.TLS, CONNECT, TlsFailures.sentence(where, tls), tls);
      case IOException other -> notConnected(other);
      default -> internal(CONNECT, failure);
    };
  }

  /**
   * The failure of the first call over TLS. With TLS 1.3 a client's handshake is over before the
   * engine has looked at its certificate; an engine that then hangs up has most likely not liked
   * it.
   */
  EngineCallException afterHandshake(EngineCallException failure) {
    boolean hungUp = failure.category() == FailureCategory.PROTOCOL && failure.status() == 0;
    return hungUp && EngineRequest.ping().call().equals(failure.call())
        ? failed(
            FailureCategory.TLS,
            failure.call(),
            where + " hung up after the TLS handshake; it may not accept the client certificate",
            failure)
        : failure;
  }

  /** The end of a call's time. */
  EngineCallException late(String call, Duration limit, Throwable cause) {
    return failed(
        FailureCategory.TIMEOUT,
        call,
        "%s did not %s within %s"
            .formatted(
                where,
                call.equals(CONNECT) ? "accept a connection" : "answer " + call,
                Sentences.time(limit)),
        cause);
  }

  /** A body over the limit. */
  EngineCallException tooLarge(String call, long limit) {
    return new EngineCallException(
        FailureCategory.PROTOCOL,
        call,
        200,
        "%s answered %s with more than %,d bytes".formatted(where, call, limit),
        null);
  }

  /**
   * An answer for which there is no room. If the host said too much, the rest of what it says is
   * still worth having; if others fill the room, it is to be asked again as a whole.
   */
  private EngineCallException noRoom(String call, AnswerRoom.NoRoom full) {
    return failed(
        full.tooMuchOfOneHost() ? FailureCategory.PROTOCOL : FailureCategory.INTERNAL,
        call,
        "The answer of %s to %s was not taken: %s".formatted(where, call, message(full)),
        full);
  }

  /** An answer that is not what was asked for. */
  EngineCallException notJson(String call) {
    return new EngineCallException(
        FailureCategory.PROTOCOL,
        call,
        200,
        "%s answered %s with something that is not JSON; is it a Docker engine?"
            .formatted(where, call),
        null);
  }

  /** An answer that declines. */
  EngineCallException refused(String call, int status, String message) {
    String shown = Sentences.oneLine(message);
    return new EngineCallException(
        status == 401 ? FailureCategory.AUTH : FailureCategory.REFUSED,
        call,
        status,
        "%s answered %s with status %d%s"
            .formatted(where, call, status, shown.isEmpty() ? "" : ": " + shown),
        null);
  }

  /** A call on a conversation that was closed. */
  EngineCallException closed(String call, Throwable cause) {
    return failed(
        FailureCategory.INTERNAL, call, "The conversation with " + where + " was closed", cause);
  }

  /** An SSH server that shows other keys than it is known by. */
  EngineCallException hostKey(List<String> shown, Throwable cause) {
    return failed(
        FailureCategory.AUTH,
        CONNECT,
        "The host key of %s does not match: it shows %s"
            .formatted(where, String.join(" and ", shown)),
        cause);
  }

  /** An SSH server with which no keys can be exchanged. */
  EngineCallException nothingShared(Throwable cause) {
    return failed(
        FailureCategory.AUTH,
        CONNECT,
        "%s has no host key of the expected type, or shares no way to encrypt with Plimsoll: %s"
            .formatted(where, message(cause)),
        cause);
  }

  /** An SSH server that does not let the key in. */
  EngineCallException keyRefused(Throwable cause) {
    return failed(FailureCategory.AUTH, CONNECT, where + " does not accept the key", cause);
  }

  /** A caller that was told to stop. */
  EngineCallException interrupted(String call, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return failed(FailureCategory.INTERNAL, call, "The collection was stopped", cause);
  }

  /** A credential that cannot be used. */
  EngineCallException unusable(FailureCategory category, IllegalArgumentException cause) {
    return failed(
        category,
        CONNECT,
        "The credential for %s cannot be used: it %s".formatted(where, message(cause)),
        cause);
  }

  /** The SSH library wraps what the network says. */
  private EngineCallException ssh(SshException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return failed(
            FailureCategory.TIMEOUT, CONNECT, where + " did not accept a session in time", failure);
      }
      if (cause instanceof MissingAttachedSessionException) {
        return hungUp(failure); // before the library had made a session of the connection
      }
      if (cause instanceof UnresolvedAddressException) {
        return connecting(new UnknownHostException(where));
      }
      if (cause instanceof IOException network && !(cause instanceof SshException)) {
        return connecting(network);
      }
    }
    if (UNEXPLAINED_END.matcher(message(failure)).matches()) {
      return hungUp(failure);
    }
    return failed(
        FailureCategory.PROTOCOL,
        CONNECT,
        "There is no SSH session with %s: %s".formatted(where, message(failure)),
        failure);
  }

  private EngineCallException hungUp(SshException failure) {
    return failed(
        FailureCategory.PROTOCOL,
        CONNECT,
        where + " closed the connection before there was an SSH session",
        failure);
  }

  /** What the operating system says is known by its text alone. */
  private EngineCallException notConnected(IOException failure) {
    String reason = message(failure);
    if (reason.contains("Connection refused")) {
      return failed(
          FailureCategory.UNREACHABLE, CONNECT, where + " refused the connection", failure);
    }
    if (reason.contains("No such file")) {
      return failed(FailureCategory.UNREACHABLE, CONNECT, "There is no socket " + where, failure);
    }
    if (reason.contains("Permission denied")) {
      return failed(
          FailureCategory.AUTH, CONNECT, "Plimsoll may not open " + where + ": " + reason, failure);
    }
    if (reason.contains("timed out")) {
      return failed(
          FailureCategory.TIMEOUT, CONNECT, where + " did not accept a connection", failure);
    }
    if (reason.contains("Connection reset") || reason.contains("Broken pipe")) {
      return reset(CONNECT, failure);
    }
    return failed(
        FailureCategory.UNREACHABLE,
        CONNECT,
        "There is no connection to %s: %s".formatted(where, reason),
        failure);
  }

  private EngineCallException cutOff(String call, Throwable cause) {
    return failed(
        FailureCategory.PROTOCOL,
        call,
        where + " broke off its answer to " + call + " half-way",
        cause);
  }

  private EngineCallException reset(String call, Throwable cause) {
    return failed(
        FailureCategory.PROTOCOL,
        call,
        where + " reset the connection" + (call.equals(CONNECT) ? "" : " during " + call),
        cause);
  }

  private EngineCallException internal(String call, Throwable cause) {
    return failed(
        FailureCategory.INTERNAL,
        call,
        "Plimsoll failed at %s on %s: %s".formatted(call, where, cause.getClass().getSimpleName()),
        cause);
  }

  private static EngineCallException failed(
      FailureCategory category, String call, String sentence, Throwable cause) {
    return new EngineCallException(category, call, 0, sentence, cause);
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : Sentences.oneLine(message);
  }
}
