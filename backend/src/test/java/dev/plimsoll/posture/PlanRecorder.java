package dev.plimsoll.posture;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks the planner about every query that goes through a data source, with its parameters. */
final class PlanRecorder {
  private final List<String> plans = new ArrayList<>();

  /** The plans since the last call, each with its query. */
  List<String> take() {
    List<String> taken = List.copyOf(plans);
    plans.clear();
    return taken;
  }

  DataSource recording(DataSource dataSource) {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = invoke(dataSource, method, arguments);
          return result instanceof Connection connection ? recording(connection) : result;
        });
  }

  private Connection recording(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          return method.getName().equals("prepareStatement")
                  && result instanceof PreparedStatement statement
              ? recording(
                  statement,
                  String.valueOf(arguments[0]),
                  connection.prepareStatement("explain " + arguments[0]))
              : result;
        });
  }

  private PreparedStatement recording(
      PreparedStatement statement, String sql, PreparedStatement explain) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          if (method.getName().startsWith("set") && arguments.length > 1) {
            invoke(explain, method, arguments);
          }
          if (method.getName().equals("executeQuery")) {
            plans.add(sql + "\n" + plan(explain));
          }
          if (method.getName().equals("close")) {
            explain.close();
          }
          return invoke(statement, method, arguments);
        });
  }

  private static String plan(PreparedStatement explain) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet lines = explain.executeQuery()) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  private static @Nullable Object invoke(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            PlanRecorder.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
