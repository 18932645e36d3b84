package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What makes a failing check pass for one subject. */
public sealed interface Fix {

  /** Something that can be done as it stands here. */
  sealed interface Change extends Fix {
    /** What it is done to. */
    Target target();

    /** The change in every form in which people make it; at least one. */
    List<Form> forms();

    /** Its effect, as far as the documents show it; empty where only another reading would tell. */
    List<Patch> patches();

    /** What it may break, or needs first; none if it is harmless. */
    List<String> cautions();

    /**
     * This change and another one of the same target as one.
     *
     * @throws IllegalArgumentException if their targets differ
     */
    Change and(Change other);
  }

  /** One thing that is changed as a whole. */
  record Target(SubjectKind kind, String dockerId) {}

  /**
   * A container is created anew with other settings.
   *
   * @param before its document, from which the forms are told apart
   * @param imageConfig the configuration of its image: what it gives needs no option
   * @param preparations commands to be run first
   * @param patches the effect on its own document, and what follows elsewhere
   */
  record Recreate(
      Target target,
      JsonNode before,
      JsonNode after,
      JsonNode imageConfig,
      List<String> preparations,
      List<Patch> patches,
      List<String> cautions)
      implements Change {
    /** Effects in the order in which they come. */
    public Recreate {
      preparations = List.copyOf(preparations);
      patches = List.copyOf(patches);
      cautions = List.copyOf(cautions);
    }

    @Override
    public List<Form> forms() {
      return ContainerForms.of(this);
    }

    @Override
    public Change and(Change other) {
      if (other instanceof Recreate next && next.target.equals(target)) {
        return new Recreate(
            target,
            before,
            next.after,
            imageConfig,
            joined(preparations, next.preparations),
            concatenated(patches, next.patches),
            joined(cautions, next.cautions));
      }
      return Together.of(this, other);
    }
  }

  /**
   * The engine is configured otherwise and restarted.
   *
   * @param set keys of {@code daemon.json} with their values
   * @param drop keys to be removed
   */
  record Configure(
      Target target,
      Map<String, JsonNode> set,
      Set<String> drop,
      List<Patch> patches,
      List<String> cautions)
      implements Change {
    /** Keys in the order in which they are shown. */
    public Configure {
      set = new LinkedHashMap<>(set);
      drop = new LinkedHashSet<>(drop);
      patches = List.copyOf(patches);
      cautions = List.copyOf(cautions);
    }

    @Override
    public List<Form> forms() {
      return List.of(new Form(Form.Format.DAEMON_JSON, DaemonJson.text(set, drop)));
    }

    @Override
    public Change and(Change other) {
      if (other instanceof Configure next && next.target.equals(target)) {
        Map<String, JsonNode> all = new LinkedHashMap<>(set);
        all.putAll(next.set);
        Set<String> dropped = new LinkedHashSet<>(drop);
        dropped.addAll(next.drop);
        return new Configure(
            target,
            all,
            dropped,
            concatenated(patches, next.patches),
            joined(cautions, next.cautions));
      }
      return Together.of(this, other);
    }
  }

  /** An image is built anew; containers get it when they are created anew. */
  record Rebuild(Target target, List<String> lines, List<Patch> patches, List<String> cautions)
      implements Change {
    /** Lines as they stand in a Dockerfile; comments say what to take out. */
    public Rebuild {
      lines = List.copyOf(lines);
      patches = List.copyOf(patches);
      cautions = List.copyOf(cautions);
    }

    @Override
    public List<Form> forms() {
      return List.of(new Form(Form.Format.DOCKERFILE, String.join("\n", lines)));
    }

    @Override
    public Change and(Change other) {
      if (other instanceof Rebuild next && next.target.equals(target)) {
        return new Rebuild(
            target,
            joined(lines, next.lines),
            concatenated(patches, next.patches),
            joined(cautions, next.cautions));
      }
      return Together.of(this, other);
    }
  }

  /** Commands are run on the host, or where its engine is reached. */
  record Run(Target target, List<String> commands, List<Patch> patches, List<String> cautions)
      implements Change {
    /** Commands in the order in which they are run. */
    public Run {
      commands = List.copyOf(commands);
      patches = List.copyOf(patches);
      cautions = List.copyOf(cautions);
    }

    @Override
    public List<Form> forms() {
      return List.of(new Form(Form.Format.COMMANDS, String.join("\n", commands)));
    }

    @Override
    public Change and(Change other) {
      if (other instanceof Run next && next.target.equals(target)) {
        return new Run(
            target,
            joined(commands, next.commands),
            concatenated(patches, next.patches),
            joined(cautions, next.cautions));
      }
      return Together.of(this, other);
    }
  }

  /** Several changes of different kinds to one target, made as one. */
  record Together(Target target, List<Change> parts) implements Change {
    /** Parts in the order in which they are made, each of another kind. */
    public Together {
      parts = List.copyOf(parts);
    }

    static Together of(Change first, Change second) {
      return new Together(first.target(), List.of(first)).with(second);
    }

    @Override
    public List<Form> forms() {
      return parts.stream().flatMap(part -> part.forms().stream()).toList();
    }

    @Override
    public List<Patch> patches() {
      return parts.stream().flatMap(part -> part.patches().stream()).toList();
    }

    @Override
    public List<String> cautions() {
      return parts.stream().flatMap(part -> part.cautions().stream()).distinct().toList();
    }

    @Override
    public Change and(Change other) {
      return with(other);
    }

    private Together with(Change other) {
      if (!other.target().equals(target)) {
        throw new IllegalArgumentException(
            "a change of " + other.target() + " is none of " + target);
      }
      List<Change> all = new ArrayList<>();
      boolean joined = false;
      for (Change part : parts) {
        if (!joined && part.getClass() == other.getClass()) {
          all.add(part.and(other));
          joined = true;
        } else {
          all.add(part);
        }
      }
      if (!joined) {
        all.add(other);
      }
      return new Together(target, all);
    }
  }

  /**
   * Nothing that could be written down here: people have to decide.
   *
   * @param reason why, in one or two sentences
   */
  record Decision(String reason) implements Fix {}

  private static <T> List<T> concatenated(List<T> one, List<T> other) {
    List<T> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static List<String> joined(List<String> one, List<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
