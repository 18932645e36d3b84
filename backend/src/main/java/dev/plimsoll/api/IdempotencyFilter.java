package dev.plimsoll.api;

import dev.plimsoll.api.FirstAnswers.FirstAnswer;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.Shown;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a POST with an {@code Idempotency-Key} happen once: the same key and request again gets the
 * first answer, another request with the key a 409. Only answers that changed something (2xx) are
 * kept; after a refusal the same key may be tried again.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
  static final String HEADER = "Idempotency-Key";
  static final String REPEATED = "Idempotency-Repeated";

  private static final String SECRET_ANSWER = IdempotencyFilter.class.getName() + ".secret";
  private static final String KEY_SHAPE = "[\\x21-\\x7e]{1,200}";

  private final FirstAnswers answers;
  private final RequestFingerprint fingerprints;
  private final TransactionTemplate transaction;
  private final HandlerExceptionResolver problems;

  IdempotencyFilter(
      FirstAnswers answers,
      RequestFingerprint fingerprints,
      TransactionTemplate transaction,
      HandlerExceptionResolver problems) {
    this.answers = answers;
    this.fingerprints = fingerprints;
    this.transaction = transaction;
    this.problems = problems;
  }

  /** Says that the answer holds a secret, which must not be kept. */
  static void answerIsSecret(HttpServletRequest request) {
    request.setAttribute(SECRET_ANSWER, true);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !"POST".equals(request.getMethod())
        || request.getHeader(HEADER) == null
        || request.getUserPrincipal() == null; // keys are somebody's; heartbeats tell repeats
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
    try {
      transaction.executeWithoutResult(
          status -> {
            if (answerOnce(request, buffered, chain)) {
              return;
            }
            status.setRollbackOnly();
          });
    } catch (ChainFailure e) {
      e.rethrow();
    } catch (RuntimeException e) {
      // Thrown by the key's check or by the commit: nothing of the buffered answer is true.
      buffered.reset();
      problems.resolveException(request, buffered, null, e);
    }
    buffered.copyBodyToResponse();
  }

  /** Answers whether the transaction may be committed. */
  private boolean answerOnce(
      HttpServletRequest request, ContentCachingResponseWrapper response, FilterChain chain) {
    String key = key(request);
    String actor = request.getUserPrincipal().getName();
    String fingerprint = fingerprints.of(request);
    Optional<FirstAnswer> first = answers.claim(actor, key, fingerprint);
    if (first.isPresent()) {
      repeat(first.get(), fingerprint, response);
      return true;
    }
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException e) {
      throw new ChainFailure(e);
    }
    if (response.getStatus() >= 300) {
      return false;
    }
    boolean secret = request.getAttribute(SECRET_ANSWER) != null;
    answers.keep(
        actor,
        key,
        new FirstAnswer(
            fingerprint,
            response.getStatus(),
            response.getContentType(),
            response.getHeader(HttpHeaders.LOCATION),
            secret ? null : response.getContentAsByteArray()));
    return true;
  }

  private static void repeat(
      FirstAnswer first, String fingerprint, ContentCachingResponseWrapper response) {
    if (!first.fingerprint().equals(fingerprint)) {
      throw new Conflict(
          Problem.KEY_REUSED,
          "Another request came with this Idempotency-Key. Choose a new key for a new request.");
    }
    byte @Nullable [] body = first.body();
    if (body == null) {
      throw new Conflict(
          Problem.ANSWER_NOT_KEPT,
          "This was done already, and its answer was shown once. Ask anew with another key.");
    }
    response.setStatus(first.status());
    response.setHeader(REPEATED, "true");
    if (first.contentType() != null) {
      response.setContentType(first.contentType());
    }
    if (first.location() != null) {
      response.setHeader(HttpHeaders.LOCATION, first.location());
    }
    try {
      response.getOutputStream().write(body);
    } catch (IOException e) {
      throw new ChainFailure(e);
    }
  }

  private static String key(HttpServletRequest request) {
    String key = request.getHeader(HEADER);
    if (!key.matches(KEY_SHAPE)) {
      throw new InvalidInput(
          HEADER,
          "\"" + Shown.of(key) + "\" is not 1 to 200 visible ASCII characters. Send a UUID.");
    }
    return key;
  }

  /** Carries a checked exception through the transaction. */
  private static final class ChainFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChainFailure(Exception cause) {
      super(cause);
    }

    void rethrow() throws IOException, ServletException {
      if (getCause() instanceof IOException e) {
        throw e;
      }
      if (getCause() instanceof ServletException e) {
        throw e;
      }
      throw this;
    }
  }
}
