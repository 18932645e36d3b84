package dev.plimsoll.fleet;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/**
 * Private keys as text: PKCS#1 (RFC 8017), PKCS#8 (RFC 5958), SEC1 (RFC 5915) or OpenSSH's own form
 * (openssh-key-v1); RSA, elliptic or Ed25519; without a passphrase.
 */
public final class PemKeys {
  private static final String OPENSSH = "OPENSSH PRIVATE KEY";

  private PemKeys() {}

  /**
   * Reads one key and works out its public half.
   *
   * @return keys of the JDK's own providers
   * @throws IllegalArgumentException with a sentence for people, which never repeats the text
   */
  public static KeyPair parse(String typed) {
    String text = typed.lines().map(String::strip).collect(Collectors.joining("\n"));
    List<AsymmetricKeyParameter> keys;
    try {
      keys = text.contains("BEGIN " + OPENSSH) ? openSsh(text) : pem(text);
    } catch (EncryptedException e) {
      throw new IllegalArgumentException(
          "is encrypted: give the key without its passphrase, as openssl pkey or ssh-keygen -p"
              + " writes it",
          e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("cannot be read: it is damaged or incomplete", e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          text.contains("PUBLIC KEY") || text.startsWith("ssh-")
              ? "is a public key: give the private one"
              : "holds no private key: it must be PEM text, with a line such as -----BEGIN PRIVATE"
                  + " KEY-----");
    }
    if (keys.size() > 1) {
      throw new IllegalArgumentException("holds several keys: give one");
    }
    return pair(keys.getFirst());
  }

  private static List<AsymmetricKeyParameter> openSsh(String text) throws IOException {
    List<AsymmetricKeyParameter> keys = new ArrayList<>();
    try (PemReader reader = new PemReader(new StringReader(text))) {
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (block.getType().equals(OPENSSH)) {
          keys.add(openSsh(block.getContent()));
        }
      }
    }
    return keys;
  }

  private static AsymmetricKeyParameter openSsh(byte[] blob) throws EncryptedException {
    try {
      return OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(blob);
    } catch (IllegalStateException e) {
      if (String.valueOf(e.getMessage()).contains("encrypted")) {
        throw new EncryptedException(e);
      }
      throw e;
    }
  }

  private static List<AsymmetricKeyParameter> pem(String text) throws IOException {
    List<AsymmetricKeyParameter> keys = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        switch (part) {
          case PEMKeyPair pair -> keys.add(PrivateKeyFactory.createKey(pair.getPrivateKeyInfo()));
          case PrivateKeyInfo key -> keys.add(PrivateKeyFactory.createKey(key));
          case PEMEncryptedKeyPair locked -> throw new EncryptedException(null);
          case PKCS8EncryptedPrivateKeyInfo locked -> throw new EncryptedException(null);
          default -> {} // parameters of a curve, which OpenSSL writes before the key
        }
      }
    }
    return keys;
  }

  private static KeyPair pair(AsymmetricKeyParameter key) {
    return switch (key) {
      case RSAPrivateCrtKeyParameters rsa ->
          ofPlatform(
              "RSA", rsa, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
      case ECPrivateKeyParameters ec ->
          ofPlatform(
              "EC",
              ec,
              new ECPublicKeyParameters(
                  ec.getParameters().getG().multiply(ec.getD()), ec.getParameters()));
      case Ed25519PrivateKeyParameters ed -> ofPlatform("Ed25519", ed, ed.generatePublicKey());
      default -> throw unsupported(null);
    };
  }

  /** The key as an object of the JDK's own providers, which TLS wants. */
  private static KeyPair ofPlatform(
      String algorithm, AsymmetricKeyParameter privateKey, AsymmetricKeyParameter publicKey) {
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      byte[] encodedPublic =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey).getEncoded();
      byte[] encodedPrivate = PrivateKeyInfoFactory.createPrivateKeyInfo(privateKey).getEncoded();
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(encodedPublic)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(encodedPrivate)));
    } catch (IOException | GeneralSecurityException e) {
      throw unsupported(e);
    }
  }

  private static IllegalArgumentException unsupported(@Nullable Throwable cause) {
    return new IllegalArgumentException(
        "is a key of a kind that is not supported: use RSA, an elliptic curve of NIST, or Ed25519",
        cause);
  }

  private static final class EncryptedException extends IOException {
    private static final long serialVersionUID = 1L;

    EncryptedException(@Nullable Throwable cause) {
      super(cause);
    }
  }
}
