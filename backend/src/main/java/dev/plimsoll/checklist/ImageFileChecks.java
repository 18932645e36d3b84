package dev.plimsoll.checklist;

import static dev.plimsoll.checklist.Severity.HIGH;
import static dev.plimsoll.checklist.Severity.LOW;
import static dev.plimsoll.checklist.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Files inside an image, from the report that reading it once left behind. */
final class ImageFileChecks {
  private static final Field SET_ID = Field.of(".setId");
  private static final Field CAPABILITIES = Field.of(".capabilities");
  private static final Field PROGRAMS = Field.of(".programs");
  private static final Field SECRETS = Field.of(".secrets");
  private static final Field CUT = Field.of(".cut");
  private static final Field PASSWD = Field.of(".accounts.passwdFile");
  private static final Field SHADOW = Field.of(".accounts.shadowFile");
  private static final Field UID_0 = Field.of(".accounts.uid0");
  private static final Field PASSWORDLESS = Field.of(".accounts.passwordless");
  private static final Field USERS = Field.of(".accounts.users");
  private static final String READ = "read";
  private static final String ABSENT = "absent";

  private ImageFileChecks() {}

  static final Check NO_SET_ID =
      RuleBuilder.image("IMG-SUID", HIGH)
          .cis("4.8")
          .nist("4.1.2")
          .linuxOnly()
          .needs(ReadingSwitch.IMAGE_FILES)
          .title("No set-user-id or set-group-id files")
          .rationale("Each such file is a step from an ordinary user to another, mostly root.")
          .remediation(
              "Take the bit away in the step that adds the file:"
                  + " RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +.")
          .judgedBy(
              ImageChecks.inUse(
                  x ->
                      without(
                          x,
                          SET_ID,
                          entry -> isDeclared(x, Declaration.SET_ID_FILE, entry, "path"))));

  static final Check NO_CAPABILITIES =
      RuleBuilder.image("IMG-FILECAPS", MEDIUM)
          .nist("4.1.2")
          .linuxOnly()
          .needs(ReadingSwitch.IMAGE_FILES)
          .title("No file grants capabilities")
          .rationale("A file with capabilities lends rights as a set-id file does.")
          .remediation("Take them away in the Dockerfile: RUN setcap -r /path.")
          .judgedBy(
              ImageChecks.inUse(
                  x ->
                      without(
                          x,
                          CAPABILITIES,
                          entry -> isDeclared(x, Declaration.FILE_CAPABILITY, entry, "path"))));

  static final Check ONE_ROOT =
      RuleBuilder.image("IMG-UID0", MEDIUM)
          .nist("4.1.2")
          .linuxOnly()
          .needs(ReadingSwitch.IMAGE_FILES)
          .title("Only root has uid 0 and no account has an empty password")
          .rationale("A second name for root, or a name without a password, is a hidden way in.")
          .remediation("Remove the accounts from /etc/passwd and lock them in /etc/shadow.")
          .judgedBy(ImageChecks.inUse(ImageFileChecks::oneRoot));

  static final Check NO_TOOLS =
      RuleBuilder.image("IMG-PKGS", LOW)
          .advisory()
          .cis("4.3")
          .nist("4.1.2")
          .linuxOnly()
          .needs(ReadingSwitch.IMAGE_FILES)
          .title("No compilers, package tools or remote-login servers")
          .rationale("What is not there need not be patched, and helps nobody who broke in.")
          .remediation("Build in one stage and copy the result into another, slim one.")
          .judgedBy(ImageChecks.inUse(x -> without(x, PROGRAMS, entry -> false)));

  static final Check NO_SECRET_FILES =
      RuleBuilder.image("IMG-SECRETFILE", HIGH)
          .cis("4.10")
          .nist("4.1.4")
          .needs(ReadingSwitch.IMAGE_FILES)
          .title("No key or credential file in any layer")
          .rationale("Whoever pulls the image has it, also when a later layer deleted it.")
          .remediation(
              "Build again without the file, with a secret mount where the build needs it, and"
                  + " change what was exposed.")
          .judgedBy(
              ImageChecks.inUse(
                  x ->
                      without(
                          x,
                          SECRETS,
                          entry -> isDeclared(x, Declaration.TEST_KEY, entry, "sha256"))));

