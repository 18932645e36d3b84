package dev.plimsoll.correctness;

import dev.plimsoll.checklist.SubjectKind;
import java.util.Map;

/** Volumes, and what must be said of them. */
final class VolumeCases {
  private VolumeCases() {}

  /**
   * Makes volumes.
   *
   * @param backed volumes to be bound to a path of the host; a container uses each of them
   */
  static void make(Workshop workshop, Map<String, String> backed) {
    backed.forEach(
        (name, path) ->
            volume(
                workshop,
                name,
                "DriverOpts:{type:'none',o:'bind',device:'%s'}".formatted(path),
                "VOL-ANON=PASS VOL-ORPHAN=PASS VOL-BINDBACKED=FAIL VOL-OPTSECRET=PASS"));
    volume(workshop, "named", "", "VOL-ANON=PASS VOL-ORPHAN=PASS VOL-BINDBACKED=PASS");
    volume(
        workshop,
        "exported",
        "DriverOpts:{type:'nfs',o:'addr=10.0.0.1,rw',device:':/export'}",
        "VOL-ANON=PASS VOL-ORPHAN=PASS VOL-BINDBACKED=PASS VOL-OPTSECRET=PASS");
    volume(workshop, "forgotten", "", "VOL-ANON=N/A VOL-ORPHAN=FAIL VOL-BINDBACKED=PASS");
    volume(
        workshop,
        "in-memory",
        "DriverOpts:{type:'tmpfs',o:'size=1m',device:'tmpfs'}",
        "VOL-ANON=N/A VOL-ORPHAN=FAIL VOL-BINDBACKED=PASS VOL-OPTSECRET=PASS");
    volume(
        workshop,
        "shared-drive",
        "DriverOpts:{type:'cifs',o:'username=shop,password=staple',device:'//10.0.0.1/s'}",
        "VOL-ANON=N/A VOL-ORPHAN=FAIL VOL-BINDBACKED=PASS VOL-OPTSECRET=FAIL");
    volume(
        workshop,
        "also-bound",
        "DriverOpts:{type:'none',o:'ro,rbind',device:'/srv'}",
        "VOL-ANON=N/A VOL-ORPHAN=FAIL VOL-BINDBACKED=FAIL VOL-OPTSECRET=PASS");
  }

  private static void volume(Workshop workshop, String name, String options, String expected) {
    String body = "{Name:'%s',%s}".formatted(name, options).replace(",}", "}");
    workshop.api().post("/volumes/create", Option.json(body));
    workshop.note(
        new Claim(SubjectKind.VOLUME, name, "volume " + name, body, Expected.of(expected)));
  }
}
