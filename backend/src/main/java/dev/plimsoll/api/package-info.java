/** The REST API below {@code /api/v1}: requests in, service calls, JSON out. */
@org.springframework.modulith.ApplicationModule(displayName = "REST API")
@org.jspecify.annotations.NullMarked
package dev.plimsoll.api;
