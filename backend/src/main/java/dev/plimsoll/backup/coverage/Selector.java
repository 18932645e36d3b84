package dev.plimsoll.backup.coverage;

import dev.plimsoll.checklist.Placement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which data a policy is for: all that is said has to hold, and what is not said holds of
 * everything.
 *
 * @param kinds of data; volumes alone if empty
 * @param group path whose subtree the host belongs to
 * @param environment of the host
 * @param hosts patterns, one of which the host's name matches; none for every host
 * @param hostLabels labels of the host; {@code *} in a value stands for anything
 * @param labels of the volume or of a container that uses it; {@code *} in a value stands for
 *     anything
 * @param names patterns, one of which its name matches; none for every name
 * @param project pattern of the Compose project
 * @param anonymous whether only volumes that the engine named are meant, or only others
 */
public record Selector(
    Set<DataKind> kinds,
    @Nullable String group,
    @Nullable String environment,
    List<String> hosts,
    Map<String, String> hostLabels,
    Map<String, String> labels,
    List<String> names,
    @Nullable String project,
    @Nullable Boolean anonymous) {
  /** Every volume. */
  public static final Selector VOLUMES =
      new Selector(Set.of(), null, null, List.of(), Map.of(), Map.of(), List.of(), null, null);

  public Selector {
    kinds = Set.copyOf(kinds);
    hosts = List.copyOf(hosts);
    hostLabels = Map.copyOf(hostLabels);
    labels = Map.copyOf(labels);
    names = List.copyOf(names);
  }

  /** Whether it means that data of a host that stands there. */
  public boolean matches(KeptData data, Placement host) {
    return (kinds.isEmpty()
            ? data.ref().kind() == DataKind.VOLUME
            : kinds.contains(data.ref().kind()))
        && (group == null || inSubtree(host.group(), group))
        && (environment == null || environment.equalsIgnoreCase(host.environment()))
        && any(hosts, host.name())
        && all(hostLabels, host.labels())
        && all(labels, data.labels())
        && any(names, data.ref().name())
        && (project == null || (data.project() != null && glob(project, data.project())))
        && (anonymous == null || anonymous == (data.shape() == DataShape.ANONYMOUS));
  }

  private static boolean inSubtree(@Nullable String path, String root) {
    return path != null
        && (path.equalsIgnoreCase(root)
            || path.regionMatches(true, 0, root + "/", 0, root.length() + 1));
  }

  private static boolean any(List<String> patterns, String text) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> glob(pattern, text));
  }

  private static boolean all(Map<String, String> wanted, Map<String, String> given) {
    return wanted.entrySet().stream()
        .allMatch(
            label -> {
              String value = given.get(label.getKey());
              return value != null && glob(label.getValue(), value);
            });
  }

  /** Whether a text is the pattern, in which {@code *} stands for any characters. */
  static boolean glob(String pattern, String text) {
    String regex =
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
  }
}
