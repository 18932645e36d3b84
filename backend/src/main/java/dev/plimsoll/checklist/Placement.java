package dev.plimsoll.checklist;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a host stands in the company.
 *
 * @param group path such as {@code Retail/Payments}; null if it belongs to none
 * @param environment such as {@code production}; null if none was given
 */
public record Placement(
    String name, @Nullable String group, @Nullable String environment, Map<String, String> labels) {
  /** Of a host of which nothing is known. */
  public static final Placement NOWHERE = new Placement("", null, null, Map.of());

  public Placement {
    labels = Map.copyOf(labels);
  }
}
