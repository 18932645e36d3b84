package dev.plimsoll.owncheck;

import com.google.re2j.Pattern;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelOptions;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Map;
import java.util.Set;

/**
 * The language of own checks: the standard part of CEL that can only look and compare. Texts can be
 * searched but not built, time does not exist, and there is no function beyond those listed here.
 */
final class Language {
  /** Longest expression, in characters. */
  static final int MAX_LENGTH = 4_000;

  /** Deepest nesting of a compiled expression. */
  static final int MAX_DEPTH = 60;

  /** Largest compiled pattern of {@code matches}, in instructions of RE2. */
  static final int MAX_PATTERN = 1_000;

  /** Elements that all of an expression's loops together may go through on one subject. */
  static final int MAX_ITERATIONS = 10_000;

  static final String DOCUMENT = "doc";
  static final String OBSERVATION = "seen";
  static final String HOST = "host";
  static final String ENGINE = "engine";

  /** What an expression may ask of the host. */
  static final Set<String> HOST_FIELDS = Set.of("name", "group", "environment", "labels", ENGINE);

  /** The evaluation that runs in this thread. */
  static final ScopedValue<Run> RUN = ScopedValue.newInstance();

  private static final Set<String> FUNCTIONS =
      Set.of(
          "IN",
          "NOT_STRICTLY_FALSE",
          "TYPE",
          "CONDITIONAL",
          "LOGICAL_NOT",
          "LOGICAL_OR",
          "LOGICAL_AND",
          "EQUALS",
          "NOT_EQUALS",
          "ADD",
          "SUBTRACT",
          "MULTIPLY",
          "DIVIDE",
          "MODULO",
          "NEGATE",
          "INDEX",
          "SIZE",
          "INT",
          "DOUBLE",
          "STRING",
          "BOOL",
          "DYN",
          "MATCHES",
          "CONTAINS",
          "ENDS_WITH",
          "STARTS_WITH",
          "LESS",
          "LESS_EQUALS",
          "GREATER",
          "GREATER_EQUALS");

  /** Overloads that build texts: their length could double with every step. */
  private static final Set<String> BUILDING = Set.of("ADD_STRING", "ADD_BYTES");

  /** Functions whose cost depends on texts, and which are therefore bound to {@link #RUN}. */
  private static final Set<String> METERED = Set.of("MATCHES", "CONTAINS");

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxParseErrorRecoveryLimit(5)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_PATTERN)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  /** What compiles expressions, and makes programs of them. */
  static final Cel CEL = cel();

  private Language() {}

  /**
   * One evaluation.
   *
   * @param reads what it spends
   * @param patterns those of its expression, by their source
   */
  record Run(Reads reads, Map<String, Pattern> patterns) {}

  private static Cel cel() {
    return CelFactory.standardCelBuilder()
        .setOptions(OPTIONS)
        .setStandardEnvironmentEnabled(false)
        .setStandardDeclarations(
            CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) -> declared(function, overload.toString()))
                .build())
        .setStandardFunctions(
            CelStandardFunctions.newBuilder()
                .filterFunctions(
                    (function, overload) ->
                        FUNCTIONS.contains(function.name())
                            && !METERED.contains(function.name())
                            && !BUILDING.contains(overload.toString()))
                .build())
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar(DOCUMENT, SimpleType.DYN)
        .addVar(OBSERVATION, SimpleType.DYN)
        .addVar(HOST, MapType.create(SimpleType.STRING, SimpleType.DYN))
        .addFunctionBindings(
            CelFunctionBinding.from("matches", String.class, String.class, Language::matches),
            CelFunctionBinding.from(
                "matches_string", String.class, String.class, Language::matches),
            CelFunctionBinding.from(
                "contains_string", String.class, String.class, Language::contains))
        .build();
  }

  private static boolean declared(StandardFunction function, String overload) {
    return FUNCTIONS.contains(function.name()) && !BUILDING.contains(overload);
  }

  private static boolean matches(String text, String source) {
    Pattern pattern = RUN.get().patterns().get(source);
    if (pattern == null) {
      throw new IllegalStateException("a pattern that was not compiled");
    }
    RUN.get().reads().search(text, pattern.programSize());
    return pattern.matcher(text).find();
  }

  private static boolean contains(String text, String part) {
    RUN.get().reads().search(text, 1 + part.length() / 16);
    return text.contains(part);
  }
}
