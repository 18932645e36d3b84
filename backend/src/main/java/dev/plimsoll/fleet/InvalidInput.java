package dev.plimsoll.fleet;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Input that cannot be accepted: each field with what is wrong and what to do. Nothing was done.
 */
public final class InvalidInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  /** Describes what is wrong; at least one error. */
  public InvalidInput(List<FieldError> errors) {
    super(
        errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /** One error about one field. */
  public InvalidInput(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  /** What is wrong, field by field. */
  public List<FieldError> errors() {
    return errors;
  }

  /** A field as the API names it, and a sentence with the value and the remedy. */
  public record FieldError(String field, String message) {}
}
