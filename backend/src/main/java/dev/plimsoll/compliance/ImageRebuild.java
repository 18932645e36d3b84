package dev.plimsoll.compliance;

import dev.plimsoll.checklist.fix.Form;
import java.util.List;

/**
 * One image that, built anew, no longer fails on every host that has it.
 *
 * @param names under which hosts know it, at most 10
 * @param content hash of its layers, platform and configuration: the same image whatever its ID
 * @param points that all hosts together regain, in thousandths
 * @param findings that are resolved: one for each host and check
 * @param checks that no longer fail
 * @param hosts that have it and regain points, those that regain most first
 * @param undecided checks that fail as well and that people have to decide on
 * @param forms the change to the first host's image
 */
public record ImageRebuild(
    List<String> names,
    String content,
    long points,
    int findings,
    List<String> checks,
    List<OnHost> hosts,
    List<String> undecided,
    List<Form> forms,
    List<String> cautions) {
  public ImageRebuild {
    names = List.copyOf(names);
    checks = List.copyOf(checks);
    hosts = List.copyOf(hosts);
    undecided = List.copyOf(undecided);
    forms = List.copyOf(forms);
    cautions = List.copyOf(cautions);
  }

  /**
   * The image on one host.
   *
   * @param subjectId of the image there
   * @param points that the host regains, in thousandths
   */
  public record OnHost(long hostId, String host, long subjectId, long points) {}
}
