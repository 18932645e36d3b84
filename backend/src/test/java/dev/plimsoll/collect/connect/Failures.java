package dev.plimsoll.collect.connect;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plimsoll.collect.FailureCategory;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says of a failed call what a person would see. */
final class Failures extends AbstractAssert<Failures, EngineCallException> {
  /** For calls that nothing but the end of their time ends. */
  static final ConnectionLimits IMPATIENT =
      new ConnectionLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 1 << 20);

  /** For calls that end for another reason, however busy the machine is. */
  static final ConnectionLimits PATIENT =
      new ConnectionLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), 2, 1 << 20);

  private Failures(EngineCallException failure) {
    super(failure, Failures.class);
  }

  static Failures assertFails(ThrowingCallable call) {
    EngineCallException failure = catchThrowableOfType(EngineCallException.class, call);
    Assertions.assertThat(failure).as("the failure of a call").isNotNull();
    return new Failures(failure);
  }

  /** Category and the whole sentence. */
  Failures as(FailureCategory category, String sentence) {
    Assertions.assertThat(actual).hasMessage(sentence);
    Assertions.assertThat(actual.category()).isEqualTo(category);
    return this;
  }

  /** Category and a part of the sentence. */
  Failures like(FailureCategory category, String part) {
    Assertions.assertThat(actual).hasMessageContaining(part);
    Assertions.assertThat(actual.category()).isEqualTo(category);
    return this;
  }

  /** HTTP status. */
  Failures withStatus(int status) {
    Assertions.assertThat(actual.status()).isEqualTo(status);
    return this;
  }

  /** The call that failed. */
  Failures during(String call) {
    Assertions.assertThat(actual.call()).isEqualTo(call);
    return this;
  }
}
