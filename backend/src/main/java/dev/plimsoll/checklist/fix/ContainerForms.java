package dev.plimsoll.checklist.fix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Two documents of one container told apart: as options of {@code docker run}, and as a file that
 * is laid over a Compose file.
 */
final class ContainerForms {
  private static final String SECRETS = "/run/secrets/";

  private ContainerForms() {}

  static List<Form> of(Fix.Recreate change) {
    List<Form> forms = new ArrayList<>();
    String run = run(change);
    if (run.isEmpty()) {
      return List.of(new Form(Form.Format.COMMANDS, anew(change.before())));
    }
    forms.add(new Form(Form.Format.DOCKER_RUN, run));
    String compose = compose(change);
    if (!compose.isEmpty()) {
      forms.add(new Form(Form.Format.COMPOSE, compose));
    }
    if (ContainerDocument.isOfCompose(change.before()) && forms.size() > 1) {
      return List.copyOf(forms.reversed());
    }
    return List.copyOf(forms);
  }

  /** Makes a container anew as it is. */
  static String anew(JsonNode container) {
    if (ContainerDocument.isOfCompose(container)) {
      return "docker compose up -d --force-recreate "
          + ShellText.word(ContainerDocument.service(container));
    }
    String name = ShellText.word(ContainerDocument.name(container));
    return "docker stop %1$s\ndocker rm %1$s\n# then docker run, with the options as they are"
        .formatted(name);
  }

  private static String run(Fix.Recreate change) {
    List<RunOptions.Option> before = RunOptions.of(change.before(), change.imageConfig());
    List<RunOptions.Option> after = RunOptions.of(change.after(), change.imageConfig());
    List<RunOptions.Option> added = without(after, before);
    Set<String> replaced =
        added.stream()
            .filter(RunOptions.Option::single)
            .map(RunOptions.Option::flag)
            .collect(Collectors.toSet());
    List<RunOptions.Option> removed =
        without(before, after).stream().filter(o -> !replaced.contains(o.flag())).toList();
    List<String> lines = new ArrayList<>(change.preparations());
    section(lines, "# leave out:", removed);
    section(lines, "# add, or put in place of what is there:", added);
    String image = change.after().path("Config").path("Image").asString("");
    if (!image.equals(change.before().path("Config").path("Image").asString(""))) {
      lines.add("# run this image:");
      lines.add(ShellText.word(image));
    }
    return String.join("\n", lines);
  }

  private static void section(List<String> lines, String title, List<RunOptions.Option> options) {
    if (!options.isEmpty()) {
      lines.add(title);
      options.forEach(option -> lines.add(option.text()));
    }
  }

  private static List<RunOptions.Option> without(
      List<RunOptions.Option> some, List<RunOptions.Option> others) {
    Set<RunOptions.Option> left = new LinkedHashSet<>(some);
    others.forEach(left::remove);
    return List.copyOf(left);
  }

  private static String compose(Fix.Recreate change) {
    Map<String, Object> before = ComposeService.of(change.before(), change.imageConfig());
    Map<String, Object> after = ComposeService.of(change.after(), change.imageConfig());
    Map<String, Object> service = new LinkedHashMap<>();
    after.forEach(
        (key, value) -> {
          Object old = before.get(key);
          if (!value.equals(old)) {
            service.put(key, old instanceof List ? override(value) : value);
          }
        });
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(key -> service.put(key, new YamlText.Tagged("!reset", YamlText.Nothing.NULL)));
    if (service.isEmpty()) {
      return "";
    }
    Map<String, Object> file = new LinkedHashMap<>();
    Map<String, Object> services = new LinkedHashMap<>();
    services.put(ContainerDocument.service(change.before()), service);
    file.put("services", services);
    networks(service, file);
    secrets(change, service, file);
    boolean tagged = service.values().stream().anyMatch(YamlText.Tagged.class::isInstance);
    return (tagged ? "# Compose 2.24 and later read !override and !reset\n" : "")
        + YamlText.of(file);
  }

  private static Object override(Object value) {
    return new YamlText.Tagged("!override", value);
  }

  private static void networks(Map<String, Object> service, Map<String, Object> file) {
    Object networks = service.get("networks");
    Object names = networks instanceof YamlText.Tagged tagged ? tagged.value() : networks;
    if (names instanceof List<?> list) {
      Map<String, Object> declared = new LinkedHashMap<>();
      list.forEach(name -> declared.put((String) name, Map.of()));
      file.put("networks", declared);
    }
  }

  /** Secrets that new variables name a file of. */
  private static void secrets(
      Fix.Recreate change, Map<String, Object> service, Map<String, Object> file) {
    List<String> names = new ArrayList<>();
    JsonNode old = change.before().path("Config").path("Env");
    for (String variable : ContainerDocument.texts(change.after().path("Config").path("Env"))) {
      int at = variable.indexOf("=" + SECRETS);
      if (at > 0 && !ContainerDocument.texts(old).contains(variable)) {
        names.add(variable.substring(at + 1 + SECRETS.length()));
      }
    }
    if (!names.isEmpty()) {
      Map<String, Object> declared = new LinkedHashMap<>();
      names.forEach(name -> declared.put(name, Map.of("file", "./secrets/" + name)));
      service.put("secrets", names);
      file.put("secrets", declared);
    }
  }
}