  /** Who a user given by name is, by the image's files, where they were read. */
  static Verdict user(Examination x, String name) {
    if (x.host().imageFiles().get(x.dockerId()) instanceof Reading.Read files) {
      Source report = x.open(files);
      JsonNode uid = report.peek(USERS).path(name);
      if (report.peek(PASSWD).asString("").equals(READ) && uid.isIntegralNumber()) {
        x.keep(report.evidence(USERS.member(name), uid));
        return uid.longValue() == 0
            ? x.fail("the image's /etc/passwd says that this user is uid 0")
            : x.pass();
      }
      report.look(PASSWD);
      return x.unknown("the image's /etc/passwd does not say who " + name + " is");
    }
    return x.unknown("who " + name + " is stands in the image's /etc/passwd");
  }

  private static Source report(Examination x) {
    Reading reading = x.host().imageFiles().get(x.dockerId());
    return x.open(
        reading == null
            ? new Reading.Unread(
                "GET /images/" + x.dockerId() + "/get",
                0,
                "The files of the image have not been read yet.")
            : reading);
  }

  private static Verdict without(Examination x, Field list, Predicate<JsonNode> known) {
    Source report = report(x);
    JsonNode entries = report.array(list);
    List<Evidence> found = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!known.test(entries.get(i))) {
        found.add(report.entry(list, i));
      }
    }
    boolean cut = report.peek(CUT).values().stream().anyMatch(isName(list));
    if (!found.isEmpty()) {
      return x.fail(found, fromBase(x, entries, known));
    }
    return cut ? x.unknown("not all of such files were kept in the report") : x.pass();
  }

  private static Predicate<JsonNode> isName(Field list) {
    return name -> name.asString("").equals(list.path().substring(1));
  }

  private static boolean isDeclared(
      Examination x, Declaration declaration, JsonNode entry, String field) {
    return x.host().declared(declaration).contains(entry.path(field).asString(""));
  }

  /** How many of the entries come with the approved base image; null if none do, or none is. */
  private static @Nullable String fromBase(
      Examination x, JsonNode entries, Predicate<JsonNode> known) {
    int layers = ImageOriginChecks.layersOfBase(x);
    long own =
        entries.values().stream()
            .filter(known.negate())
            .filter(entry -> entry.path("layer").asInt(0) >= layers)
            .count();
    long all = entries.values().stream().filter(known.negate()).count();
    return own == all ? null : "%d of %d come with the base image".formatted(all - own, all);
  }

  private static Verdict oneRoot(Examination x) {
    Source report = report(x);
    String passwd = report.text(PASSWD);
    String shadow = report.text(SHADOW);
    if (passwd.equals(ABSENT) && shadow.equals(ABSENT)) {
      return x.notApplicable("it has neither /etc/passwd nor /etc/shadow");
    }
    List<Evidence> odd = new ArrayList<>();
    addAll(report, UID_0, Set.of(UserSpec.ROOT), odd);
    addAll(report, PASSWORDLESS, Set.of(), odd);
    if (!odd.isEmpty()) {
      return x.fail(odd, null);
    }
    boolean unclear =
        !Set.of(READ, ABSENT).contains(passwd) || !Set.of(READ, ABSENT).contains(shadow);
    return unclear ? x.unknown("an account file is a link, or too long to be one") : x.pass();
  }

  private static void addAll(Source report, Field names, Set<String> expected, List<Evidence> odd) {
    JsonNode list = report.array(names);
    for (int i = 0; i < list.size(); i++) {
      if (!expected.contains(list.get(i).asString(""))) {
        odd.add(report.entry(names, i));
      }
    }
  }
}
