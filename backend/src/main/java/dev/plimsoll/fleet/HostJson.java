package dev.plimsoll.fleet;

import dev.plimsoll.checklist.ReadingSwitch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A host as JSON describes it; the caller ends with {@link JsonFields#check}. */
public final class HostJson {
  private HostJson() {}

  /** A new host; what is left out or null has its default. */
  public static HostDraft draft(JsonFields fields) {
    return new HostDraft(
        fields.requiredText("name"),
        fields.requiredText("endpoint"),
        fields.text("group"),
        fields.text("environment"),
        fields.text("owner"),
        fields.integer("criticality", HostDraft.DEFAULT_CRITICALITY),
        fields.textMap("labels"),
        fields.integer("intervalSeconds", HostDraft.DEFAULT_INTERVAL_SECONDS),
        readings(fields),
        credential(fields));
  }

  /**
   * A change of a host (RFC 7396): what is left out stays, null takes the value away or puts the
   * default in its place. Labels change one by one, and null takes one away; readings change as a
   * whole.
   */
  public static Function<HostRecord, HostDraft> change(JsonFields fields) {
    fields.rejectNull("name");
    fields.rejectNull("endpoint");
    Optional<String> name = Optional.ofNullable(fields.text("name"));
    Optional<String> endpoint = Optional.ofNullable(fields.text("endpoint"));
    Text group = Text.of(fields, "group");
    Text environment = Text.of(fields, "environment");
    Text owner = Text.of(fields, "owner");
    boolean hasCriticality = fields.has("criticality");
    int criticality = fields.integer("criticality", HostDraft.DEFAULT_CRITICALITY);
    boolean hasInterval = fields.has("intervalSeconds");
    int interval = fields.integer("intervalSeconds", HostDraft.DEFAULT_INTERVAL_SECONDS);
    boolean hasReadings = fields.has("readings");
    Set<ReadingSwitch> readings = readings(fields);
    boolean hasLabels = fields.has("labels");
    Function<Map<String, String>, Map<String, String>> labels = fields.textMapChange("labels");
    @Nullable Credential credential = credential(fields);
    return host ->
        new HostDraft(
            name.orElse(host.name()),
            endpoint.orElse(host.endpoint().uri()),
            group.or(host.groupPath()),
            environment.or(host.environment()),
            owner.or(host.owner()),
            hasCriticality ? criticality : host.criticality(),
            hasLabels ? labels.apply(host.labels()) : host.labels(),
            hasInterval ? interval : host.intervalSeconds(),
            hasReadings ? readings : host.readings(),
            credential);
  }

  private static Set<ReadingSwitch> readings(JsonFields fields) {
    @Nullable List<String> words = fields.texts("readings");
    return words == null
        ? HostDraft.DEFAULT_READINGS
        : Readings.parse(words, wrong -> fields.reject("readings", wrong));
  }

  /** Whether a change takes the stored credential away: it is set to null. */
  public static boolean erasesCredential(JsonFields fields) {
    return fields.isNull("tls") || fields.isNull("ssh");
  }

  private static @Nullable Credential credential(JsonFields fields) {
    @Nullable JsonFields tls = fields.object("tls");
    @Nullable JsonFields ssh = fields.object("ssh");
    if (tls != null && ssh != null) {
      fields.reject("ssh", "does not go with tls. Give one of them.");
    }
    if (tls != null) {
      return new Credential.Tls(tls.requiredText("ca"), tls.text("cert"), tls.text("key"));
    }
    if (ssh != null) {
      // The host key's absence is CredentialCheck's to explain.
      return new Credential.Ssh(
          ssh.requiredText("privateKey"), Optional.ofNullable(ssh.text("hostKey")).orElse(""));
    }
    return null;
  }

  private record Text(boolean given, @Nullable String value) {
    static Text of(JsonFields fields, String name) {
      return new Text(fields.has(name), fields.text(name));
    }

    @Nullable String or(@Nullable String before) {
      return given ? value : before;
    }
  }
}
