package dev.plimsoll.invariants;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** One object a line: each violation as it is found, then the invariant that it violates. */
final class JsonReport implements Report {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final PrintStream out;
  private String promise = "";

  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void starts(String jdbcUrl) {
    out.println(MAPPER.createObjectNode().put("database", jdbcUrl));
  }

  @Override
  public void begins(String promised) {
    promise = promised;
  }

  @Override
  public void violated(Violation violation) {
    out.println(
        MAPPER
            .createObjectNode()
            .put("violates", promise)
            .put("table", violation.table())
            .put("key", violation.key())
            .put("problem", violation.problem()));
  }

  @Override
  public void ends(InvariantCheck.Checked checked) {
    out.println(
        MAPPER
            .createObjectNode()
            .put("invariant", checked.promise())
            .put("holds", checked.holds())
            .put("checked", checked.rows())
            .put("violations", checked.violations())
            .put("milliseconds", checked.took().toMillis()));
  }

  @Override
  public void finishes(List<InvariantCheck.Checked> checked) {
    out.println(
        MAPPER
            .createObjectNode()
            .put("invariants", checked.size())
            .put("violated", checked.stream().filter(one -> !one.holds()).count()));
  }
}
