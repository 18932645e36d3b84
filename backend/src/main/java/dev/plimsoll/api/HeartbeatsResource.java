package dev.plimsoll.api;

import dev.plimsoll.backup.HeartbeatPing;
import dev.plimsoll.backup.HeartbeatPing.Facts;
import dev.plimsoll.backup.Heartbeats;
import dev.plimsoll.checklist.BackupRecord.Method;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The addresses that backup jobs call; whoever knows one may call it. */
@RestController
@RequestMapping(HeartbeatsResource.PATH)
@Tag(name = "Heartbeats", description = "What backup jobs tell when a run begins and ends")
@SecurityRequirements
class HeartbeatsResource {
  static final String PATH = "/api/v1/heartbeats/";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST_EXIT_CODE = 255;
  private static final String RUN =
      "a name that each run has alone, where several may be under way at once";

  private final Heartbeats heartbeats;

  HeartbeatsResource(Heartbeats heartbeats) {
    this.heartbeats = heartbeats;
  }

  @PostMapping("{token}")
  @Operation(
      summary = "A run ended well",
      description =
          "As JSON the body tells of the backup; anything else in it is kept as what the job said,"
              + " secrets masked. At most 10 KiB.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PingRequest.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE)
      })
  HeardBody succeeded(
      @PathVariable String token,
      @Parameter(description = RUN) @RequestParam(required = false) @Nullable String run,
      HttpServletRequest request)
      throws IOException {
    return ping(token, "success", run, request);
  }

  @PostMapping("{token}/{end}")
  @Operation(
      summary = "A run began (start), ended well (success) or badly (fail), or its exit status",
      description = "As for a run that ended well; 0 alone is a good exit status.")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = PingRequest.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE)
      })
  HeardBody told(
      @PathVariable String token,
      @Parameter(description = "start, success, fail, or 0 to 255") @PathVariable String end,
      @Parameter(description = RUN) @RequestParam(required = false) @Nullable String run,
      HttpServletRequest request)
      throws IOException {
    return ping(token, end, run, request);
  }

  private HeardBody ping(String token, String end, @Nullable String run, HttpServletRequest request)
      throws IOException {
    Said said = said(request);
    HeartbeatPing ping =
        switch (end) {
          case "start" -> HeartbeatPing.start(run, said.detail());
          case "success" -> HeartbeatPing.success(run, said.detail(), said.facts());
          case "fail" -> HeartbeatPing.fail(run, said.detail(), said.facts());
          default -> HeartbeatPing.exited(exitCode(end), run, said.detail(), said.facts());
        };
    Heartbeats.Heard heard = heartbeats.ping(token, ping);
    return new HeardBody(ping.kind().name(), heard.at(), heard.repeated());
  }

  private static int exitCode(String word) {
    if (word.matches("[0-9]{1,3}") && Integer.parseInt(word) <= MOST_EXIT_CODE) {
      return Integer.parseInt(word);
    }
    throw new InvalidInput(
        "end", Enums.notOneOf(word, "start", "success", "fail", "0 to " + MOST_EXIT_CODE));
  }

  /** What a body says. */
  private record Said(@Nullable String detail, Facts facts) {}

  /** Read here, since a form's body would be taken for parameters, and curl sends text as one. */
  private static Said said(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    if (body.length == 0) {
      return new Said(null, Facts.NONE);
    }
    if (!isJson(request.getContentType())) {
      return new Said(new String(body, StandardCharsets.UTF_8), Facts.NONE);
    }
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      throw (InvalidInput)
          new InvalidInput("body", "is not JSON in UTF-8. Check its syntax, or send it as text.")
              .initCause(e);
    }
    JsonFields fields = JsonFields.of(json);
    Facts facts =
        new Facts(
            fields.text("snapshotId"),
            fields.whole("bytes"),
            fields.text("checksum"),
            fields.has("warnings") && !fields.isNull("warnings")
                ? (Integer) fields.integer("warnings", 0)
                : null,
            fields.word("method", Method.class));
    String detail = fields.text("detail");
    fields.check();
    return new Said(detail, facts);
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && contentType.strip().regionMatches(true, 0, MediaType.APPLICATION_JSON_VALUE, 0, 16);
  }

  /** What a job says of its backup. */
  record PingRequest(
      @Nullable Long bytes,
      @Nullable String checksum,
      @Nullable Integer warnings,
      @Nullable String snapshotId,
      @Nullable Method method,
      @Nullable String detail) {}

  /**
   * What came of it.
   *
   * @param kind START, SUCCESS or FAIL
   * @param at when it arrived
   * @param repeated whether it was told just before, and counts once
   */
  record HeardBody(String kind, Instant at, boolean repeated) {}
}
