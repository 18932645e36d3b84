package dev.plimsoll.scanning;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a saved image ({@code GET /images/{id}/get}) as it comes, in either of its forms: the
 * classic one with {@code manifest.json} and a {@code layer.tar} for each layer, and the OCI image
 * layout, whose blobs may be compressed. Nothing is unpacked to disk and no layer is held in
 * memory; what remains is a report of the files that checks speak of.
 */
public final class ImageFilesReader {
  /** Version of the report: rises whenever files are looked for that were not before. */
  public static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAGIC = 512;
  private static final int MOST_MANIFESTS = 64;
  private static final String MANIFEST = "manifest.json";
  private static final String INDEX = "index.json";
  private static final String BLOBS = "blobs/";

  private final ArchiveLimits limits;

  /** Reads within bounds. */
  public ImageFilesReader(ArchiveLimits limits) {
    this.limits = limits;
  }

  /**
   * What an image holds.
   *
   * @param save the archive as the engine sends it; read to the end of what matters, not closed
   * @return the report, as {@link ImageFilesReport} describes it
   * @throws UnreadableImage if the archive is malformed, of an unknown form or beyond the bounds
   * @throws IOException if the stream fails
   */
  public ObjectNode read(InputStream save) throws IOException {
    return new Reading(save).report();
  }

  /** What an entry of the archive turned out to be. */
  private sealed interface Part {
    record Json(JsonNode json) implements Part {}

    record Files(Layer layer) implements Part {}

    /** Something else, which matters only if a manifest names it as a layer. */
    record Odd(String sentence) implements Part {}
  }

  /** One image being read. */
  private final class Reading {
    private final PathSet.Hash hash = new PathSet.Hash();
    private final LayerReader layerReader = new LayerReader(limits, hash);
    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final InputStream save;
    private long unpacked;
    private int metadata;

    Reading(InputStream save) {
      this.save = save;
    }

    ObjectNode report() throws IOException {
      TarReader archive = new TarReader(save, limits.pathBytes());
      int seen = 0;
      for (TarEntry entry = archive.next(); entry != null; entry = archive.next()) {
        if (++seen > limits.entries()) {
          throw new UnreadableImage("The image has more than " + limits.entries() + " parts.");
        }
        if (entry.type() == TarEntry.Type.FILE) {
          Part part = part(entry.path(), new BufferedInputStream(archive.content()), entry.size());
          if (part != null) {
            parts.put(entry.path(), part);
          }
        } else if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
          links.put(
              entry.path(), TarPath.clean(TarPath.parent(entry.path()) + "/" + entry.target()));
        } else if (entry.type() == TarEntry.Type.HARD_LINK) {
          links.put(entry.path(), entry.target());
        }
      }
      return report(manifest());
    }

