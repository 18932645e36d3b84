package dev.plimsoll.collect;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.ReadingSwitch;
import dev.plimsoll.collect.connect.Connector;
import dev.plimsoll.collect.connect.EngineCallException;
import dev.plimsoll.collect.connect.EngineConnection;
import dev.plimsoll.collect.connect.EngineRequest;
import dev.plimsoll.collect.connect.EngineTarget;
import dev.plimsoll.fleet.HostRecord;
import dev.plimsoll.fleet.HostSwitches;
import dev.plimsoll.fleet.Hosts;
import dev.plimsoll.inventory.Document;
import dev.plimsoll.inventory.SecretMasking;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.scanning.ImageFiles;
import dev.plimsoll.scanning.ImageFilesReader;
import dev.plimsoll.scanning.UnreadableImage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the files of images that are wanted, one after the other: beside collections, never inside
 * one, because an engine takes minutes to save a large image.
 */
@Component
@PortalItself
class ImageFilesRun {
  private static final Logger LOG = LoggerFactory.getLogger(ImageFilesRun.class);
  private static final Duration LONGEST_SAVE = Duration.ofMinutes(10);
  private static final int IMAGES_A_RUN = 10;
  private static final int NOT_FOUND = 404;

  private final Hosts hosts;
  private final HostSwitches switches;
  private final Connector connector;
  private final ImageFiles imageFiles;
  private final ImageFilesReader reader;
  private final SecretMasking masking;
  private final CollectionLimits limits;

  ImageFilesRun(
      Hosts hosts,
      HostSwitches switches,
      Connector connector,
      ImageFiles imageFiles,
      ImageFilesReader reader,
      SecretMasking masking,
      CollectionLimits limits) {
    this.hosts = hosts;
    this.switches = switches;
    this.connector = connector;
    this.imageFiles = imageFiles;
    this.reader = reader;
    this.masking = masking;
    this.limits = limits;
  }

  /** Reads what is due; one image's fault does not keep the others waiting. */
  void run(int lane, int lanes) {
    List<ImageFiles.Wanted> due = imageFiles.due(lane, lanes, IMAGES_A_RUN);
    for (ImageFiles.Wanted image : due) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      try {
        read(image);
      } catch (RuntimeException e) {
        LOG.error("Reading image {} of host {} failed", image.imageId(), image.hostId(), e);
        imageFiles.postpone(image);
      }
    }
  }

  private void read(ImageFiles.Wanted image) {
    Optional<HostRecord> host = hosts.forCollection(image.hostId());
    if (host.isEmpty()
        || host.get().decommissionedAt() != null
        || !switches.now(image.hostId()).contains(ReadingSwitch.IMAGE_FILES)) {
      imageFiles.forget(image);
      return;
    }
    if (!host.get().collected()) {
      imageFiles.postpone(image);
      return;
    }
    EngineTarget target =
        new EngineTarget(
            host.get().endpoint(), hosts.credentialForCollection(image.hostId()).orElse(null));
    try (EngineConnection engine = connector.open(target, limits.ofConnection())) {
      if (isGone(engine, image.imageId())) {
        imageFiles.forget(image);
        return;
      }
      EngineRequest request = EngineRequest.imageFiles(image.imageId());
      switch (engine.stream(request, LONGEST_SAVE, this::saved)) {
        case Saved.Report(ObjectNode report) ->
            imageFiles.read(image, Document.of(masking.masked(report)));
        case Saved.Unreadable(String sentence) ->
            imageFiles.failed(image, new Reading.Unread(request.call(), 200, sentence));
      }
    } catch (EngineCallException e) {
      LOG.info(
          "Image {} of host {} was not read: {} {}",
          image.imageId(),
          image.hostId(),
          e.category(),
          e.getMessage());
      switch (e.category()) {
        // The collection says that the host cannot be reached
        case UNREACHABLE, TLS, AUTH, INTERNAL -> imageFiles.postpone(image);
        case TIMEOUT, PROTOCOL, REFUSED -> {
          String detail = e.getMessage();
          imageFiles.failed(
              image, new Reading.Unread(e.call(), e.status(), detail == null ? "" : detail));
        }
      }
    }
  }

  /** Engines answer the request for an image that is not there with one status or another. */
  private static boolean isGone(EngineConnection engine, String imageId)
      throws EngineCallException {
    try {
      engine.get(EngineRequest.image(imageId));
      return false;
    } catch (EngineCallException e) {
      if (e.status() == NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private sealed interface Saved {
    record Report(ObjectNode report) implements Saved {}

    record Unreadable(String sentence) implements Saved {}
  }

  private Saved saved(InputStream body) throws IOException {
    try {
      return new Saved.Report(reader.read(body));
    } catch (UnreadableImage e) {
      return new Saved.Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
