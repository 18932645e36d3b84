package dev.plimsoll.scanning;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A saved image as an engine would send it, made by hand layer by layer. */
final class SavedImage {
  private final List<byte[]> layers = new ArrayList<>();

  /** Entries of a tar archive. */
  static final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar =
        new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    Tar() {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    Tar file(String path, int mode, String content) {
      return file(path, mode, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Tar file(String path, int mode, byte[] content, Map<String, String> pax) {
      TarArchiveEntry entry = new TarArchiveEntry(path);
      entry.setMode(mode);
      entry.setSize(content.length);
      pax.forEach(entry::addPaxHeader);
      return put(entry, content);
    }

    Tar directory(String path, int mode) {
      TarArchiveEntry entry = new TarArchiveEntry(path + "/");
      entry.setMode(mode);
      return put(entry, new byte[0]);
    }

    Tar link(String path, String target, boolean hard) {
      TarArchiveEntry entry =
          new TarArchiveEntry(path, hard ? TarConstants.LF_LINK : TarConstants.LF_SYMLINK);
      entry.setLinkName(target);
      return put(entry, new byte[0]);
    }

    private Tar put(TarArchiveEntry entry, byte[] content) {
      try {
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    byte[] bytes() {
      try {
        tar.close();
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  SavedImage layer(UnaryOperator<Tar> entries) {
    layers.add(entries.apply(new Tar()).bytes());
    return this;
  }

  SavedImage rawLayer(byte[] bytes) {
    layers.add(bytes);
    return this;
  }

  /** As Engine 20.10 writes it: layers first, the manifest last. */
  InputStream classic() {
    Tar tar = new Tar();
    List<String> names = new ArrayList<>();
    // The engine walks directories by name, so that layers come in no order
    for (int i = layers.size() - 1; i >= 0; i--) {
      tar.directory("l" + i, 0755);
      tar.file("l" + i + "/VERSION", 0644, "1.0");
      tar.file("l" + i + "/layer.tar", 0644, layers.get(i), Map.of());
    }
    for (int i = 0; i < layers.size(); i++) {
      names.add("\"l" + i + "/layer.tar\"");
    }
    tar.file("config.json", 0644, config());
    tar.file(
        "manifest.json",
        0644,
        "[{\"Config\":\"config.json\",\"RepoTags\":null,\"Layers\":["
            + String.join(",", names)
            + "]}]");
    return new ByteArrayInputStream(tar.bytes());
  }

  /** As an OCI image layout without {@code manifest.json}: the index first, blobs compressed. */
  InputStream oci(Compression compression) {
    Map<String, byte[]> blobs = new LinkedHashMap<>();
    List<String> descriptors = new ArrayList<>();
    for (byte[] layer : layers) {
      descriptors.add("{\"digest\":\"" + add(blobs, compression.of(layer)) + "\"}");
    }
    String manifest =
        add(
            blobs,
            utf8(
                "{\"config\":{\"digest\":\""
                    + add(blobs, utf8(config()))
                    + "\"},\"layers\":["
                    + String.join(",", descriptors)
                    + "]}"));
    String attestation = add(blobs, utf8("{\"config\":{},\"layers\":[]}"));
    String index =
        add(
            blobs,
            utf8(
                "{\"manifests\":[{\"digest\":\""
                    + manifest
                    + "\",\"platform\":{\"os\":\"linux\"}},{\"digest\":\""
                    + attestation
                    + "\",\"platform\":{\"os\":\"unknown\"}}]}"));
    Tar tar = new Tar();
    tar.file("index.json", 0644, "{\"manifests\":[{\"digest\":\"" + index + "\"}]}");
    tar.file("oci-layout", 0644, "{\"imageLayoutVersion\":\"1.0.0\"}");
    blobs.forEach(
        (digest, bytes) -> tar.file("blobs/sha256/" + digest.substring(7), 0644, bytes, Map.of()));
    return new ByteArrayInputStream(tar.bytes());
  }

  enum Compression {
    NONE,
    GZIP,
    ZSTD,
    XZ;

    private byte[] of(byte[] layer) {
      return switch (this) {
        case NONE -> layer;
        case ZSTD -> Zstd.compress(layer);
        case XZ -> utf8("\u00fd7zXZ and what follows it");
        case GZIP -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(layer);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          yield bytes.toByteArray();
        }
      };
    }
  }

  private String config() {
    List<String> digests = new ArrayList<>();
    for (byte[] layer : layers) {
      digests.add("\"sha256:" + sha256(layer) + "\"");
    }
    return "{\"rootfs\":{\"diff_ids\":[" + String.join(",", digests) + "]}}";
  }

  private static String add(Map<String, byte[]> blobs, byte[] bytes) {
    String digest = "sha256:" + sha256(bytes);
    blobs.put(digest, bytes);
    return digest;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
