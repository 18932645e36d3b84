package dev.plimsoll.ui.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresBrowser}. */
final class BrowserCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Browser.isInstalled()) {
      return ConditionEvaluationResult.enabled("Chromium is there");
    }
    String reason =
        "Browser not installed: apt-get install chromium chromium-driver brings %s and %s"
            .formatted(Browser.CHROMIUM, Browser.DRIVER);
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
