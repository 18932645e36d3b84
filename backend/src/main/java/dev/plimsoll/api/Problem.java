package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput.FieldError;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * The kinds of problem that the API answers (RFC 9457). A kind's {@code type} never changes its
 * meaning; programs tell problems apart by it.
 */
enum Problem {
  INVALID_INPUT(HttpStatus.BAD_REQUEST, "The request has errors"),
  UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "A good token is needed"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "The right is missing"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such thing"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The address does not take this method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no answer in a format you accept"),
  NAME_TAKEN(HttpStatus.CONFLICT, "The name is taken"),
  GROUP_NOT_EMPTY(HttpStatus.CONFLICT, "The group is in use"),
  NOT_IN_THIS_STATUS(HttpStatus.CONFLICT, "It does not go with what the check is now"),
  LAST_ADMINISTRATOR(HttpStatus.CONFLICT, "Nobody could manage the portal any more"),
  KEY_REUSED(HttpStatus.CONFLICT, "The Idempotency-Key belongs to another request"),
  ANSWER_NOT_KEPT(HttpStatus.CONFLICT, "The first answer held a secret"),
  NOTHING_TO_FIX(HttpStatus.CONFLICT, "The check does not fail"),
  CONCURRENT_CHANGE(HttpStatus.CONFLICT, "Somebody else changed it at the same time"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body's format is not taken"),
  TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Plimsoll failed");

  private final HttpStatus status;
  private final String title;

  Problem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  HttpStatus status() {
    return status;
  }

  URI type() {
    return URI.create("urn:plimsoll:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** The problem with a sentence on this occurrence. */
  ProblemDetail with(String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(type());
    problem.setTitle(title);
    return problem;
  }

  /** The problem with what is wrong, field by field. */
  static ProblemDetail invalid(List<FieldError> errors) {
    ProblemDetail problem =
        INVALID_INPUT.with(
            errors.size() == 1
                ? "One thing has to be corrected; nothing was done."
                : errors.size() + " things have to be corrected; nothing was done.");
    problem.setProperty("errors", errors);
    return problem;
  }
}
