package dev.plimsoll.correctness;

import java.util.List;

/** How much a container may take, and how it is operated. */
final class LimitOptions {
  private LimitOptions() {}

  static List<Option> memory(Kernel kernel) {
    String limited = kernel.limits() ? "PASS" : "FAIL";
    String spared = kernel.cgroups2() ? "PASS" : "FAIL";
    return List.of(
        Option.of("no limit", "{}", "CTR-MEM=FAIL CTR-OOM=PASS"),
        Option.of("--memory 64m", "{HostConfig:{Memory:67108864}}", "CTR-MEM=" + limited),
        Option.of(
            "--memory 8p, more than the host has",
            "{HostConfig:{Memory:9007199254740992}}",
            "CTR-MEM=FAIL"),
        Option.of(
            "--memory-reservation 64m is no limit",
            "{HostConfig:{MemoryReservation:67108864}}",
            "CTR-MEM=FAIL"),
        Option.of(
            "--memory 64m --oom-kill-disable",
            "{HostConfig:{Memory:67108864,OomKillDisable:true}}",
            "CTR-MEM=%s CTR-OOM=%s".formatted(limited, spared)),
        Option.of("--oom-score-adj 500", "{HostConfig:{OomScoreAdj:500}}", "CTR-OOM=PASS"),
        Option.of("--oom-score-adj -500", "{HostConfig:{OomScoreAdj:-500}}", "CTR-OOM=FAIL"));
  }

  static List<Option> processors(Kernel kernel) {
    String bounded = "CTR-CPU=" + (kernel.limits() ? "PASS" : "FAIL");
    return List.of(
        Option.of("no bound", "{}", "CTR-CPU=FAIL"),
        Option.of("--cpus 0.5", "{HostConfig:{NanoCpus:500000000}}", bounded),
        Option.of("--cpu-quota 50000", "{HostConfig:{CpuQuota:50000}}", bounded),
        Option.of("--cpu-period alone", "{HostConfig:{CpuPeriod:50000}}", "CTR-CPU=FAIL"),
        Option.of("--cpu-shares 512", "{HostConfig:{CpuShares:512}}", bounded),
        Option.of("--cpu-shares 1024", "{HostConfig:{CpuShares:1024}}", "CTR-CPU=FAIL"),
        Option.of("--cpuset-cpus 0", "{HostConfig:{CpusetCpus:'0'}}", bounded),
        Option.of("--cpuset-mems 0", "{HostConfig:{CpusetMems:'0'}}", "CTR-CPU=FAIL"));
  }

  static List<Option> processes(Kernel kernel) {
    String limited = kernel.limits() ? "PASS" : "FAIL";
    return List.of(
        pids("null", "FAIL"),
        pids("0", "FAIL"),
        pids("-1", "FAIL"),
        pids("1", limited),
        pids("100", limited),
        pids("999999", limited),
        pids("1000000", "FAIL"),
        pids("4000000", "FAIL"));
  }

  private static Option pids(String limit, String outcome) {
    return Option.of(
        "--pids-limit " + limit,
        "{HostConfig:{PidsLimit:%s}}".formatted(limit),
        "CTR-PIDS=" + outcome);
  }

  static List<Option> restarts() {
    return List.of(
        Option.of("no policy", "{}", "CTR-RESTART=PASS"),
        restart("no", 0, "PASS"),
        restart("always", 0, "FAIL"),
        restart("unless-stopped", 0, "FAIL"),
        restart("on-failure", 0, "FAIL"),
        restart("on-failure", 1, "PASS"),
        restart("on-failure", 5, "PASS"),
        restart("on-failure", 6, "FAIL"),
        restart("on-failure", 10, "FAIL"));
  }

  private static Option restart(String name, int count, String outcome) {
    return Option.of(
        "--restart %s:%d".formatted(name, count),
        "{HostConfig:{RestartPolicy:{Name:'%s',MaximumRetryCount:%d}}}".formatted(name, count),
        "CTR-RESTART=" + outcome);
  }

