package dev.plimsoll.fleet;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates as PEM text (RFC 7468). */
public final class PemCertificates {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private PemCertificates() {}

  /**
   * Reads one or more certificates; text between them is ignored.
   *
   * @return in the order of the text
   * @throws IllegalArgumentException with a sentence for people if there is none, one cannot be
   *     read, or something else stands there
   */
  public static List<X509Certificate> parse(String text) {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String label = blocks.group(1);
      if (label.endsWith("PRIVATE KEY")) {
        throw new IllegalArgumentException("has a private key where only certificates belong");
      }
      if (!label.equals("CERTIFICATE")) {
        throw new IllegalArgumentException(
            "has a PEM block \"" + label + "\" where only certificates belong");
      }
      certificates.add(certificate(blocks.group(2), certificates.size() + 1));
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "holds no certificate: it must be PEM text, with a line -----BEGIN CERTIFICATE-----");
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate certificate(String base64, int number) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "certificate " + number + " cannot be read: it is damaged or incomplete", e);
    }
  }
}
