package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The swarm that a host belongs to, as its engine shows it. Its document is {@code
 * {"swarm":…,"nodes":[…],"services":[…]}} on a manager and empty elsewhere; what a manager did not
 * show stands as a failed call under {@code unread}.
 */
final class Swarm {
  static final Field STATE = Field.of(".info.Swarm.LocalNodeState");
  static final Field CONTROL = Field.of(".info.Swarm.ControlAvailable");
  static final Field NODE_COUNT = Field.of(".info.Swarm.Nodes");
  static final Field MANAGER_COUNT = Field.of(".info.Swarm.Managers");
  static final Field CLUSTER = Field.of(".swarm");
  static final Field NODES = Field.of(".nodes");
  static final Field SERVICES = Field.of(".services");
  static final String SERVICE_LABEL = "com.docker.swarm.service.id";
  static final String STACK_LABEL = "com.docker.stack.namespace";

  private Swarm() {}

  /** The judgement, but NOT_APPLICABLE where there is no swarm. */
  static RuleCheck.Judgement inSwarm(RuleCheck.Judgement judgement) {
    return x ->
        switch (x.engine().text(STATE)) {
          case "inactive" -> x.notApplicable("swarm mode is off");
          case "active" -> judgement.of(x);
          case "" -> x.unknown("the engine shows no swarm state");
          case String other -> x.unknown("the swarm is " + other + ": it shows nothing of itself");
        };
  }

  /** The same, but UNKNOWN on a worker, which is shown nothing of its swarm. */
  static RuleCheck.Judgement onManager(RuleCheck.Judgement judgement) {
    return inSwarm(
        x ->
            x.engine().flag(CONTROL)
                ? judgement.of(x)
                : x.unknown("a worker is not shown this: watch a manager of the same swarm"));
  }

  /** Whether a host is in a swarm, as far as its engine says. */
  static boolean isActive(Source engine) {
    return engine.text(STATE).equals("active");
  }

  /**
   * A part of the document of the host's swarm.
   *
   * @throws Unanswerable if the engine did not show it
   */
  static Source part(Source document, Field part) {
    if (document.peek(part).isMissingNode()) {
      JsonNode failed = document.peek(Field.of(".unread" + part.path()));
      if (failed.isObject()) {
        throw Examination.partUnread(failed);
      }
    }
    return document;
  }

  /**
   * The swarm's document, from another subject's point of view, with its services.
   *
   * @return null if the host is a worker or is in no swarm
   * @throws Unanswerable if a manager did not show its services
   */
  static @Nullable Source services(Examination x) {
    Reading reading = x.host().swarm();
    if (reading == null) {
      return null;
    }
    Source document = part(x.open(reading), SERVICES);
    return document.peek(SERVICES).isArray() ? document : null;
  }
}
