package dev.plimsoll.owncheck;

import dev.cel.common.CelErrorCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the language's engine reports, in words for whoever writes a check. */
final class Wording {
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern RUN_TIME_OVERLOAD =
      Pattern.compile("No matching overload for function '([^']*)'.*", Pattern.DOTALL);
  private static final Map<String, String> OPERATORS = new TreeMap<>();

  static {
    for (String binary :
        new String[] {"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"}) {
      OPERATORS.put("_" + binary + "_", binary);
    }
    OPERATORS.put("!_", "!");
    OPERATORS.put("-_", "-");
    OPERATORS.put("@in", "in");
    OPERATORS.put("_[_]", "[ ]");
    OPERATORS.put("_?_:_", "? :");
  }

  private Wording() {}

  /** A message of the compiler. */
  static String of(String message) {
    Matcher undeclared = UNDECLARED.matcher(message);
    if (undeclared.matches()) {
      return ("There is no %s here. An expression knows doc, seen and host, its own loop variables,"
              + " and the functions of the reference.")
          .formatted(undeclared.group(1));
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      return "%s does not take %s. Convert one side, or ask for something else."
          .formatted(operator(overload.group(1)), overload.group(2));
    }
    if (message.contains("recursion limit")) {
      return "The expression is nested more than %d levels deep. Make two checks of it."
          .formatted(Language.MAX_DEPTH);
    }
    return "This does not read as an expression: " + message;
  }

  /** Why an evaluation ended. */
  static String of(CelErrorCode code, String message) {
    Matcher overload = RUN_TIME_OVERLOAD.matcher(message);
    return switch (code) {
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD ->
          overload.matches()
              ? "%s does not take what stands there".formatted(operator(overload.group(1)))
              : "a function does not take what stands there";
      case DIVIDE_BY_ZERO -> "it divides by zero";
      case INDEX_OUT_OF_BOUNDS -> "the list has no such element";
      case NUMERIC_OVERFLOW -> "a number gets too large";
      case ITERATION_BUDGET_EXCEEDED ->
          "its loops go through more than %d elements".formatted(Language.MAX_ITERATIONS);
      case ATTRIBUTE_NOT_FOUND -> "a field is asked of something that is no object";
      case BAD_FORMAT -> "a text does not have the form that is asked for";
      case INVALID_ARGUMENT, TYPE_NOT_FOUND, DUPLICATE_ATTRIBUTE, INTERNAL_ERROR ->
          message.isEmpty() ? "the expression cannot be evaluated here" : message;
    };
  }

  private static String operator(String name) {
    return OPERATORS.getOrDefault(name, name);
  }
}
