package dev.plimsoll.posture;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The total order of a list: its last column is unique, so that each row has one place.
 *
 * @param columns most significant first
 */
record KeyOrder(List<KeyColumn> columns) {
  KeyOrder {
    columns = List.copyOf(columns);
  }

  static KeyOrder of(KeyColumn... columns) {
    return new KeyOrder(List.of(columns));
  }

  String orderBy() {
    return columns.stream().map(KeyColumn::orderBy).collect(Collectors.joining(", "));
  }

  /** A row's key as a cursor holds it. */
  List<@Nullable String> read(ResultSet row) throws SQLException {
    List<@Nullable String> key = new ArrayList<>(columns.size());
    for (KeyColumn column : columns) {
      key.add(column.read(row));
    }
    return key;
  }

  /**
   * The condition that a row comes after a key.
   *
   * @throws IllegalArgumentException if the key is not one of this order
   */
  After after(List<@Nullable String> key) {
    if (key.size() != columns.size()) {
      throw new IllegalArgumentException("the key has another number of columns");
    }
    Map<String, Object> parameters = new HashMap<>();
    List<String> alternatives = new ArrayList<>();
    StringBuilder equal = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      KeyColumn column = columns.get(i);
      Object value = column.parse(key.get(i));
      String parameter = "key" + i;
      if (value != null) {
        parameters.put(parameter, value);
        String beyond = column.name() + (column.descending() ? " < :" : " > :") + parameter;
        alternatives.add(
            equal
                + (column.nullable()
                    ? "(" + beyond + " or " + column.name() + " is null)"
                    : beyond));
        equal.append(column.name()).append(" = :").append(parameter).append(" and ");
      } else {
        equal.append(column.name()).append(" is null and "); // nothing comes after null but null
      }
    }
    String condition = alternatives.stream().collect(Collectors.joining(" or ", "(", ")"));
    KeyColumn first = columns.getFirst();
    if (!first.nullable()) {
      // Says nothing new, but tells an index where to begin.
      condition = first.name() + (first.descending() ? " <= :" : " >= :") + "key0 and " + condition;
    }
    return new After(condition, parameters);
  }

  /** A condition and the values it names. */
  record After(String condition, Map<String, Object> parameters) {
    After {
      parameters = Map.copyOf(parameters);
    }
  }
}
