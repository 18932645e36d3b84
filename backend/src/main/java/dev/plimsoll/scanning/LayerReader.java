package dev.plimsoll.scanning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reduces the tar archives of an image's layers. What removes a file of the layers below stands in
 * them as the OCI image specification has it (layer.md, "Whiteouts").
 */
final class LayerReader {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";
  private static final int LARGEST_ACCOUNT_FILE = 1 << 20;

  /** Layers that say more than this are built to exhaust whoever reads them. */
  private static final int MOST_FACTS = 100_000;

  private static final Set<String> LOGIN_SERVERS =
      Set.of("sshd", "dropbear", "telnetd", "in.telnetd");
  private static final Set<String> TOOLS = Set.of("gcc", "cc", "make", "nmap", "nc.traditional");
  private static final Set<String> PROGRAM_DIRECTORIES = Set.of("bin", "sbin");

  private final ArchiveLimits limits;
  private final PathSet.Hash hash;
  private int entries;
  private int facts;

  LayerReader(ArchiveLimits limits, PathSet.Hash hash) {
    this.limits = limits;
    this.hash = hash;
  }

  /**
   * Reads one layer.
   *
   * @param in the layer, uncompressed
   * @throws UnreadableImage if it is malformed, or larger than is read
   */
  Layer read(InputStream in) throws IOException {
    Layer layer = new Layer();
    TarReader tar = new TarReader(in, limits.pathBytes());
    for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
      if (++entries > limits.entries()) {
        throw new UnreadableImage("The image has more than " + limits.entries() + " files.");
      }
      read(entry, tar, layer);
    }
    return layer;
  }

  private void read(TarEntry entry, TarReader tar, Layer layer) throws IOException {
    String name = TarPath.name(entry.path());
    String parent = TarPath.parent(entry.path());
    if (name.equals(OPAQUE)) {
      layer.cover(parent, hash);
      return;
    }
    if (name.startsWith(WHITEOUT)) {
      String gone = name.substring(WHITEOUT.length());
      // .wh..wh.plnk and the like are bookkeeping of aufs
      if (!gone.isEmpty() && !gone.startsWith(WHITEOUT)) {
        layer.remove(parent.isEmpty() ? gone : parent + "/" + gone, hash);
      }
      return;
    }
    layer.add(entry, hash);
    switch (entry.type()) {
      case FILE -> file(entry, tar, layer);
      case HARD_LINK -> layer.link(entry.path(), entry.target());
      case SYMBOLIC_LINK -> {
        if (Layer.isAccountFile(entry.path())) {
          layer.addAccountFile(entry.path(), new Layer.AccountFile.Odd());
        }
      }
      case DIRECTORY, OTHER -> {
        return;
      }
    }
    program(entry, layer);
  }

  private void file(TarEntry entry, TarReader tar, Layer layer) throws IOException {
    String path = entry.path();
    Long capabilities = permitted(entry.capabilities());
    if ((entry.mode() & Layer.Privileged.SET_ID) != 0 || capabilities != null) {
      count();
      layer.addPrivileged(path, entry.mode(), capabilities);
    }
    if (Layer.isAccountFile(path)) {
      layer.addAccountFile(
          path,
          entry.size() > LARGEST_ACCOUNT_FILE
              ? new Layer.AccountFile.Odd()
              : new Layer.AccountFile.Text(
                  new String(tar.content().readAllBytes(), StandardCharsets.UTF_8)));
    } else if (SecretFiles.mayBe(path, entry.size())) {
      InputStream content = tar.content();
      byte[] head = content.readNBytes(SecretFiles.HEAD);
      SecretFiles.Kind kind = SecretFiles.kind(path, head);
      if (kind != null) {
        count();
        layer.addSecret(new Layer.Secret(path, kind, sha256(head, content)));
      }
    }
  }

  private void program(TarEntry entry, Layer layer) throws UnreadableImage {
    if (entry.type() == TarEntry.Type.DIRECTORY
        || !PROGRAM_DIRECTORIES.contains(TarPath.name(TarPath.parent(entry.path())))) {
      return;
    }
    String name = TarPath.name(entry.path());
    boolean login = LOGIN_SERVERS.contains(name);
    if (login || TOOLS.contains(name)) {
      count();
      layer.addProgram(new Layer.Program(entry.path(), login));
    }
  }

  private void count() throws UnreadableImage {
    if (++facts > MOST_FACTS) {
      throw new UnreadableImage(
          "The image has more than " + MOST_FACTS + " files that checks would speak of.");
    }
  }

  /**
   * Capabilities that a file permits, from {@code struct vfs_cap_data} (linux/capability.h); all of
   * them where the attribute is in a form that is not known.
   */
  private static @Nullable Long permitted(byte @Nullable [] attribute) {
    if (attribute == null) {
      return null;
    }
    ByteBuffer data = ByteBuffer.wrap(attribute).order(ByteOrder.LITTLE_ENDIAN);
    if (data.remaining() < 12) {
      return -1L;
    }
    int revision = data.getInt() >>> 24;
    long low = Integer.toUnsignedLong(data.getInt());
    data.getInt(); // inheritable
    if (revision == 1) {
      return low;
    }
    return data.remaining() < 8 ? -1L : low | (Integer.toUnsignedLong(data.getInt()) << 32);
  }

  private static String sha256(byte[] head, InputStream rest) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head);
      byte[] buffer = new byte[8192];
      for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
