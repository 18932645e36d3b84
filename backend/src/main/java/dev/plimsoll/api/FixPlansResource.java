package dev.plimsoll.api;

import dev.plimsoll.compliance.FixGoal;
import dev.plimsoll.compliance.FixPlan;
import dev.plimsoll.compliance.FixPlans;
import dev.plimsoll.posture.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The fewest changes that reach a score or a grade. */
@RestController
@RequestMapping("/api/v1/fix-plans")
@Tag(name = "Fixes", description = "What to change, and what that is worth")
class FixPlansResource {
  private final FixPlans plans;
  private final ScopeWord scopes;

  FixPlansResource(FixPlans plans, ScopeWord scopes) {
    this.plans = plans;
    this.scopes = scopes;
  }

  @GetMapping
  @Operation(
      summary = "The fewest changes to a host, a group or the fleet that reach a score or a grade",
      description =
          "Each change is tried on the stored documents, together with those before it. Up to 20"
              + " candidates method is exact: no smaller choice reaches the goal; beyond that it is"
              + " greedy. A plan that does not reach the goal says so, and how far it gets.")
  PlanBody plan(
      @Parameter(description = "fleet, group:PATH or host:ID") @RequestParam String scope,
      @Parameter(description = "0 to 100; this or grade") @RequestParam(required = false)
          @Nullable Double score,
      @Parameter(description = "A, B, C or D; this or score") @RequestParam(required = false)
          @Nullable String grade) {
    FixGoal goal = FixGoal.of(score, grade);
    return PlanBody.of(
        switch (scopes.parse(scope)) {
          case Scope.Fleet fleet -> plans.ofFleet(goal);
          case Scope.Group(String path) -> plans.ofGroup(path, goal);
          case Scope.Host(long id) -> plans.ofHost(id, goal);
        });
  }

  /**
   * A plan as the API shows it.
   *
   * @param method {@code exact} or {@code greedy}
   * @param hostsConsidered hosts whose changes were looked at: those that lose most points
   */
  record PlanBody(
      boolean reached,
      String method,
      StateBody before,
      StateBody after,
      int candidates,
      int hosts,
      int hostsConsidered,
      List<StepBody> steps) {
    static PlanBody of(FixPlan plan) {
      return new PlanBody(
          plan.reached(),
          plan.exact() ? "exact" : "greedy",
          StateBody.of(plan.before()),
          StateBody.of(plan.after()),
          plan.candidates(),
          plan.hosts(),
          plan.hostsConsidered(),
          plan.steps().stream().map(StepBody::of).toList());
    }
  }

  /**
   * Where a scope stands.
   *
   * @param points lost, added up over hosts
   */
  record StateBody(double score, String grade, double points) {
    static StateBody of(FixPlan.State state) {
      return new StateBody(state.score() / 1000.0, state.grade(), state.points() / 1000.0);
    }
  }

  /**
   * One change.
   *
   * @param clears what no longer fails with it
   * @param points regained
   * @param after where the scope stands then
   */
  record StepBody(
      HostRefBody host,
      String kind,
      String name,
      List<String> subjects,
      List<ClearedBody> clears,
      double points,
      StateBody after,
      List<FixBody.FormBody> forms,
      List<String> cautions) {
    static StepBody of(FixPlan.Step step) {
      return new StepBody(
          new HostRefBody(String.valueOf(step.hostId()), step.host()),
          step.kind(),
          step.name(),
          step.subjects().stream().map(String::valueOf).toList(),
          step.clears().stream().map(ClearedBody::of).toList(),
          step.points() / 1000.0,
          StateBody.of(step.after()),
          step.forms().stream().map(FixBody.FormBody::of).toList(),
          step.cautions());
    }
  }

  /** A verdict that no longer fails. */
  record ClearedBody(String check, String subject) {
    static ClearedBody of(FixPlan.Cleared cleared) {
      return new ClearedBody(cleared.check(), String.valueOf(cleared.subjectId()));
    }
  }
}
