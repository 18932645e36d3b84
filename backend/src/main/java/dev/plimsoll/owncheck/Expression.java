package dev.plimsoll.owncheck;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelKind;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** A compiled expression; any number of threads may ask it. */
final class Expression {
  /** How the engine says where an evaluation ended: characters from the start of the source. */
  private static final java.util.regex.Pattern POSITION =
      java.util.regex.Pattern.compile("evaluation error at [^:]*:(\\d+): (.*)", 32);

  private final String source;
  private final Syntax syntax;
  private final Map<String, Pattern> patterns;
  private final CelRuntime.Program program;

  private Expression(
      String source, Syntax syntax, Map<String, Pattern> patterns, CelRuntime.Program program) {
    this.source = source;
    this.syntax = syntax;
    this.patterns = Map.copyOf(patterns);
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws InvalidExpression if it is too long, does not compile, cannot be true or false, or
   *     reads nothing of the subject or its host
   */
  static Expression compile(String source) throws InvalidExpression {
    if (source.isBlank()) {
      throw invalid(1, 1, "There is no expression. Write one that is true where the rule is kept.");
    }
    if (source.codePointCount(0, source.length()) > Language.MAX_LENGTH) {
      throw invalid(
          1,
          1,
          "The expression is longer than %d characters. Make two checks of it."
              .formatted(Language.MAX_LENGTH));
    }
    try {
      CelAbstractSyntaxTree tree = Language.CEL.compile(source).getAst();
      Syntax syntax = Syntax.of(tree);
      demandAnswer(tree);
      if (!syntax.problems().isEmpty()) {
        throw new InvalidExpression(syntax.problems());
      }
      return new Expression(source, syntax, patterns(syntax), Language.CEL.createProgram(tree));
    } catch (CelValidationException e) {
      throw new InvalidExpression(
          e.getErrors().stream().limit(10).map(Expression::problem).toList());
    } catch (CelEvaluationException e) {
      throw invalid(1, 1, "The expression cannot be run: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw invalid(1, 1, "The expression is nested too deeply. Make two checks of it.");
    }
  }

  private static void demandAnswer(CelAbstractSyntaxTree tree) throws InvalidExpression {
    CelKind kind = tree.getResultType().kind();
    if (kind != CelKind.BOOL && kind != CelKind.DYN) {
      throw invalid(
          1,
          1,
          "The expression gives %s, neither true nor false. Compare it with something, as in size(doc.Mounts) == 0."
              .formatted(tree.getResultType().name()));
    }
  }

  private static Map<String, Pattern> patterns(Syntax syntax) throws InvalidExpression {
    Map<String, Pattern> patterns = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Syntax.Regex regex : syntax.regexes()) {
      try {
        if (PatternSize.of(regex.pattern()) > Language.MAX_PATTERN) {
          problems.add(
              regex.problem(
                  "The pattern is too large: repeated out it has more than %d parts. Repeat less, or ask in several steps."
                      .formatted(Language.MAX_PATTERN)));
          continue;
        }
        patterns.put(regex.pattern(), Pattern.compile(regex.pattern()));
      } catch (PatternSyntaxException e) {
        problems.add(
            regex.problem(
                "The pattern is not one that RE2 understands: %s. Look-around and back-references are not part of it."
                    .formatted(e.getDescription())));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidExpression(problems);
    }
    return patterns;
  }

  private static Problem problem(CelIssue issue) {
    return new Problem(
        Math.max(1, issue.getSourceLocation().getLine()),
        Math.max(0, issue.getSourceLocation().getColumn()) + 1,
        Wording.of(issue.getMessage()));
  }

  private static InvalidExpression invalid(int line, int column, String message) {
    return new InvalidExpression(List.of(new Problem(line, column, message)));
  }

  /** As it was written. */
  String source() {
    return source;
  }

  /** What it may read, whatever the subject. */
  Syntax syntax() {
    return syntax;
  }

  /**
   * What it says of a subject. Never throws: what it cannot answer is an answer without a value.
   */
  Answer ask(Facts facts) {
    Reads reads = new Reads();
    Object result;
    try {
      result =
          ScopedValue.where(Language.RUN, new Language.Run(reads, patterns))
              .call(() -> program.eval(facts.variables(reads)));
    } catch (CelEvaluationException e) {
      return unanswered(e, reads);
    } catch (RuntimeException e) {
      return new Answer(null, reads.evidence(), "the expression cannot be evaluated here: " + e);
    }
    if (reads.spent()) {
      // Some branch ran dry; another one may still have been true, but nobody paid for all of it.
      return new Answer(null, reads.evidence(), "the expression costs more than one subject may");
    }
    return result instanceof Boolean value
        ? new Answer(value, reads.evidence(), shortened(reads))
        : new Answer(null, reads.evidence(), "the expression gives neither true nor false");
  }

  private static @Nullable String shortened(Reads reads) {
    return reads.dropped() == 0
        ? null
        : "the last %d fields that were read are shown, %d before them are not"
            .formatted(Reads.MAX_KEPT, reads.dropped());
  }

  private Answer unanswered(CelEvaluationException e, Reads reads) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Facts.NotRead notRead) {
        return new Answer(null, List.of(notRead.evidence()), notRead.getMessage());
      }
      if (cause instanceof Reads.TooCostly) {
        return new Answer(null, reads.evidence(), "the expression " + cause.getMessage());
      }
    }
    String missing = reads.missing();
    if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && missing != null) {
      return new Answer(null, reads.evidence(), missing + " is missing");
    }
    String message = e.getMessage() == null ? "" : e.getMessage();
    Matcher position = POSITION.matcher(message);
    return position.matches()
        ? new Answer(
            null,
            reads.evidence(),
            Wording.of(e.getErrorCode(), position.group(2)) + place(position.group(1)))
        : new Answer(null, reads.evidence(), Wording.of(e.getErrorCode(), message));
  }

  /** Where in the source an evaluation ended, for people. */
  private String place(String offset) {
    int end =
        source.offsetByCodePoints(
            0, Math.min(Integer.parseInt(offset), source.codePointCount(0, source.length())));
    int line = 1 + (int) source.substring(0, end).chars().filter(c -> c == '\n').count();
    int column = end - source.lastIndexOf('\n', Math.max(0, end - 1));
    return " (line %d, column %d)".formatted(line, Math.max(1, column));
  }
}
