package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** By which name a container asked for its image, and whether that name still means it. */
final class ImageReferenceChecks {
  private static final Field CONFIGURED = Field.of(".Config.Image");
  private static final Field TAGS = Field.of(".tags");

  private ImageReferenceChecks() {}

  static final Check CURRENT =
      RuleBuilder.container("CTR-FRESH", MEDIUM)
          .cis("5.28")
          .nist("4.2.2")
          .title("Container runs the current image of its tag")
          .rationale("The tag was patched, and the process is still the old one.")
          .remediation("Create the container again from the tag.")
          .judgedBy(ImageReferenceChecks::current);

  static final Check PINNED =
      RuleBuilder.container("CTR-TAG", LOW)
          .cis("5.28")
          .nist("4.2.2")
          .linuxOnly()
          .title("Image reference is pinned")
          .rationale("latest hides what runs, and means something else tomorrow.")
          .remediation("Name a version, or better a digest: repository@sha256:….")
          .judgedBy(ImageReferenceChecks::pinned);

  private static Verdict current(Examination x) {
    Source container = x.document();
    String configured = container.text(CONFIGURED);
    String imageId = container.text(Containers.IMAGE);
    ImageReference reference = ImageReference.parse(configured);
    if (!reference.digest().isEmpty() || ImageReference.isBareId(configured, imageId)) {
      return x.notApplicable("started by digest or ID, which never means another image");
    }
    String tag = reference.familiar();
    Reading own = x.host().images().get(imageId);
    if (own instanceof Reading.Read read) {
      Evidence evidence = tagged(read, tag);
      if (evidence != null) {
        x.keep(evidence);
        return x.pass();
      }
    }
    Reading.@Nullable Unread unread = x.host().unreadLists().get(SubjectKind.IMAGE);
    for (Map.Entry<String, Reading> image : x.host().images().entrySet()) {
      switch (image.getValue()) {
        case Reading.Read read -> {
          Evidence evidence = tagged(read, tag);
          if (evidence != null) {
            return x.fail(
                List.of(
                    container.evidence(Containers.IMAGE.path(), container.peek(Containers.IMAGE)),
                    evidence),
                tag + " now means " + image.getKey());
          }
        }
        case Reading.Unread failed -> unread = failed;
      }
    }
    return unread == null
        ? x.unknown("no image on the host is called " + tag + " any more")
        : Examination.unread(unread);
  }

  /** Evidence that an image bears a tag; null if it does not. */
  private static @Nullable Evidence tagged(Reading.Read image, String tag) {
    JsonNode tags = TAGS.in(image.observation());
    for (int i = 0; i < tags.size(); i++) {
      JsonNode own = tags.path(i);
      if (own.isString() && ImageReference.parse(own.stringValue()).familiar().equals(tag)) {
        return new Evidence(TAGS.entry(i), CompactJson.of(own), image.observationSha256());
      }
    }
    return null;
  }

  private static Verdict pinned(Examination x) {
    Source container = x.document();
    String configured = container.text(CONFIGURED);
    ImageReference reference = ImageReference.parse(configured);
    if (reference.digest().startsWith("sha256:")) {
      return x.pass();
    }
    if (ImageReference.isBareId(configured, container.peek(Containers.IMAGE).asString(""))) {
      return x.unknown("started by the bare ID of an image");
    }
    return switch (reference.tag()) {
      case "" -> x.fail("no tag means latest");
      case ImageReference.LATEST -> x.fail(null);
      default -> x.pass();
    };
  }
}
