package dev.plimsoll.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** Fresh keys, and the forms in which people keep them. */
public final class TestKeys {
  private static final String PASSPHRASE = "correct horse";

  private TestKeys() {}

  /** An RSA key of 2048 bits. */
  public static KeyPair rsa() {
    return generate("ssh-rsa", 2048);
  }

  /** A key on the curve {@code secp256r1}. */
  public static KeyPair elliptic() {
    return generate("ecdsa-sha2-nistp256", 256);
  }

  /** An Ed25519 key. */
  public static KeyPair ed25519() {
    return generate("ssh-ed25519", 256);
  }

  /** PKCS#1 for RSA, SEC1 for elliptic keys. */
  public static String traditional(KeyPair key) {
    return traditional(key, null);
  }

  /** The same, encrypted by a passphrase. */
  public static String encryptedTraditional(KeyPair key) {
    return traditional(
        key, new JcePEMEncryptorBuilder("AES-128-CBC").build(PASSPHRASE.toCharArray()));
  }

  /** PKCS#8. */
  public static String pkcs8(KeyPair key) {
    return TestCertificates.pem("PRIVATE KEY", key.getPrivate().getEncoded());
  }

  /** PKCS#8, encrypted by a passphrase. */
  public static String encryptedPkcs8(KeyPair key) {
    try {
      return pem(
          new JcaPKCS8Generator(
              key.getPrivate(),
              new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_128_CBC)
                  .setPassword(PASSPHRASE.toCharArray())
                  .build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** OpenSSH's own form. */
  public static String openSsh(KeyPair key) {
    return openSsh(key, null);
  }

  /** OpenSSH's own form, encrypted by a passphrase. */
  public static String encryptedOpenSsh(KeyPair key) {
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword(PASSPHRASE);
    encryption.setCipherName("AES");
    encryption.setCipherType("256");
    encryption.setCipherMode("CTR");
    return openSsh(key, encryption);
  }

  /** The public half as {@code type base64}. */
  public static String publicKey(KeyPair key) {
    return PublicKeyEntry.toString(key.getPublic());
  }

  /** The public half as {@code SHA256:…}. */
  public static String fingerprint(KeyPair key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
  }

  private static String traditional(KeyPair key, @Nullable PEMEncryptor encryptor) {
    try {
      return pem(new JcaMiscPEMGenerator(key.getPrivate(), encryptor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String openSsh(KeyPair key, @Nullable OpenSSHKeyEncryptionContext encryption) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static String pem(PemObjectGenerator content) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(content);
    }
    return text.toString();
  }

  private static KeyPair generate(String type, int bits) {
    try {
      return KeyUtils.generateKeyPair(type, bits);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
