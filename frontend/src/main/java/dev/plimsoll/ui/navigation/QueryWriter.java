package dev.plimsoll.ui.navigation;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Builds a URL; parameters that say nothing are left out, so that equal states have equal URLs. */
final class QueryWriter {
  private final StringBuilder url;
  private char separator = '?';

  QueryWriter(String path) {
    this.url = new StringBuilder(path);
  }

  QueryWriter put(String name, @Nullable Object value) {
    if (value == null || value.toString().isEmpty()) {
      return this;
    }
    url.append(separator).append(name).append('=');
    // A plus sign is a blank in forms alone; browsers and routers read %20 everywhere.
    url.append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20"));
    separator = '&';
    return this;
  }

  QueryWriter putAll(String name, Collection<?> values) {
    values.stream().map(Object::toString).sorted().forEach(value -> put(name, value));
    return this;
  }

  QueryWriter putIf(boolean flag, String name, Object value) {
    return flag ? put(name, value) : this;
  }

  String url() {
    return url.toString();
  }
}
