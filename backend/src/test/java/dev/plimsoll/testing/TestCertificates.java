package dev.plimsoll.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate authority of a test's own, with the certificates of one server, and clients as
 * asked. All keys are elliptic ({@code secp256r1}).
 */
public final class TestCertificates implements AutoCloseable {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final KeyPair authority;
  private final X509Certificate authorityCertificate;

  /**
   * A certificate and its key, both PEM.
   *
   * @param key in PKCS#8
   */
  public record Issued(String certificate, String key) {
    @Override
    public String toString() {
      return "Issued[secret]";
    }
  }

  private TestCertificates(Path directory, KeyPair authority, X509Certificate certificate) {
    this.directory = directory;
    this.authority = authority;
    this.authorityCertificate = certificate;
  }

  /** An authority, and a server for {@code localhost} and {@code 127.0.0.1}. */
  public static TestCertificates create() {
    return forServer("localhost", "127.0.0.1");
  }

  /**
   * An authority, and a server for some names.
   *
   * @param names DNS names and IP addresses
   */
  public static TestCertificates forServer(String... names) {
    Instant now = Instant.now();
    return create(now.minus(Duration.ofHours(1)), now.plus(YEAR), names);
  }

  /** An authority, and a server for {@code localhost} whose certificate ended yesterday. */
  public static TestCertificates withExpiredServer() {
    Instant end = Instant.now().minus(Duration.ofDays(1));
    return create(end.minus(YEAR), end, "localhost", "127.0.0.1");
  }

  private static TestCertificates create(Instant from, Instant to, String... serverNames) {
    try {
      KeyPair keys = newKeys();
      X509Certificate certificate = selfSigned(keys);
      TestCertificates made =
          new TestCertificates(Files.createTempDirectory("plimsoll-certs-"), keys, certificate);
      Issued server = made.issue("CN=server", KeyPurposeId.id_kp_serverAuth, from, to, serverNames);
      Files.writeString(made.file("ca.pem"), made.ca());
      Files.writeString(made.file("server.pem"), server.certificate());
      Files.writeString(made.file("server-key.pem"), server.key());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The authority's certificate, PEM. */
  public String ca() {
    return pem("CERTIFICATE", encoded(authorityCertificate));
  }

  /** A client that engines of this authority accept. */
  public Issued client() {
    Instant now = Instant.now();
    return client(now.minus(Duration.ofHours(1)), now.plus(YEAR));
  }

  /** A client whose certificate ended yesterday. */
  public Issued expiredClient() {
    Instant end = Instant.now().minus(Duration.ofDays(1));
    return client(end.minus(YEAR), end);
  }

  private Issued client(Instant from, Instant to) {
    return issue("CN=client", KeyPurposeId.id_kp_clientAuth, from, to);
  }

  /**
   * The place of a file that the engine reads.
   *
   * @param name {@code ca.pem}, {@code server.pem} or {@code server-key.pem}
   */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Deletes the files. */
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes PEM. */
  static String pem(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private Issued issue(
      String subject, KeyPurposeId purpose, Instant from, Instant to, String... names) {
    KeyPair keys = newKeys();
    X509Certificate certificate =
        sign(
            new JcaX509v3CertificateBuilder(
                authorityCertificate,
                serial(),
                Date.from(from),
                Date.from(to),
                new X500Principal(subject),
                keys.getPublic()),
            authority.getPrivate(),
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
              if (names.length > 0) {
                builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                        Arrays.stream(names)
                            .map(TestCertificates::generalName)
                            .toArray(GeneralName[]::new)));
              }
            });
    return new Issued(
        pem("CERTIFICATE", encoded(certificate)),
        pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static X509Certificate selfSigned(KeyPair keys) {
    Instant now = Instant.now();
    X500Principal name = new X500Principal("CN=Test authority " + serial());
    return sign(
        new JcaX509v3CertificateBuilder(
            name,
            serial(),
            Date.from(now.minus(YEAR.multipliedBy(10))),
            Date.from(now.plus(YEAR.multipliedBy(10))),
            name,
            keys.getPublic()),
        keys.getPrivate(),
        builder -> {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          builder.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
  }

  private static X509Certificate sign(
      JcaX509v3CertificateBuilder builder, PrivateKey signer, Extensions extensions) {
    try {
      extensions.addTo(builder);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("Cannot make a certificate", e);
    }
  }

  private interface Extensions {
    void addTo(JcaX509v3CertificateBuilder builder) throws IOException;
  }

  private static GeneralName generalName(String name) {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static BigInteger serial() {
    return new BigInteger(120, RANDOM);
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot make a key", e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
