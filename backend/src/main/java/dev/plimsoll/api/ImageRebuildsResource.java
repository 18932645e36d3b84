package dev.plimsoll.api;

import dev.plimsoll.compliance.ImageRebuild;
import dev.plimsoll.compliance.ImageRebuilds;
import dev.plimsoll.posture.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Images that are worth building anew. */
@RestController
@RequestMapping("/api/v1/image-rebuilds")
@Tag(name = "Fixes", description = "What to change, and what that is worth")
class ImageRebuildsResource {
  private final ImageRebuilds rebuilds;
  private final ScopeWord scopes;

  ImageRebuildsResource(ImageRebuilds rebuilds, ScopeWord scopes) {
    this.rebuilds = rebuilds;
    this.scopes = scopes;
  }

  @GetMapping
  @Operation(
      summary = "Images that one rebuild makes better on all their hosts, most points first",
      description =
          "The same image counts once, whatever its ID is on each host. At most 50 are listed.")
  PageBody<RebuildBody> list(
      @Parameter(description = "fleet, group:PATH or host:ID") @RequestParam(defaultValue = "fleet")
          String scope) {
    List<ImageRebuild> found =
        switch (scopes.parse(scope)) {
          case Scope.Fleet fleet -> rebuilds.ofFleet();
          case Scope.Group(String path) -> rebuilds.ofGroup(path);
          case Scope.Host(long id) -> rebuilds.ofHost(id);
        };
    return PageBody.all(found.stream().map(RebuildBody::of).toList());
  }

  /**
   * An image as the API shows it.
   *
   * @param content hash of layers, platform and configuration
   * @param points that all hosts together regain
   * @param findings that are resolved
   * @param undecided checks that fail as well and that people decide on
   */
  record RebuildBody(
      List<String> names,
      String content,
      double points,
      int findings,
      List<String> checks,
      List<OnHostBody> hosts,
      List<String> undecided,
      List<FixBody.FormBody> forms,
      List<String> cautions) {
    static RebuildBody of(ImageRebuild rebuild) {
      return new RebuildBody(
          rebuild.names(),
          rebuild.content(),
          rebuild.points() / 1000.0,
          rebuild.findings(),
          rebuild.checks(),
          rebuild.hosts().stream().map(OnHostBody::of).toList(),
          rebuild.undecided(),
          rebuild.forms().stream().map(FixBody.FormBody::of).toList(),
          rebuild.cautions());
    }
  }

  /** The image on one host. */
  record OnHostBody(HostRefBody host, String subject, double points) {
    static OnHostBody of(ImageRebuild.OnHost one) {
      return new OnHostBody(
          new HostRefBody(String.valueOf(one.hostId()), one.host()),
          String.valueOf(one.subjectId()),
          one.points() / 1000.0);
    }
  }
}
