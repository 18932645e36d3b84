package dev.plimsoll.correctness;

import dev.plimsoll.testing.TestEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Containers that each ask for something of everything. */
final class Mixture {
  /** Without it the engine refuses one of the options. */
  static final String ENGINE_OPTION = "--add-runtime=homemade=/bin/true";

  private Mixture() {}

  /** Makes them, with the images, networks and volumes that they ask for. */
  static void make(Workshop workshop, TestEngine engine, Kernel kernel) {
    String image = engine.docker("image", "inspect", "--format", "{{.Id}}", TestEngine.IMAGE);
    for (String tag :
        List.of(
            "app",
            "localhost:5000/shop/app",
            "localhost:5000/shop/app:2.1",
            "registry.example/shop/latest:7",
            "moved:1",
            "gone:1")) {
      engine.docker("tag", image, tag);
    }
    engine.docker("network", "create", "own");
    HostOptions host = new HostOptions(engine.socket().resolveSibling("data").toString());
    VolumeCases.make(workshop, host.volumes());
    workshop.createAll(combinations(kernel, host, image));
  }

  /**
   * Every option of every family at least once, each time together with others: families go round
   * at their own lengths, in an order of their own.
   */
  private static List<Workshop.Wanted> combinations(Kernel kernel, HostOptions host, String image) {
    List<List<Option>> common =
        List.of(
            ProcessOptions.environment(),
            ProcessOptions.security(kernel),
            HostOptions.ports(),
            HostOptions.devices(),
            NamespaceOptions.modes(kernel),
            NamespaceOptions.networks(),
            NamespaceOptions.images(image),
            LimitOptions.memory(kernel),
            LimitOptions.processors(kernel),
            LimitOptions.processes(kernel),
            LimitOptions.restarts(),
            LimitOptions.logs(),
            LimitOptions.kernelParameters(),
            LimitOptions.various(),
            LimitOptions.labels());
    List<Workshop.Wanted> all = new ArrayList<>();
    // Names of users are not looked up in stopped containers with bind mounts, so not both at once
    mix("who", all, common, List.of(ProcessOptions.users(), ProcessOptions.capabilities()));
    mix("where", all, common, List.of(host.mounts()));
    for (Option option : NamespaceOptions.networksAlone()) {
      all.add(new Workshop.Wanted("network-" + all.size(), List.of(option)));
    }
    return all;
  }

  private static void mix(
      String name,
      List<Workshop.Wanted> into,
      List<List<Option>> common,
      List<List<Option>> particular) {
    List<List<Option>> families = new ArrayList<>(particular);
    families.addAll(common);
    Random random = new Random(1_876_1124);
    families.replaceAll(
        family -> {
          List<Option> shuffled = new ArrayList<>(family);
          Collections.shuffle(shuffled, random);
          return shuffled;
        });
    int most = families.stream().mapToInt(List::size).max().orElseThrow();
    for (int i = 0; i < most; i++) {
      int number = i;
      into.add(
          new Workshop.Wanted(
              name + "-" + number,
              families.stream().map(family -> family.get(number % family.size())).toList()));
    }
  }
}
