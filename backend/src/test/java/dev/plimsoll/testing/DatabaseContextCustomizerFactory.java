package dev.plimsoll.testing;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Sees to it that the application context of a {@link DatabaseTest} runs on its own database. */
final class DatabaseContextCustomizerFactory implements ContextCustomizerFactory {
  @Override
  public ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return new DatabaseContextCustomizer(DatabaseExtension.outermost(testClass));
  }
}
