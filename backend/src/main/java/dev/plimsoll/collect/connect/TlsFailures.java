package dev.plimsoll.collect.connect;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What went wrong in a TLS handshake, in words. The JDK tells most cases apart by the text of its
 * messages alone; a text that is not known is handed on.
 */
final class TlsFailures {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  private TlsFailures() {}

  /** The client's certificate is out of its time; its message is fit for people. */
  static final class ClientCertificateException extends SSLException {
    private static final long serialVersionUID = 1L;

    ClientCertificateException(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /** Refuses a client certificate that every engine would refuse. */
  static void checkValid(X509Certificate certificate, Instant now)
      throws ClientCertificateException {
    try {
      certificate.checkValidity(Date.from(now));
    } catch (CertificateExpiredException e) {
      throw new ClientCertificateException("expired on " + day(certificate.getNotAfter()), e);
    } catch (CertificateNotYetValidException e) {
      throw new ClientCertificateException(
          "is not valid before " + day(certificate.getNotBefore()), e);
    }
  }

  /** One sentence for a failed handshake, or for what an engine says of it later (TLS 1.3). */
  static String sentence(String where, SSLException failure) {
    if (failure instanceof ClientCertificateException own) {
      return "The client certificate for " + where + " " + own.getMessage();
    }
    return ofServer(where, failure)
        .or(() -> ofAlert(where, failure))
        .orElseGet(() -> other(where, failure));
  }

  /** What Plimsoll did not accept. */
  private static Optional<String> ofServer(String where, SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      switch (cause) {
        case CertificateExpiredException expired -> {
          return Optional.of("The certificate of " + where + " has expired");
        }
        case CertificateNotYetValidException early -> {
          return Optional.of("The certificate of " + where + " is not valid yet");
        }
        case CertPathBuilderException unknown -> {
          return Optional.of(
              "The certificate of " + where + " was not issued by the given authority");
        }
        case CertPathValidatorException invalid
            when invalid.getReason()
                == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED -> {
          return Optional.of(
              "The certificate of %s uses an algorithm or key that is too weak: %s"
                  .formatted(where, Sentences.oneLine(message)));
        }
        case CertificateException name
            when message.startsWith("No subject alternative")
                || message.startsWith("No name matching") -> {
          return Optional.of("The certificate of " + where + " is for another host name");
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** What the engine did not accept. */
  private static Optional<String> ofAlert(String where, SSLException failure) {
    Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
    if (!alert.find()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (alert.group(1)) {
          case "certificate_expired" -> where + " says that the client certificate has expired";
          case "bad_certificate", "unknown_ca", "certificate_unknown", "access_denied" ->
              where + " does not accept the client certificate";
          case "certificate_required" ->
              where + " demands a client certificate of an authority that it knows";
          case "protocol_version" -> where + " does not speak TLS 1.2 or newer";
          case "handshake_failure" ->
              where + " shares no way to encrypt with Plimsoll, or demands a client certificate";
          default -> where + " ended the TLS handshake: " + alert.group(1);
        });
  }

  private static String other(String where, SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Unsupported or unrecognized SSL message")) {
      return where + " does not speak TLS";
    }
    if (message.startsWith("Remote host terminated the handshake")) {
      return where + " broke off the TLS handshake";
    }
    return "TLS with %s failed: %s".formatted(where, Sentences.oneLine(message));
  }

  private static String day(Date date) {
    return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
