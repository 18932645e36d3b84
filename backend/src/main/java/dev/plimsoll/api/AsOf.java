package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks the instant that a request asks about. */
@Component
class AsOf {
  private final Clock clock;

  AsOf(Clock clock) {
    this.clock = clock;
  }

  /**
   * The instant, null for now.
   *
   * @throws InvalidInput if it lies ahead: nobody knows yet
   */
  @Nullable Instant check(@Nullable Instant asOf) {
    return check("asOf", asOf);
  }

  /** The same for a parameter of another name. */
  @Nullable Instant check(String parameter, @Nullable Instant instant) {
    if (instant != null && instant.isAfter(clock.instant())) {
      throw new InvalidInput(
          parameter, instant + " lies in the future. Leave it out to ask about now.");
    }
    return instant;
  }
}
