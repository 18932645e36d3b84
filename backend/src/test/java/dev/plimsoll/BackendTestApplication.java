package dev.plimsoll;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The backend without its screens, for {@code @SpringBootTest} in this module. */
@SpringBootApplication
public class BackendTestApplication {}
