package dev.plimsoll.ui;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The portal's process: web pages, REST API and collector, as {@code PLIMSOLL_ROLES} asks for. */
@AutoConfigurationPackage(basePackages = "dev.plimsoll")
@SpringBootApplication(scanBasePackages = "dev.plimsoll")
public class PlimsollApplication {
  /** Starts the portal; returns once it serves requests. */
  public static void main(String[] args) {
    SpringApplication.run(PlimsollApplication.class, args);
  }
}
