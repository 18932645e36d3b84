package dev.plimsoll.api;

import dev.plimsoll.access.LastAdministrator;
import dev.plimsoll.access.NoSuchUser;
import dev.plimsoll.attest.NoSuchAttestation;
import dev.plimsoll.backup.NoSuchBackupSource;
import dev.plimsoll.backup.NoSuchHeartbeat;
import dev.plimsoll.backup.NoSuchPolicy;
import dev.plimsoll.backup.TooManyPings;
import dev.plimsoll.compliance.NoSuchDeclaration;
import dev.plimsoll.compliance.NoSuchFinding;
import dev.plimsoll.compliance.NoSuchProfile;
import dev.plimsoll.compliance.NoSuchVerdict;
import dev.plimsoll.compliance.NothingToFix;
import dev.plimsoll.fleet.GroupInUse;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.NameTaken;
import dev.plimsoll.fleet.NoSuchGroup;
import dev.plimsoll.fleet.NoSuchHost;
import dev.plimsoll.fleet.Shown;
import dev.plimsoll.owncheck.NoSuchOwnCheck;
import dev.plimsoll.owncheck.NotInThisStatus;
import dev.plimsoll.owncheck.TooManyTryOuts;
import dev.plimsoll.posture.NoSuchScope;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong into a {@link Problem}. */
@RestControllerAdvice
class ApiProblems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  @ExceptionHandler
  ProblemDetail invalid(InvalidInput e) {
    return Problem.invalid(e.errors());
  }

  @ExceptionHandler({
    NoSuchDeclaration.class,
    NotFound.class,
    NoSuchAttestation.class,
    NoSuchBackupSource.class,
    NoSuchPolicy.class,
    NoSuchFinding.class,
    NoSuchGroup.class,
    NoSuchHeartbeat.class,
    NoSuchHost.class,
    NoSuchOwnCheck.class,
    NoSuchProfile.class,
    NoSuchScope.class,
    NoSuchUser.class,
    NoSuchVerdict.class
  })
  ProblemDetail notFound(RuntimeException e) {
    return Problem.NOT_FOUND.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail nothingToFix(NothingToFix e) {
    return Problem.NOTHING_TO_FIX.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail nameTaken(NameTaken e) {
    return Problem.NAME_TAKEN.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail groupInUse(GroupInUse e) {
    return Problem.GROUP_NOT_EMPTY.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail notInThisStatus(NotInThisStatus e) {
    return Problem.NOT_IN_THIS_STATUS.with(message(e));
  }

  @ExceptionHandler({TooManyPings.class, TooManyTryOuts.class})
  ProblemDetail tooMany(RuntimeException e) {
    return Problem.TOO_MANY_REQUESTS.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail lastAdministrator(LastAdministrator e) {
    return Problem.LAST_ADMINISTRATOR.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail conflict(Conflict e) {
    return e.problem().with(message(e));
  }

  @ExceptionHandler
  ProblemDetail changedMeanwhile(OptimisticLockingFailureException e) {
    return Problem.CONCURRENT_CHANGE.with("Nothing was done. Read it again, then repeat.");
  }

  @ExceptionHandler
  ProblemDetail bodyTooLarge(BodyTooLarge e) {
    return Problem.BODY_TOO_LARGE.with(message(e));
  }

  @ExceptionHandler
  ProblemDetail forbidden(AccessDeniedException e) {
    return Problem.FORBIDDEN.with(
        e instanceof AuthorizationDeniedException
            ? "Your roles do not allow this. Ask an administrator for the right."
            : message(e));
  }

  /** 401 with the challenge that RFC 6750 section 3 asks for. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> unauthorized(AuthenticationException e) {
    boolean badToken = e instanceof BadCredentialsException;
    return ResponseEntity.status(Problem.UNAUTHORIZED.status())
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            "Bearer realm=\"plimsoll\"" + (badToken ? ", error=\"invalid_token\"" : ""))
        .body(
            Problem.UNAUTHORIZED.with(
                badToken
                    ? "The token is unknown, expired or revoked. Ask an administrator for another."
                    : "Send a token as \"Authorization: Bearer …\"."));
  }

  @ExceptionHandler
  ProblemDetail failed(Exception e) {
    String incident = UUID.randomUUID().toString();
    LOG.error("Incident {}: a request failed", incident, e);
    ProblemDetail problem =
        Problem.INTERNAL.with(
            "Nothing was done. The portal's log tells more under incident " + incident + ".");
    problem.setProperty("incident", incident);
    return problem;
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid("body", "is not JSON in UTF-8. Check its syntax.", headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(e.getParameterName(), "is missing. Give it in the query.", headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String field =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(e.getPropertyName());
    return invalid(field, wrongType(e.getValue(), e.getRequiredType()), headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    List<FieldError> errors =
        e.getBindingResult().getFieldErrors().stream()
            .map(
                error ->
                    new FieldError(
                        error.getField(),
                        wrongType(
                            error.getRejectedValue(),
                            e.getBindingResult().getFieldType(error.getField()))))
            .toList();
    ProblemDetail problem = Problem.invalid(errors);
    return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
  }

  /** Everything else that Spring MVC refuses: keep its status, put our type and words. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Problem kind =
        Arrays.stream(Problem.values())
            .filter(problem -> problem.status().value() == status.value())
            .findFirst()
            .orElse(status.is4xxClientError() ? Problem.INVALID_INPUT : Problem.INTERNAL);
    ProblemDetail problem = kind.with(detail(kind));
    problem.setStatus(status.value());
    return ResponseEntity.status(status).headers(headers).body(problem);
  }

  private static String detail(Problem kind) {
    return switch (kind) {
      case NOT_FOUND -> "Nothing lies at this address. GET /api/v1/openapi.json lists all.";
      case METHOD_NOT_ALLOWED -> "The Allow header lists the methods that this address takes.";
      case UNSUPPORTED_MEDIA_TYPE -> "The Accept header lists the formats that this address takes.";
      case NOT_ACCEPTABLE -> "Accept application/json.";
      default -> "The request cannot be done. Check it against /api/v1/openapi.json.";
    };
  }

  private static ResponseEntity<Object> invalid(String field, String message, HttpHeaders headers) {
    ProblemDetail problem = Problem.invalid(List.of(new FieldError(field, message)));
    return ResponseEntity.status(problem.getStatus()).headers(headers).body(problem);
  }

  private static String wrongType(@Nullable Object value, @Nullable Class<?> type) {
    String remedy =
        switch (type == null ? "" : type.getSimpleName()) {
          case "Instant" -> "Give an instant such as 2026-03-01T12:00:00Z.";
          case "Integer", "int", "Long", "long" -> "Give a whole number.";
          case "Boolean", "boolean" -> "Give true or false.";
          default ->
              type != null && type.isEnum()
                  ? "Give one of " + Arrays.toString(type.getEnumConstants()) + "."
                  : "Give another value.";
        };
    return "\"" + Shown.of(String.valueOf(value)) + "\" is not possible here. " + remedy;
  }

  private static String message(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }
}
