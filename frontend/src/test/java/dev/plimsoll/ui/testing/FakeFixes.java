package dev.plimsoll.ui.testing;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Evidence;
import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.checklist.Outcome;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.checklist.Verdict;
import dev.plimsoll.checklist.fix.Failure;
import dev.plimsoll.checklist.fix.Fix;
import dev.plimsoll.checklist.fix.Fixes;
import dev.plimsoll.checklist.fix.Form;
import dev.plimsoll.compliance.FixAdvice;
import dev.plimsoll.compliance.FixPlan;
import dev.plimsoll.compliance.ImageRebuild;
import dev.plimsoll.posture.HostRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Fixes, plans and rebuilds to look at. */
final class FakeFixes {
  private static final String DOCUMENT =
      """
      {"Id":"c0ffee","Name":"/shop; reboot","Image":"sha256:aa","AppArmorProfile":"",
       "Config":{"User":"","Image":"shop/web:1.0","Env":[],
         "Labels":{"com.docker.compose.project":"shop","com.docker.compose.service":"web"}},
       "HostConfig":{"Privileged":true,"SecurityOpt":["label=disable"],"NetworkMode":"default",
         "PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},
         "MaskedPaths":null,"ReadonlyPaths":null,"LogConfig":{"Type":"json-file","Config":{}}},
       "Mounts":[],"NetworkSettings":{"Ports":{},"Networks":{"bridge":{}}}}
      """;

  private FakeFixes() {}

  static Optional<FixAdvice.Advice> advice(long subjectId, String check) {
    return Checklist.standard().rules().stream()
        .filter(rule -> rule.id().equals(check))
        .findFirst()
        .map(
            rule ->
                new FixAdvice.Advice(
                    subjectId,
                    check,
                    fix(rule),
                    rule.subject() == SubjectKind.CONTAINER
                        ? List.of(
                            new FixAdvice.Effect(subjectId, "CTR-CAPS"),
                            new FixAdvice.Effect(subjectId, "CTR-SECCOMP"))
                        : List.of(),
                    List.of(),
                    rule.subject() == SubjectKind.CONTAINER ? 2 : 0));
  }

  private static Fix fix(Rule rule) {
    JsonNode document = JsonMapper.shared().readTree(DOCUMENT);
    Reading.Read read = new Reading.Read("ab", document, null, MissingNode.getInstance());
    HostFacts facts =
        HostFacts.at(Instant.EPOCH).engine(read).containers(Map.of("x", read)).build();
    return Fixes.of(
        new Failure(
            facts,
            rule,
            "x",
            read,
            new Verdict(
                Outcome.FAIL,
                List.of(new Evidence(".HostConfig.Privileged", "true", "ab")),
                null,
                null)));
  }

  static FixPlan plan(HostRow host) {
    return plan(List.of(host));
  }

  static FixPlan plan(List<HostRow> hosts) {
    FixPlan.State before = new FixPlan.State(41_234, "F", 285_000);
    if (hosts.isEmpty()) {
      return new FixPlan(before, before, false, false, 0, 0, 0, List.of());
    }
    HostRow host = hosts.getFirst();
    FixPlan.State then = new FixPlan.State(58_500, "C", 141_900);
    FixPlan.State after = new FixPlan.State(76_100, "B", 62_800);
    List<Form> forms = ((Fix.Change) fix(rule("CTR-PRIV"))).forms();
    return new FixPlan(
        before,
        after,
        true,
        true,
        9,
        hosts.size(),
        hosts.size(),
        List.of(
            new FixPlan.Step(
                host.id(),
                host.name(),
                "container",
                "shop; reboot",
                List.of(101L),
                List.of(new FixPlan.Cleared(101, "CTR-PRIV"), new FixPlan.Cleared(101, "CTR-CAPS")),
                143_100,
                then,
                forms,
                List.of("What needed --privileged stops to work.")),
            new FixPlan.Step(
                host.id(),
                host.name(),
                "engine",
                "engine",
                List.of(100L),
                List.of(new FixPlan.Cleared(100, "ENG-ICC")),
                79_100,
                after,
                List.of(new Form(Form.Format.DAEMON_JSON, "{\n  \"icc\" : false\n}")),
                List.of("The engine reads its file at the next start."))));
  }

  static List<ImageRebuild> rebuilds(List<HostRow> hosts) {
    return hosts.isEmpty()
        ? List.of()
        : List.of(
            new ImageRebuild(
                List.of("shop/web"),
                "ab".repeat(32),
                9_000,
                3,
                List.of("IMG-USER"),
                hosts.stream()
                    .limit(3)
                    .map(h -> new ImageRebuild.OnHost(h.id(), h.name(), 102, 3_000))
                    .toList(),
                List.of("IMG-HEALTH"),
                List.of(new Form(Form.Format.DOCKERFILE, "USER 10001:10001")),
                List.of("Containers get it when they are created anew from it.")));
  }

  private static Rule rule(String id) {
    return Checklist.standard().rules().stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
