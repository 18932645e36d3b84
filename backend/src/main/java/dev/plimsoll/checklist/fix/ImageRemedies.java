package dev.plimsoll.checklist.fix;

import dev.plimsoll.checklist.Reading;
import dev.plimsoll.checklist.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Images: lines for the recipe that they are built from. */
final class ImageRemedies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ANEW = "Containers get it when they are created anew from it.";

  private ImageRemedies() {}

  static final Map<String, Remedy> ALL =
      Map.ofEntries(
          Map.entry("IMG-USER", ImageRemedies::user),
          Map.entry("IMG-EXPOSE22", ImageRemedies::loginPorts),
          Map.entry("IMG-AGE", ImageRemedies::age),
          Map.entry("IMG-LAYERS", ImageRemedies::layers),
          Map.entry(
              "IMG-SUID",
              lines(
                  "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +",
                  "Put it into the step that installs the files, before USER: a later layer only"
                      + " hides them. sudo, su and ping inside stop to lift anybody up.")),
          Map.entry(
              "IMG-FILECAPS",
              lines(
                  "RUN getcap -r / 2>/dev/null | while read -r file _; do setcap -r \"$file\";"
                      + " done",
                  "Put it into the step that installs the files. What needs a capability then gets"
                      + " it from --cap-add.")),
          Map.entry(
              "IMG-UID0",
              lines(
                  "RUN awk -F: '$3 == 0 && $1 != \"root\" {print $1}' /etc/passwd | xargs -r -n1"
                      + " userdel && awk -F: '$2 == \"\" {print $1}' /etc/shadow | xargs -r -n1"
                      + " passwd -l",
                  "It needs the user tools of the base; with BusyBox it is deluser.")),
          Map.entry(
              "IMG-PKGS",
              lines(
                  "# build in one stage and copy the result: FROM base AS build … FROM slim-base …"
                      + " COPY --from=build /app /app",
                  "Whoever debugs inside misses these tools: agree on a debug image.")),
          Map.entry(
              "IMG-UPDATEALONE",
              lines(
                  "RUN apt-get update && apt-get install -y --no-install-recommends PACKAGES && rm"
                      + " -rf /var/lib/apt/lists/*",
                  "In place of the two steps.")),
          Map.entry(
              "IMG-ADD",
              lines(
                  "COPY --chown=10001:10001 FILES /app/",
                  "In place of ADD. Fetch what comes from the network in a build stage, and compare"
                      + " its hash there.")),
          Map.entry(
              "IMG-SECRETHIST",
              lines(
                  "RUN --mount=type=secret,id=token TOKEN=\"$(cat /run/secrets/token)\" …",
                  "In place of ARG and ENV. What stood in the history was readable to everybody"
                      + " with the image: change it.")),
          Map.entry(
              "IMG-SECRETFILE",
              lines(
                  "RUN --mount=type=secret,id=key,target=/run/secrets/key …",
                  "In place of COPY: a file that a later layer deletes is still in the image. Name"
                      + " it in .dockerignore, delete the old image from the registry, and change"
                      + " the key.")),
          Map.entry(
              "IMG-VULNCRIT",
              command(
                  "docker build --pull --no-cache -t NAME .", "Scan the result, and report it.")),
          Map.entry("IMG-SCANNED", ImageRemedies::scan),
          Map.entry("IMG-REGISTRY", ImageRemedies::push),
          Map.entry("IMG-SPRAWL", ImageRemedies::remove),
          Map.entry(
              "IMG-HEALTH",
              Remedy.decide(
                  "Only those who build it know what shows that it works. Put that command behind"
                      + " HEALTHCHECK in the Dockerfile.")),
          Map.entry(
              "IMG-BASE",
              Remedy.decide(
                  "On which approved base it can stand only those who build it can tell: change"
                      + " FROM to one, or have its base approved.")),
          Map.entry(
              "IMG-MALWARE",
              Remedy.decide(
                  "Find out first how it came in and where else it runs; then stop its containers"
                      + " and delete the image everywhere.")),
          Map.entry(
              "IMG-SIGNED",
              Remedy.decide(
                  "Whoever answers for the image has to sign its digest, with cosign or notation,"
                      + " and the record of the verification has to be imported.")),
          Map.entry(
              "IMG-VERIFIEDPKG",
              Remedy.decide(
                  "Take out what switches the verification off, and add the key of the package"
                      + " source instead: those who build it know whether it can be trusted.")),
          Map.entry(
              "IMG-COMMITTED",
              Remedy.decide(
                  "Nobody can repeat how it came to be. Write a Dockerfile that makes the same, and"
                      + " move data that lies in it to a volume.")));

  private static Remedy lines(String line, String caution) {
    return failure -> rebuild(failure, List.of(line), List.of(), caution);
  }

  private static Remedy command(String command, String caution) {
    return failure ->
        new Fix.Run(
            failure.target(),
            List.of(command.replace("NAME", ShellText.word(name(failure)))),
            List.of(),
            List.of(caution, ANEW));
  }

  private static Fix rebuild(
      Failure failure, List<String> lines, List<Edit> edits, String caution) {
    List<Patch> patches =
        edits.isEmpty()
            ? List.of()
            : List.of(new Patch.Document(SubjectKind.IMAGE, failure.dockerId(), edits));
    return new Fix.Rebuild(failure.target(), lines, patches, List.of(caution, ANEW));
  }

  private static Edit edit(@Nullable JsonNode value, String... path) {
    return new Edit(List.of(path), value);
  }

  private static Fix user(Failure failure) {
    JsonNode user = JSON.stringNode("10001:10001");
    List<Patch> patches = new ArrayList<>();
    patches.add(
        new Patch.Document(
            SubjectKind.IMAGE,
            failure.dockerId(),
            List.of(edit(user, "inspect", "Config", "User"))));
    String own = failure.document().path("inspect").path("Config").path("User").asString("");
    // Containers that choose no user of their own get the image's
    for (Entry<String, Reading> container : failure.host().containers().entrySet()) {
      if (container.getValue() instanceof Reading.Read read
          && read.document().path("Image").asString("").equals(failure.dockerId())
          && read.document().path("Config").path("User").asString("").equals(own)) {
        patches.add(
            new Patch.Document(
                SubjectKind.CONTAINER, container.getKey(), List.of(edit(user, "Config", "User"))));
      }
    }
    return new Fix.Rebuild(
        failure.target(),
        List.of("USER 10001:10001"),
        patches,
        List.of(
            "The last line before ENTRYPOINT and CMD. Files that the process writes have to belong"
                + " to this user: COPY --chown=10001:10001.",
            ANEW));
  }

  private static Fix loginPorts(Failure failure) {
    ObjectNode left = JSON.objectNode();
    List<String> exposed = failure.members(".inspect.Config.ExposedPorts");
    JsonNode ports = failure.document().path("inspect").path("Config").path("ExposedPorts");
    for (Entry<String, JsonNode> port : ports.properties()) {
      if (!exposed.contains(port.getKey())) {
        left.set(port.getKey(), port.getValue());
      }
    }
    return rebuild(
        failure,
        exposed.stream().map(port -> "# take out: EXPOSE " + port.split("/", 2)[0]).toList(),
        List.of(edit(left, "inspect", "Config", "ExposedPorts")),
        "Take the server behind it out as well.");
  }

  private static Fix age(Failure failure) {
    return new Fix.Run(
        failure.target(),
        List.of("docker build --pull --no-cache -t " + ShellText.word(name(failure)) + " ."),
        List.of(
            new Patch.Document(
                SubjectKind.IMAGE,
                failure.dockerId(),
                List.of(
                    edit(JSON.stringNode(failure.host().at().toString()), "inspect", "Created")))),
        List.of(
            "Newer packages may behave otherwise: let its tests run first. An image that others"
                + " build is pulled anew instead.",
            ANEW));
  }

  private static Fix layers(Failure failure) {
    JsonNode layers = failure.document().path("inspect").path("RootFS").path("Layers");
    JsonNode first = JSON.arrayNode().add(layers.path(0));
    return rebuild(
        failure,
        List.of("# as the last stage:", "FROM scratch", "COPY --from=build / /"),
        List.of(edit(first, "inspect", "RootFS", "Layers")),
        "Name the stages before it AS build, and repeat USER, ENV, WORKDIR, ENTRYPOINT and CMD in"
            + " the last one.");
  }

  private static Fix scan(Failure failure) {
    String name = name(failure);
    return new Fix.Run(
        failure.target(),
        List.of("trivy image --format json --output report.json " + ShellText.word(name)),
        List.of(),
        List.of("Upload the report to POST /api/v1/scan-reports; what it finds counts from then."));
  }

  private static Fix push(Failure failure) {
    String name = name(failure);
    String bare = name.substring(name.lastIndexOf('/') + 1);
    return new Fix.Run(
        failure.target(),
        List.of(
            "docker tag "
                + ShellText.word(name)
                + " "
                + ShellText.word("registry.example.com/" + bare),
            "docker push " + ShellText.word("registry.example.com/" + bare)),
        List.of(),
        List.of("Put the name of a registry that is allowed.", ANEW));
  }

  private static Fix remove(Failure failure) {
    return new Fix.Run(
        failure.target(),
        List.of("docker image rm " + ShellText.word(name(failure))),
        List.of(new Patch.Removal(SubjectKind.IMAGE, failure.dockerId())),
        List.of("It has to be pulled or built again if somebody needs it after all."));
  }

  /** The image's first tag; its ID if it has none. */
  static String name(Failure failure) {
    String tag = failure.read().observation().path("tags").path(0).asString("");
    return tag.isEmpty() || tag.startsWith("<none>") ? failure.dockerId() : tag;
  }
}
