package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Turns what the network, TLS, SSH and HTTP throw into categories and sentences that a person
 * understands.
 *
 * @param where the engine's address as it stands in sentences
 */
record FailureTranslation(String where) {
  private static final String CONNECT = "connect";

  /** The failure of a call, its connection included. */
  EngineCallException during(String call, Throwable failure) {
    return switch (failure) {
      case EngineCallException known -> known;
      case DialException dial -> connecting(dial.reason());
      case SSLException tls ->
          failed(FailureCategory.TLS, call, TlsFailures.sentence(where, tls), tls);
      case SocketTimeoutException late ->
          failed(FailureCategory.TIMEOUT, call, where + " did not answer " + call, late);
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
      case SocketException socket -> connecting(socket);
      case IOException other ->
          failed(
              FailureCategory.UNREACHABLE,
              CONNECT,
              "There is no connection to %s: %s".formatted(where, message(other)),
              other);
      default -> internal(CONNECT, failure);
    };
  }

  /** The end of a call's time. */
  EngineCallException late(String call, Duration limit, Throwable cause) {
    return failed(
        FailureCategory.TIMEOUT,
        call,
        "%s did not answer %s within %s".formatted(where, call, Sentences.time(limit)),
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

  private EngineCallException connecting(SocketException failure) {
    String reason = message(failure);
    if (reason.contains("Permission denied")) {
      return failed(
          FailureCategory.AUTH, CONNECT, "Plimsoll may not open " + where + ": " + reason, failure);
    }
    if (reason.contains("No such file")) {
      return failed(FailureCategory.UNREACHABLE, CONNECT, "There is no socket " + where, failure);
    }
    if (reason.contains("reset")) {
      return reset(CONNECT, failure);
    }
    if (failure instanceof ConnectException && reason.contains("refused")) {
      return failed(
          FailureCategory.UNREACHABLE, CONNECT, where + " refused the connection", failure);
    }
    if (failure instanceof ConnectException && reason.contains("timed out")) {
      return failed(
          FailureCategory.TIMEOUT, CONNECT, where + " did not accept a connection", failure);
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
        "%s reset the connection during %s".formatted(where, call),
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
