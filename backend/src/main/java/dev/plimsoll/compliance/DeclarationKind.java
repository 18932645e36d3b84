package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Declaration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a declaration of one kind means, and what it must look like.
 *
 * @param meaning one sentence for people
 * @param example a value that is possible
 * @param checks IDs of the checks that read it
 */
public record DeclarationKind(
    Declaration declaration, String meaning, String example, List<String> checks) {
  private static final int LONGEST = 2000;
  private static final Pattern REGISTRY =
      Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
  private static final Pattern DIGESTS =
      Pattern.compile("sha256:[0-9a-f]{64}(,sha256:[0-9a-f]{64})*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@:/-]*");
  private static final Pattern PERSON = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*\\$?");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** What a host's being something is declared with. */
  static final String YES = "yes";

  public DeclarationKind {
    checks = List.copyOf(checks);
  }

  /** All kinds, in the order of their words. */
  public static List<DeclarationKind> all() {
    return Arrays.stream(Declaration.values())
        .map(DeclarationKind::of)
        .sorted((a, b) -> a.declaration().word().compareTo(b.declaration().word()))
        .toList();
  }

  /** The kind of a declaration. */
  public static DeclarationKind of(Declaration declaration) {
    return switch (declaration) {
      case SWARM_NODE ->
          kind(declaration, "Hosts that are meant to be swarm nodes.", YES, "SWM-UNNEEDED");
      case SMALL_SWARM ->
          kind(
              declaration,
              "Swarms of at most three nodes that may run their work on managers.",
              YES,
              "SWM-DRAIN");
      case REGISTRY ->
          kind(
              declaration,
              "A registry that images may come from.",
              "registry.example.com:5000",
              "IMG-REGISTRY");
      case BASE_IMAGE ->
          kind(
              declaration,
              "An approved base image: the digests of its layers, first to last.",
              "sha256:" + "0".repeat(64),
              "IMG-BASE");
      case RUNTIME ->
          kind(
              declaration,
              "A container runtime beside runc, runsc and kata.",
              "sysbox-runc",
              "CTR-RUNTIME");
      case CGROUP_PARENT ->
          kind(
              declaration,
              "A cgroup parent that an orchestrator uses.",
              "/kubepods",
              "CTR-CGROUPPARENT");
      case DEVICE ->
          kind(declaration, "A device that containers may get.", "/dev/ttyUSB0", "CTR-DEVICES");
      case DOCKER_GROUP_MEMBER ->
          kind(
              declaration,
              "A person who may be in the host's group docker.",
              "deploy",
              "HST-DOCKERGROUP");
      case PLUGIN ->
          kind(
              declaration,
              "An engine plugin with host-wide powers that is known and wanted.",
              "vieux/sshfs:latest",
              "ENG-PLUGINS");
      case SET_ID_FILE ->
          kind(declaration, "A set-id file that images may hold.", "/usr/bin/passwd", "IMG-SUID");
      case FILE_CAPABILITY ->
          kind(
              declaration,
              "A file that may carry capabilities in images.",
              "/usr/bin/ping",
              "IMG-FILECAPS");
      case TEST_KEY ->
          kind(
              declaration,
              "A key file that is known to be for tests: its SHA-256.",
              "0".repeat(64),
              "IMG-SECRETFILE");
      case KEPT_IMAGE ->
          kind(
              declaration,
              "An image that is kept although nothing uses it.",
              "shop/web:1.0",
              "IMG-SPRAWL");
      case KEPT_VOLUME ->
          kind(
              declaration,
              "A volume that is kept although nothing uses it.",
              "archive",
              "VOL-ORPHAN");
      case SHARED_VOLUME ->
          kind(
              declaration,
              "A volume, or a bound directory, that several containers may write.",
              "uploads",
              "VOL-SHAREDRW");
      case BOUND_DEVICE ->
          kind(
              declaration,
              "A host directory or device that a volume may stand for.",
              "/srv/data",
              "VOL-BINDBACKED");
      default -> kind(declaration, readable(declaration), "name");
    };
  }

  /**
   * The value as it is kept.
   *
   * @throws IllegalArgumentException with what is wrong with it and what to give
   */
  String checked(String typed) {
    String value = typed.strip();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("is empty. Give one such as " + example + ".");
    }
    if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "is longer than " + LONGEST + " characters or has a control character. Shorten it.");
    }
    return switch (declaration) {
      case SWARM_NODE, SMALL_SWARM -> {
        if (!value.equalsIgnoreCase(YES)) {
          throw bad(value, "Give " + YES + "; the scope says for which hosts.");
        }
        yield YES;
      }
      case REGISTRY ->
          matching(REGISTRY, value.toLowerCase(Locale.ROOT), "a host, with its port if it has one");
      case BASE_IMAGE -> matching(DIGESTS, value.replace(" ", ""), "digests, joined by commas");
      case RUNTIME, PLUGIN, KEPT_IMAGE, KEPT_VOLUME -> matching(NAME, value, "a name");
      case DOCKER_GROUP_MEMBER -> matching(PERSON, value, "an account's name");
      case TEST_KEY -> matching(HASH, value.toLowerCase(Locale.ROOT), "64 hexadecimal digits");
      case DEVICE, SET_ID_FILE, FILE_CAPABILITY -> {
        if (!value.startsWith("/") || value.contains("/../") || value.contains("//")) {
          throw bad(value, "Give an absolute path such as " + example + ".");
        }
        yield value;
      }
      default -> value;
    };
  }

  private String matching(Pattern form, String value, String what) {
    if (!form.matcher(value).matches()) {
      throw bad(value, "Give " + what + ", such as " + example + ".");
    }
    return value;
  }

  private static IllegalArgumentException bad(String value, String remedy) {
    return new IllegalArgumentException(
        "\"" + dev.plimsoll.fleet.Shown.of(value) + "\" is none. " + remedy);
  }

  private static String readable(Declaration declaration) {
    String words = declaration.word().replace('-', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private static DeclarationKind kind(
      Declaration declaration, String meaning, String example, String... checks) {
    return new DeclarationKind(declaration, meaning, example, List.of(checks));
  }
}
