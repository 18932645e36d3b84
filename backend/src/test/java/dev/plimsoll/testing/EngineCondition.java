package dev.plimsoll.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresEngine}. */
final class EngineCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decide(TestEngine.obstacle(), "true".equals(System.getenv("CI")));
  }

  static ConditionEvaluationResult decide(
      Optional<String> obstacle, boolean continuousIntegration) {
    if (obstacle.isEmpty()) {
      return ConditionEvaluationResult.enabled("a Docker engine can be started");
    }
    String reason = "Docker engine not installed: " + obstacle.get();
    if (continuousIntegration) {
      throw new IllegalStateException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
