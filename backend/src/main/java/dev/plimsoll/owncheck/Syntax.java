package dev.plimsoll.owncheck;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may read, seen from its text alone.
 *
 * @param document paths in the subject's document, each with all below it; {@code .} for all of it
 * @param observation whether it reads the subject's observation
 * @param host whether it reads anything of the host
 * @param engine whether it reads the engine's document
 * @param regexes patterns that it searches for
 * @param problems what is not allowed in it
 */
record Syntax(
    Set<String> document,
    boolean observation,
    boolean host,
    boolean engine,
    List<Regex> regexes,
    List<Problem> problems) {

  Syntax {
    document = Set.copyOf(document);
    regexes = List.copyOf(regexes);
    problems = List.copyOf(problems);
  }

  /** A pattern and where it stands. */
  record Regex(String pattern, int line, int column) {
    Problem problem(String message) {
      return new Problem(line, column, message);
    }
  }

  static Syntax of(CelAbstractSyntaxTree tree) {
    Walk walk = new Walk(tree);
    walk.visit(tree.getExpr(), 0);
    if (walk.document.isEmpty() && !walk.observation && !walk.host && walk.problems.isEmpty()) {
      walk.problems.add(
          new Problem(
              1,
              1,
              "The expression reads nothing of the subject. Ask for something of doc, seen or host."));
    }
    return new Syntax(
        walk.document, walk.observation, walk.host, walk.engine, walk.regexes, walk.problems);
  }

  private static final class Walk {
    private final CelAbstractSyntaxTree tree;
    private final Set<String> document = new TreeSet<>();
    private final List<Regex> regexes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean observation;
    private boolean host;
    private boolean engine;
    private boolean tooDeep;

    Walk(CelAbstractSyntaxTree tree) {
      this.tree = tree;
    }

    void visit(CelExpr expr, int depth) {
      if (depth > Language.MAX_DEPTH) {
        if (!tooDeep) {
          tooDeep = true;
          problems.add(
              at(
                  expr,
                  "The expression is nested more than %d levels deep. Make two checks of it."
                      .formatted(Language.MAX_DEPTH)));
        }
        return;
      }
      Path path = path(expr);
      if (path != null) {
        read(expr, path);
        return;
      }
      switch (expr.getKind()) {
        case SELECT -> visit(expr.select().operand(), depth + 1);
        case CALL -> {
          CelExpr.CelCall call = expr.call();
          if (call.function().equals("matches")) {
            regex(expr, call);
          }
          call.target().ifPresent(target -> visit(target, depth + 1));
          call.args().forEach(argument -> visit(argument, depth + 1));
        }
        case LIST -> expr.list().elements().forEach(element -> visit(element, depth + 1));
        case MAP ->
            expr.map()
                .entries()
                .forEach(
                    entry -> {
                      visit(entry.key(), depth + 1);
                      visit(entry.value(), depth + 1);
                    });
        case COMPREHENSION -> loop(expr, expr.comprehension(), depth);
        case STRUCT ->
            problems.add(at(expr, "There are no types to make values of. Compare fields instead."));
        case IDENT, CONSTANT, NOT_SET -> {
          // A loop's variable or a literal reads nothing by itself.
        }
      }
    }

    private void loop(CelExpr expr, CelExpr.CelComprehension loop, int depth) {
      if (reserved(loop.iterVar()) || reserved(loop.iterVar2())) {
        problems.add(
            at(
                expr,
                "A loop's variable cannot be called doc, seen or host. Give it another name."));
      }
      visit(loop.iterRange(), depth + 1);
      visit(loop.accuInit(), depth + 1);
      visit(loop.loopCondition(), depth + 1);
      visit(loop.loopStep(), depth + 1);
      visit(loop.result(), depth + 1);
    }

    private static boolean reserved(String name) {
      return name.equals(Language.DOCUMENT)
          || name.equals(Language.OBSERVATION)
          || name.equals(Language.HOST);
    }

    private void read(CelExpr expr, Path path) {
      switch (path.root()) {
        case Language.DOCUMENT -> document.add(path.steps().isEmpty() ? "." : path.text());
        case Language.OBSERVATION -> observation = true;
        default -> {
          host = true;
          if (path.steps().isEmpty()) {
            problems.add(
                at(expr, "Ask for one thing of the host, such as host.group or host.engine.info."));
          } else if (!Language.HOST_FIELDS.contains(path.steps().getFirst())) {
            problems.add(
                at(
                    expr,
                    "A host has no %s. It has name, group, environment, labels and engine."
                        .formatted(path.steps().getFirst())));
          } else {
            engine |= path.steps().getFirst().equals(Language.ENGINE);
          }
        }
      }
    }

    private void regex(CelExpr expr, CelExpr.CelCall call) {
      CelExpr pattern = call.args().getLast();
      if (text(pattern)) {
        Problem place = at(pattern, "");
        regexes.add(new Regex(pattern.constant().stringValue(), place.line(), place.column()));
      } else {
        problems.add(
            at(expr, "The pattern of matches has to be a text in quotes, not something computed."));
      }
    }

    /** The chain of names from a variable to here; null if this is anything else. */
    private static @Nullable Path path(CelExpr expr) {
      return switch (expr.getKind()) {
        case IDENT ->
            reserved(expr.ident().name()) ? new Path(expr.ident().name(), List.of()) : null;
        case SELECT -> {
          Path operand = path(expr.select().operand());
          yield operand == null ? null : operand.then(expr.select().field());
        }
        case CALL -> {
          CelExpr.CelCall call = expr.call();
          if (!call.function().equals("_[_]") || !text(call.args().getLast())) {
            yield null;
          }
          Path operand = path(call.args().getFirst());
          yield operand == null
              ? null
              : operand.then(call.args().getLast().constant().stringValue());
        }
        default -> null;
      };
    }

    private static boolean text(CelExpr expr) {
      return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
          && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private Problem at(CelExpr expr, String message) {
      Integer offset = tree.getSource().getPositionsMap().get(expr.id());
      Optional<CelSourceLocation> place =
          offset == null ? Optional.empty() : tree.getSource().getOffsetLocation(offset);
      return new Problem(
          place.map(CelSourceLocation::getLine).orElse(1),
          place.map(CelSourceLocation::getColumn).orElse(0) + 1,
          message);
    }
  }

  private record Path(String root, List<String> steps) {
    Path then(String step) {
      List<String> more = new ArrayList<>(steps);
      more.add(step);
      return new Path(root, more);
    }

    String text() {
      String text = "";
      for (String step : steps) {
        text = JsonValues.member(text, step);
      }
      return text;
    }
  }
}
