package dev.plimsoll.correctness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the machine's kernel offers to an engine, as the kernel itself says.
 *
 * @param limits whether memory, swap, processes and CPU time can all be limited
 */
record Kernel(boolean cgroups2, boolean limits, boolean appArmor, boolean seLinux) {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  static Kernel read() {
    boolean two = Files.exists(CGROUPS.resolve("cgroup.controllers"));
    return new Kernel(
        two,
        two ? limitsOfTwo() : limitsOfOne(),
        text("/sys/module/apparmor/parameters/enabled").startsWith("Y"),
        Files.exists(Path.of("/sys/fs/selinux/enforce")));
  }

  private static boolean limitsOfOne() {
    List<String> controllers = new ArrayList<>();
    for (String line : text("/proc/cgroups").lines().toList()) {
      String[] columns = line.split("\\s+");
      if (columns.length == 4 && columns[3].equals("1")) {
        controllers.add(columns[0]);
      }
    }
    return controllers.containsAll(List.of("memory", "cpu", "pids"))
        && Files.exists(CGROUPS.resolve("memory/memory.memsw.limit_in_bytes"))
        && Files.exists(CGROUPS.resolve("cpu/cpu.cfs_quota_us"));
  }

  private static boolean limitsOfTwo() {
    return List.of(text("/sys/fs/cgroup/cgroup.controllers").strip().split(" "))
        .containsAll(List.of("memory", "cpu", "pids"));
  }

  private static String text(String file) {
    try {
      return Files.exists(Path.of(file)) ? Files.readString(Path.of(file)) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