  static List<Option> logs() {
    return List.of(
        Option.of("logs by default", "{}", "CTR-LOGS=FAIL"),
        log("json-file", "", "FAIL"),
        log("json-file", "'max-size':'10m'", "PASS"),
        log("json-file", "'max-size':'-1'", "FAIL"),
        log("json-file", "'max-file':'3','max-size':'1m'", "PASS"),
        log("local", "", "PASS"),
        log("none", "", "FAIL"),
        log("syslog", "'syslog-address':'udp://127.0.0.1:514'", "PASS"),
        log("gelf", "'gelf-address':'udp://127.0.0.1:12201'", "PASS"));
  }

  private static Option log(String driver, String options, String outcome) {
    return Option.of(
        "--log-driver %s --log-opt %s".formatted(driver, options),
        "{HostConfig:{LogConfig:{Type:'%s',Config:{%s}}}}".formatted(driver, options),
        "CTR-LOGS=" + outcome);
  }

  static List<Option> kernelParameters() {
    return List.of(
        Option.of("no parameter", "{}", "CTR-SYSCTL=N/A"),
        sysctl("'net.ipv4.ip_forward':'1'", "PASS"),
        sysctl("'net.core.somaxconn':'1024','kernel.shmmax':'65536'", "PASS"),
        sysctl("'fs.mqueue.msg_max':'20'", "PASS"),
        sysctl("'kernel.msgmax':'65536'", "PASS"),
        sysctl("'kernel.panic':'1'", "FAIL"),
        sysctl("'vm.swappiness':'10'", "FAIL"),
        sysctl("'network.ipv4':'1'", "FAIL"),
        sysctl("'net.ipv4.ip_forward':'1','kernel.core_pattern':'x'", "FAIL"));
  }

  private static Option sysctl(String parameters, String outcome) {
    return Option.of(
        "--sysctl " + parameters,
        "{HostConfig:{Sysctls:{%s}}}".formatted(parameters),
        "CTR-SYSCTL=" + outcome);
  }

  static List<Option> various() {
    return List.of(
        Option.of("nothing else", "{}", "CTR-ROFS=FAIL CTR-CGROUPPARENT=PASS CTR-ULIMITS=UNKNOWN"),
        Option.of("--read-only", "{HostConfig:{ReadonlyRootfs:true}}", "CTR-ROFS=PASS"),
        Option.of(
            "--cgroup-parent /mine",
            "{HostConfig:{CgroupParent:'/mine'}}",
            "CTR-CGROUPPARENT=FAIL"),
        Option.of(
            "--ulimit nofile=1024:2048",
            "{HostConfig:{Ulimits:[{Name:'nofile',Soft:1024,Hard:2048}]}}",
            "CTR-ULIMITS=PASS"),
        Option.of("--runtime runc", "{HostConfig:{Runtime:'runc'}}", "CTR-RUNTIME=PASS"),
        Option.of("--runtime homemade", "{HostConfig:{Runtime:'homemade'}}", "CTR-RUNTIME=FAIL"));
  }

  static List<Option> labels() {
    return List.of(
        Option.of("no label", "{}", "CTR-OWNER=FAIL"),
        Option.of("--label tier=web", "{Labels:{tier:'web'}}", "CTR-OWNER=FAIL"),
        Option.of("--label owner=shop", "{Labels:{owner:'shop'}}", "CTR-OWNER=PASS"),
        Option.of("--label owner=", "{Labels:{owner:''}}", "CTR-OWNER=FAIL"),
        Option.of("--label example.owner=shop", "{Labels:{'example.owner':'s'}}", "CTR-OWNER=PASS"),
        Option.of("--label homeowner=shop", "{Labels:{homeowner:'shop'}}", "CTR-OWNER=FAIL"),
        Option.of(
            "of a Compose project",
            "{Labels:{'com.docker.compose.project':'shop'}}",
            "CTR-OWNER=PASS"),
        Option.of(
            "of a stack", "{Labels:{'com.docker.stack.namespace':'shop'}}", "CTR-OWNER=PASS"));
  }
}
