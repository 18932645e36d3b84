package dev.plimsoll.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.plimsoll.checklist.Reference;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.posture.Checks;
import dev.plimsoll.posture.FleetOverview;
import dev.plimsoll.posture.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue. */
@RestController
@RequestMapping("/api/v1/checks")
@Tag(name = "Checks", description = "The catalogue: what is demanded, why, and how to get there")
class ChecksResource {
  /** More than there will be: who asks for the catalogue wants all of it. */
  private static final int WHOLE_CATALOGUE = 1000;

  private final Checks checks;
  private final FleetOverview overview;
  private final AsOf instants;

  ChecksResource(Checks checks, FleetOverview overview, AsOf instants) {
    this.checks = checks;
    this.overview = overview;
    this.instants = instants;
  }

  @GetMapping
  @Operation(summary = "All checks, in catalogue order")
  PageBody<CheckBody> list(
      @Parameter(description = "true: say how often each fails now") @RequestParam(required = false)
          @Nullable Boolean counts,
      @RequestParam(required = false) @Nullable Instant asOf,
      @ParameterObject ListParameters parameters) {
    instants.check(asOf); // the catalogue itself has no past yet
    PageRequest page = parameters.toPageRequest(WHOLE_CATALOGUE);
    List<Rule> rules = checks.rules();
    int begin = page.after() == null ? 0 : place(page.after()) + 1;
    int end = Math.min(begin + page.limit(), rules.size());
    Map<String, FleetOverview.CheckLoad> loads = Boolean.TRUE.equals(counts) ? loads() : Map.of();
    return new PageBody<>(
        rules.subList(begin, end).stream()
            .map(rule -> CheckBody.of(rule, loads.get(rule.id())))
            .toList(),
        end < rules.size() ? cursor(rules.get(end - 1)) : null,
        page.count() ? (Long) (long) rules.size() : null,
        page.count() ? (Boolean) false : null);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One check")
  CheckBody get(@PathVariable String id, @RequestParam(required = false) @Nullable Instant asOf) {
    instants.check(asOf);
    return checks
        .find(id)
        .map(rule -> CheckBody.of(rule, null))
        .orElseThrow(() -> new NotFound("check", Shown.of(id)));
  }

  private Map<String, FleetOverview.CheckLoad> loads() {
    return overview.checks().stream()
        .collect(Collectors.toMap(FleetOverview.CheckLoad::check, Function.identity()));
  }

  private static String cursor(Rule rule) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(rule.id().getBytes(StandardCharsets.UTF_8));
  }

  private int place(String cursor) {
    List<Rule> rules = checks.rules();
    return IntStream.range(0, rules.size())
        .filter(i -> cursor(rules.get(i)).equals(cursor))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    "after",
                    "The cursor belongs to another list or is damaged. Begin anew without it."));
  }

  /**
   * A check as the API shows it.
   *
   * @param weight points that the first failing workload costs
   * @param own whether the company wrote it; left out if not
   * @param counts only if they were asked for
   */
  record CheckBody(
      String id,
      String title,
      String severity,
      String subject,
      String mode,
      List<Reference> references,
      String rationale,
      String remediation,
      int weight,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean own,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CountsBody counts) {
    static CheckBody of(Rule rule, FleetOverview.@Nullable CheckLoad load) {
      return new CheckBody(
          rule.id(),
          rule.title(),
          rule.severity().name().toLowerCase(Locale.ROOT),
          rule.subject().word(),
          rule.mode().name().toLowerCase(Locale.ROOT),
          rule.references(),
          rule.rationale(),
          rule.remediation(),
          rule.weight(),
          rule.own(),
          load == null
              ? null
              : new CountsBody(
                  load.failingSubjects(), load.failingHosts(), load.unknownSubjects()));
    }
  }

  /** How often a check fails now. */
  record CountsBody(long failingSubjects, long failingHosts, long unknownSubjects) {}
}
