package dev.plimsoll.collect.connect;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/**
 * What an engine's certificate says. It chains to the host's authority and is for the endpoint's
 * name: a handshake in which it does not is none.
 *
 * @param keyType such as {@code RSA}, {@code EC}, {@code EdDSA}
 * @param keyBits length of the key, or of its curve's field; 0 for a type that is not known
 */
public record PeerCertificate(Instant notAfter, String keyType, int keyBits) {

  static PeerCertificate of(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    int bits =
        switch (key) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength();
          case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
          case EdECPublicKey ed -> ed.getParams().getName().equals("Ed448") ? 448 : 255;
          case DSAPublicKey dsa -> dsa.getY().bitLength();
          default -> 0;
        };
    return new PeerCertificate(certificate.getNotAfter().toInstant(), key.getAlgorithm(), bits);
  }
}
