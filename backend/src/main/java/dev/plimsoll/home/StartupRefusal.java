package dev.plimsoll.home;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ExitCodeGenerator;

/** The portal must not start as it is set up: its message is one sentence with the remedy. */
public final class StartupRefusal extends RuntimeException implements ExitCodeGenerator {
  private static final long serialVersionUID = 1L;

  /** Says which setting is wrong, how, and what to do. */
  public StartupRefusal(String sentence) {
    super(sentence);
  }

  StartupRefusal(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /** 2: what was asked for cannot be done, as with every command of the portal. */
  @Override
  public int getExitCode() {
    return 2;
  }
}
