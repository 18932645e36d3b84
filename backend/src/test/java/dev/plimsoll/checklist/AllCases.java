package dev.plimsoll.checklist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cases of every test class of this package: whatever a static method {@code cases()} returns
 * as a stream of them. A class is found because it is there, so that none is forgotten.
 */
final class AllCases {
  private AllCases() {}

  static List<CheckCase> find() {
    List<CheckCase> all = new ArrayList<>();
    for (Class<?> type : testClasses()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("cases") && givesCases(method.getGenericReturnType())) {
          all.addAll(cases(method));
        }
      }
    }
    return all;
  }

  private static boolean givesCases(Type type) {
    return type instanceof ParameterizedType stream
        && List.of(stream.getActualTypeArguments()).contains(CheckCase.class);
  }

  private static List<CheckCase> cases(Method method) {
    try {
      return ((Stream<?>) method.invoke(null)).map(CheckCase.class::cast).toList();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(method + " gives no cases", e);
    }
  }

  private static List<Class<?>> testClasses() {
    try (Stream<Path> files = Files.list(here())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.class"))
          .sorted()
          .<Class<?>>map(AllCases::load)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path here() {
    try {
      return Path.of(AllCases.class.getResource("AllCases.class").toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String file) {
    try {
      return Class.forName(
          AllCases.class.getPackageName()
              + "."
              + file.substring(0, file.length() - ".class".length()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
