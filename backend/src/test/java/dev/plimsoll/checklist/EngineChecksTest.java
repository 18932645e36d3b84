package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.CheckCase.given;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineChecksTest {

  static Stream<CheckCase> cases() {
    return Stream.of(
        options("\"name=rootless\"", "ENG-ROOTLESS=PASS ENG-USERNS=PASS"),
        options("\"rootless\"", "ENG-ROOTLESS=PASS"),
        options("\"name=userns\"", "ENG-ROOTLESS=FAIL ENG-USERNS=PASS"),
        options("", "ENG-ROOTLESS=FAIL ENG-USERNS=FAIL ENG-SECCOMP=FAIL ENG-LSM=FAIL"),
        given(
            "null security options are not none",
            "ENG-ROOTLESS=UNKNOWN@.info.SecurityOptions ENG-USERNS=UNKNOWN"
                + " ENG-SECCOMP=UNKNOWN ENG-LSM=UNKNOWN ENG-NNP=UNKNOWN",
            h -> h.engine(".info.SecurityOptions", "null")),
        options("\"name=seccomp,profile=default\"", "ENG-SECCOMP=PASS"),
        options("\"name=seccomp,profile=builtin\"", "ENG-SECCOMP=PASS"),
        options("\"name=seccomp,profile=/etc/docker/seccomp.json\"", "ENG-SECCOMP=PASS"),
        options("\"name=seccomp,profile=unconfined\"", "ENG-SECCOMP=FAIL@.info.SecurityOptions[0]"),
        options("\"seccomp\"", "ENG-SECCOMP=UNKNOWN"),
        options("\"name=apparmor\"", "ENG-LSM=PASS"),
        options("\"name=selinux\"", "ENG-LSM=PASS"),
        options("\"name=no-new-privileges\"", "ENG-NNP=PASS"),
        given("before 24 the API hides it", "ENG-NNP=UNKNOWN", h -> h),
        version("24.0.7", "ENG-NNP=FAIL"),
        version("29.0.0-rc.1", "ENG-NNP=FAIL"),
        version("dev", "ENG-NNP=UNKNOWN"),
        icc("true", "ENG-ICC=FAIL"),
        icc("false", "ENG-ICC=PASS"),
        icc("False", "ENG-ICC=PASS"),
        given("no such option", "ENG-ICC=UNKNOWN", h -> h.bridge(".Options", "{}")),
        given("--bridge=none", "ENG-ICC=N/A", HostFixture::withoutBridge),
        given(
            "networks refused",
            "ENG-ICC=UNKNOWN@GET_/networks",
            h -> h.withoutBridge().unreadList(SubjectKind.NETWORK, "GET_/networks")),
        given("debug", "ENG-LOGLEVEL=FAIL", h -> h.engine(".info.Debug", "true")),
        given("no debug proves nothing", "ENG-LOGLEVEL=UNKNOWN", h -> h),
        given("loopback range alone", "ENG-INSECUREREG=PASS", h -> h),
        cidrs("\"127.0.0.0/8\",\"::1/128\"", "ENG-INSECUREREG=PASS"),
        cidrs(
            "\"127.0.0.0/8\",\"0.0.0.0/0\"",
            "ENG-INSECUREREG=FAIL@.info.RegistryConfig.InsecureRegistryCIDRs[1]"),
        cidrs("\"::/0\"", "ENG-INSECUREREG=FAIL"),
        cidrs("\"127.0.0.0/4\"", "ENG-INSECUREREG=FAIL"),
        registry("localhost:5000", "ENG-INSECUREREG=PASS"),
        registry("127.0.0.1:5000", "ENG-INSECUREREG=PASS"),
        registry("[::1]:5000", "ENG-INSECUREREG=PASS"),
        registry("127.example.org", "ENG-INSECUREREG=FAIL"),
        registry("localhost.example.org", "ENG-INSECUREREG=FAIL"),
        given(
            "null maps are none where the registry configuration is there",
            "ENG-INSECUREREG=PASS",
            h ->
                h.engine(
                    ".info.RegistryConfig",
                    "{\"InsecureRegistryCIDRs\":null,\"IndexConfigs\":null}")),
        given(
            "no registry configuration",
            "ENG-INSECUREREG=UNKNOWN@.info.RegistryConfig",
            h -> h.engineWithout(".info.RegistryConfig")),
        driver("overlay2", "ENG-AUFS=PASS ENG-DEVICEMAPPER=PASS"),
        driver("aufs", "ENG-AUFS=FAIL ENG-DEVICEMAPPER=PASS"),
        driver("devicemapper", "ENG-AUFS=PASS ENG-DEVICEMAPPER=FAIL"),
        driver("overlay", "ENG-DEVICEMAPPER=FAIL"),
        driver("vfs", "ENG-DEVICEMAPPER=FAIL"),
        driver("", "ENG-AUFS=UNKNOWN ENG-DEVICEMAPPER=UNKNOWN"),
        given("no warnings", "ENG-TCPTLS=PASS", h -> h),
        given(
            "TLS that verifies no client",
            "ENG-TCPTLS=FAIL",
            h ->
                h.engine(
                    ".info.Warnings",
                    "[\"WARNING: API is accessible on https://0.0.0.0:2376 without TLS client"
                        + " verification.\"]")),
        given(
            "the portal itself came over plain TCP",
            "ENG-TCPTLS=FAIL@transport",
            h -> h.transport(HostFacts.Transport.TCP)),
        given(
            "warnings missing",
            "ENG-TCPTLS=UNKNOWN@.info.Warnings",
            h -> h.engineWithout(".info.Warnings")),
        given(
            "an API that did not warn yet",
            "ENG-TCPTLS=UNKNOWN",
            h -> h.engine(".version.ApiVersion", "\"1.38\"")),
        given("no plugin", "ENG-AUTHZ=FAIL@.info.Plugins.Authorization", h -> h),
        given(
            "an empty list of plugins",
            "ENG-AUTHZ=FAIL",
            h -> h.engine(".info.Plugins.Authorization", "[]")),
        given(
            "a plugin",
            "ENG-AUTHZ=PASS",
            h -> h.engine(".info.Plugins.Authorization", "[\"opa\"]")),
        given("no plugins at all", "ENG-AUTHZ=UNKNOWN", h -> h.engineWithout(".info.Plugins")),
        logs("json-file", "ENG-REMOTELOG=FAIL"),
        logs("local", "ENG-REMOTELOG=FAIL"),
        logs("journald", "ENG-REMOTELOG=FAIL"),
        logs("none", "ENG-REMOTELOG=FAIL"),
        logs("syslog", "ENG-REMOTELOG=PASS"),
        logs("", "ENG-REMOTELOG=UNKNOWN"),
        given("live restore off", "ENG-LIVERESTORE=FAIL", h -> h),
        given(
            "live restore on",
            "ENG-LIVERESTORE=PASS",
            h -> h.engine(".info.LiveRestoreEnabled", "true")),
        given(
            "swarm mode is not a pass",
            "ENG-LIVERESTORE=N/A",
            h ->
                h.engine(".info.LiveRestoreEnabled", "true")
                    .engine(".info.Swarm.LocalNodeState", "\"active\"")),
        given(
            "live restore missing",
            "ENG-LIVERESTORE=UNKNOWN@.info.LiveRestoreEnabled",
            h -> h.engineWithout(".info.LiveRestoreEnabled")),
        given("not experimental", "ENG-EXPERIMENTAL=PASS", h -> h),
        given(
            "experimental",
            "ENG-EXPERIMENTAL=FAIL",
            h -> h.engine(".info.ExperimentalBuild", "true")),
        given(
            "experimental missing",
            "ENG-EXPERIMENTAL=UNKNOWN",
            h -> h.engineWithout(".info.ExperimentalBuild")),
        given("limits work", "ENG-LIMITSWORK=PASS", h -> h),
        given(
            "no swap accounting",
            "ENG-LIMITSWORK=FAIL@.info.SwapLimit",
            h -> h.engine(".info.SwapLimit", "false")),
        given(
            "no cgroups at all",
            "ENG-LIMITSWORK=FAIL@.info.CgroupDriver",
            h -> h.engine(".info.CgroupDriver", "\"none\"")),
        given(
            "a limit that is not stated",
            "ENG-LIMITSWORK=UNKNOWN@.info.PidsLimit",
            h -> h.engineWithout(".info.PidsLimit")),
        given("clocks agree", "ENG-CLOCK=PASS", h -> h),
        given(
            "clocks differ",
            "ENG-CLOCK=FAIL@.clockWithin60s",
            h -> h.engineObserves(".clockWithin60s", "false")),
        given(
            "clocks not compared",
            "ENG-CLOCK=UNKNOWN@.clockWithin60s",
            h -> h.engineObserves(".clockWithin60s", null)),
        given(
            "a Windows engine",
            "ENG-ROOTLESS=N/A ENG-ICC=N/A ENG-LOGLEVEL=N/A ENG-INSECUREREG=N/A ENG-AUFS=N/A"
                + " ENG-DEVICEMAPPER=N/A ENG-TCPTLS=N/A ENG-USERNS=N/A ENG-AUTHZ=N/A"
                + " ENG-REMOTELOG=N/A ENG-NNP=N/A ENG-SECCOMP=N/A ENG-EXPERIMENTAL=N/A"
                + " ENG-LSM=N/A ENG-LIMITSWORK=N/A",
            h -> h.engine(".info.OSType", "\"windows\"")),
        given(
            "an engine that was not read",
            "ENG-USERNS=UNKNOWN ENG-TCPTLS=UNKNOWN ENG-CLOCK=UNKNOWN",
            HostFixture::engineUnread));
  }

  private static CheckCase options(String entries, String expected) {
    return given(
        "security options [" + entries + "]",
        expected,
        h -> h.engine(".info.SecurityOptions", "[" + entries + "]"));
  }

  private static CheckCase version(String version, String expected) {
    return given(
        "engine " + version, expected, h -> h.engine(".version.Version", "\"" + version + "\""));
  }

  private static CheckCase icc(String value, String expected) {
    return given(
        "icc " + value,
        expected,
        h -> h.bridge(".Options", "{\"com.docker.network.bridge.enable_icc\":\"" + value + "\"}"));
  }

  private static CheckCase cidrs(String cidrs, String expected) {
    return given(
        "insecure ranges " + cidrs,
        expected,
        h -> h.engine(".info.RegistryConfig.InsecureRegistryCIDRs", "[" + cidrs + "]"));
  }

  private static CheckCase registry(String name, String expected) {
    return given(
        "insecure registry " + name,
        expected,
        h ->
            h.engine(".info.RegistryConfig.IndexConfigs", "{\"" + name + "\":{\"Secure\":false}}"));
  }

  private static CheckCase driver(String driver, String expected) {
    return given(
        "storage driver '" + driver + "'",
        expected,
        h -> h.engine(".info.Driver", "\"" + driver + "\""));
  }

  private static CheckCase logs(String driver, String expected) {
    return given(
        "log driver '" + driver + "'",
        expected,
        h -> h.engine(".info.LoggingDriver", "\"" + driver + "\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(CheckCase checkCase) {
    checkCase.verify();
  }
}
