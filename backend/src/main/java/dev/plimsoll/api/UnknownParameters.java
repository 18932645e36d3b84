package dev.plimsoll.api;

import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.fleet.InvalidInput.FieldError;
import dev.plimsoll.fleet.Shown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that a call does not have: a filter with a typing error would silently
 * answer too much.
 */
final class UnknownParameters implements HandlerInterceptor {
  /** Verdicts, findings and scores are never rewritten, so that it changes nothing there. */
  private static final String KNOWN_AT = "knownAt";

  private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method
        && method.getBeanType().getPackage() == UnknownParameters.class.getPackage()) {
      Set<String> names = known.computeIfAbsent(method, UnknownParameters::parametersOf);
      List<FieldError> errors = new ArrayList<>();
      for (String name : Collections.list(request.getParameterNames())) {
        if (!names.contains(name) && !name.equals(KNOWN_AT)) {
          errors.add(
              new FieldError(
                  Shown.of(name), "is not a parameter of this call. It takes " + names + "."));
        }
      }
      if (!errors.isEmpty()) {
        throw new InvalidInput(errors);
      }
    }
    return true;
  }

  private static Set<String> parametersOf(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    for (MethodParameter parameter : method.getMethodParameters()) {
      @Nullable RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null) {
        names.add(
            annotation.name().isEmpty() ? parameter.getParameter().getName() : annotation.name());
      } else if (parameter.hasParameterAnnotation(ParameterObject.class)) {
        for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
          names.add(component.getName());
        }
      }
    }
    return names;
  }
}