    private @Nullable Part part(String path, BufferedInputStream content, long size)
        throws IOException {
      boolean blob = path.startsWith(BLOBS);
      if (path.endsWith("/layer.tar")) {
        return layer(content);
      }
      if (!blob) {
        return path.endsWith(".json") && path.indexOf('/') < 0 ? json(path, content, size) : null;
      }
      content.mark(MAGIC);
      byte[] start = content.readNBytes(MAGIC);
      content.reset();
      if (startsWith(start, 0x1f, 0x8b)) {
        return compressed(path, () -> new GZIPInputStream(content, 8192));
      }
      if (startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)) {
        return compressed(path, () -> new ZstdInputStreamNoFinalizer(content));
      }
      if (start.length > 0 && start[0] == '{') {
        return size <= limits.metadataBytes() ? json(path, content, size) : null;
      }
      if (start.length == MAGIC && (TarReader.isHeader(start) || TarReader.isZero(start))) {
        return layer(content);
      }
      return new Part.Odd("Layer " + path + " is compressed in a way that is not known.");
    }

    private Part json(String path, InputStream content, long size) throws IOException {
      metadata += (int) Math.min(size, limits.metadataBytes());
      if (size > limits.metadataBytes() || metadata > limits.metadataBytes()) {
        throw new UnreadableImage(
            "The image has more than " + limits.metadataBytes() + " bytes of manifests.");
      }
      try {
        return new Part.Json(JSON.readTree(content.readAllBytes()));
      } catch (JacksonException e) {
        return new Part.Odd(path + " is not JSON.");
      }
    }

    private Part layer(InputStream content) throws IOException {
      return new Part.Files(layerReader.read(new Counted(content)));
    }

    private interface Opening {
      InputStream open() throws IOException;
    }

    private Part compressed(String path, Opening opening) throws IOException {
      try (InputStream plain = opening.open()) {
        return layer(plain);
      } catch (ZipException | ZstdIOException e) {
        return new Part.Odd("Layer " + path + " cannot be uncompressed.");
      } catch (UnreadableImage e) {
        // A blob that is no layer may hold anything; one that is says why it cannot be read
        if (unpacked > limits.unpackedBytes()) {
          throw e;
        }
        return new Part.Odd(String.valueOf(e.getMessage()));
      } catch (EOFException e) {
        return new Part.Odd("Layer " + path + " is cut off.");
      }
    }

    /** Layers in order, with the digests of their uncompressed form. */
    private record Manifest(List<String> layers, List<String> digests) {}

    private Manifest manifest() throws UnreadableImage {
      List<Manifest> found = new ArrayList<>();
      if (parts.get(MANIFEST) instanceof Part.Json(JsonNode list)) {
        for (JsonNode one : list) {
          List<String> layers = new ArrayList<>();
          one.path("Layers").forEach(layer -> layers.add(TarPath.clean(layer.asString(""))));
          add(TarPath.clean(one.path("Config").asString("")), layers, found);
        }
      } else if (parts.get(INDEX) instanceof Part.Json(JsonNode index)) {
        fromIndex(index, found, new HashSet<>());
      } else {
        throw new UnreadableImage("The saved image has no manifest.");
      }
      if (found.size() != 1) {
        throw new UnreadableImage(
            found.isEmpty()
                ? "The saved image is not whole: layers that its manifest names are missing."
                : "The saved image holds several platforms; which of them runs here is not told.");
      }
      return found.getFirst();
    }

    private void fromIndex(JsonNode index, List<Manifest> found, Set<String> visited) {
      for (JsonNode descriptor : index.path("manifests")) {
        String digest = descriptor.path("digest").asString("");
        boolean attestation =
            descriptor.path("annotations").has("vnd.docker.reference.type")
                || descriptor.path("platform").path("os").asString("").equals("unknown");
        if (attestation || !visited.add(digest) || visited.size() > MOST_MANIFESTS) {
          continue;
        }
        if (parts.get(blob(digest)) instanceof Part.Json(JsonNode manifest)) {
          if (manifest.has("manifests")) {
            fromIndex(manifest, found, visited);
          } else {
            List<String> layers = new ArrayList<>();
            manifest
                .path("layers")
                .forEach(layer -> layers.add(blob(layer.path("digest").asString(""))));
            add(blob(manifest.path("config").path("digest").asString("")), layers, found);
          }
        }
      }
    }

    private static String blob(String digest) {
      return BLOBS + TarPath.clean(digest.replace(':', '/'));
    }

    /** Keeps a manifest whose parts are all there; of an image's other platforms they are not. */
    private void add(String config, List<String> layers, List<Manifest> found) {
      if (!(resolve(config) instanceof Part.Json(JsonNode json))
          || layers.stream().anyMatch(layer -> resolve(layer) == null)) {
        return;
      }
      List<String> digests = new ArrayList<>();
      json.path("rootfs").path("diff_ids").forEach(digest -> digests.add(digest.asString("")));
      found.add(new Manifest(layers, digests));
    }

    private @Nullable Part resolve(String path) {
      String at = path;
      for (int i = 0; i < 8 && !parts.containsKey(at) && links.containsKey(at); i++) {
        at = links.getOrDefault(at, at);
      }
      return parts.get(at);
    }

    private ObjectNode report(Manifest manifest) throws UnreadableImage {
      if (manifest.layers().size() != manifest.digests().size()) {
        throw new UnreadableImage("The image's configuration and manifest name different layers.");
      }
      List<Layer> layers = new ArrayList<>();
      for (String path : manifest.layers()) {
        switch (resolve(path)) {
          case Part.Files(Layer layer) -> layers.add(layer);
          case Part.Odd(String sentence) -> throw new UnreadableImage(sentence);
          case Part.Json ignored -> throw new UnreadableImage("Layer " + path + " is no archive.");
          case null -> throw new UnreadableImage("Layer " + path + " is missing.");
        }
      }
      return new ImageFilesReport(layers, manifest.digests(), hash).toJson();
    }

    /** Ends the reading where layers unpack to more than is read. */
    private final class Counted extends java.io.FilterInputStream {
      Counted(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
      }

      @Override
      public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        count(skipped);
        return skipped;
      }

      private void count(long bytes) throws UnreadableImage {
        unpacked += bytes;
        if (unpacked > limits.unpackedBytes()) {
          throw new UnreadableImage(
              "The image unpacks to more than " + limits.unpackedBytes() + " bytes.");
        }
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
