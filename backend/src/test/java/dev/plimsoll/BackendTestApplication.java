package dev.plimsoll;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The backend without its screens, for {@code @SpringBootTest} in this module. */
@SpringBootApplication
public class BackendTestApplication {
  /** Runs it as a process of its own, for tests that kill one. */
  public static void main(String[] args) {
    SpringApplication.run(BackendTestApplication.class, args);
  }
}
