package dev.plimsoll.fleet;

import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a credential can be used at all, seen without reaching any host: everything in it can be
 * read, and the parts belong together. Expiry is left to the connection, which happens later.
 */
public final class CredentialCheck {
  private CredentialCheck() {}

  /**
   * What is wrong with a credential, field by field; empty if nothing is. No message repeats any
   * part of the credential.
   */
  public static List<FieldError> errors(Credential credential) {
    List<FieldError> errors = new ArrayList<>();
    switch (credential) {
      case Credential.Tls tls -> check(tls, errors);
      case Credential.Ssh ssh -> {
        read("ssh.privateKey", ssh.privateKey(), PemKeys::parse, errors);
        if (ssh.hostKey().isBlank()) {
          errors.add(
              new FieldError(
                  "ssh.hostKey",
                  "is missing: there is no trust on first use; ssh-keyscan prints it, to be"
                      + " compared with the server's own"));
        } else {
          read("ssh.hostKey", ssh.hostKey(), SshHostKey::parse, errors);
        }
      }
    }
    return List.copyOf(errors);
  }

  private static void check(Credential.Tls tls, List<FieldError> errors) {
    read("tls.ca", tls.ca(), PemCertificates::parse, errors);
    if (tls.cert() == null && tls.key() == null) {
      return;
    }
    Optional<List<X509Certificate>> chain =
        required("tls.cert", tls.cert(), "tls.key", PemCertificates::parse, errors);
    Optional<KeyPair> key = required("tls.key", tls.key(), "tls.cert", PemKeys::parse, errors);
    if (chain.isPresent()
        && key.isPresent()
        && !chain.get().getFirst().getPublicKey().equals(key.get().getPublic())) {
      errors.add(
          new FieldError(
              "tls.key",
              "does not belong to the first certificate of tls.cert: the client's own comes first,"
                  + " those of its issuers follow"));
    }
  }

  private static <T> Optional<T> required(
      String field,
      @Nullable String text,
      String other,
      Function<String, T> reader,
      List<FieldError> errors) {
    if (text == null) {
      errors.add(new FieldError(field, "is missing: it goes with " + other));
      return Optional.empty();
    }
    return read(field, text, reader, errors);
  }

  private static <T> Optional<T> read(
      String field, String text, Function<String, T> reader, List<FieldError> errors) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(field, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }
}
