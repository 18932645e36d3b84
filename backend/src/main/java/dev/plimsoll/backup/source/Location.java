package dev.plimsoll.backup.source;

import dev.plimsoll.backup.SourceType;
import dev.plimsoll.backup.TargetType;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where a source lies. Only forms that are known to start no program but the source's own, and that
 * none of these programs can mistake for an option, are taken.
 *
 * @param text as its program takes it
 * @param shown without the names and passwords of its address
 * @param target where what it holds lies
 */
public record Location(String text, String shown, TargetType target) {
  private static final int LONGEST = 1000;
  private static final String HOST = "(?:[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+])";
  private static final String USER = "(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?";
  private static final String PORT = "(?::[0-9]{1,5})?";
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@]*@");

  private static final Form DIRECTORY = form("/.*", TargetType.HOST);
  private static final Form WEB =
      form("rest:https?://(?:[^/@\\s-][^/@\\s]*@)?" + HOST + PORT + "(?:/\\S*)?", TargetType.HOST);
  private static final Form SFTP_URL =
      form("sftp://" + USER + HOST + PORT + "/.*", TargetType.HOST);
  private static final Form SFTP = form("sftp:" + USER + HOST + ":[^-].*", TargetType.HOST);
  private static final Form SSH = form("ssh://" + USER + HOST + PORT + "/.*", TargetType.HOST);
  private static final Form S3 =
      form("s3:(?:https?://)?" + HOST + PORT + "/\\S+", TargetType.OBJECT_STORE);
  private static final Form BUCKET =
      form("(?:b2|azure|gs):[A-Za-z0-9][A-Za-z0-9._-]*:\\S*", TargetType.OBJECT_STORE);
  private static final Form ARCHIVES = new Form(Bucket::takes, TargetType.OBJECT_STORE);

  /**
   * Reads a location of a type of source.
   *
   * @throws IllegalArgumentException with a sentence that names the remedy, and the text unless it
   *     may hold a secret
   */
  public static Location parse(SourceType type, String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("is missing. " + remedy(type));
    }
    if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "is longer than " + LONGEST + " characters or has a control character. " + remedy(type));
    }
    for (Form form : forms(type)) {
      if (form.takes().test(text)) {
        return new Location(text, shown(text), form.target());
      }
    }
    throw new IllegalArgumentException("cannot be read by " + type.word() + ". " + remedy(type));
  }

  /** Whether it is a directory of the portal's own machine. */
  public boolean isDirectory() {
    return text.startsWith("/");
  }

  private static String shown(String text) {
    // The user of an SSH address is no secret; what stands in a web address is.
    return text.startsWith("sftp:") || text.startsWith("ssh:")
        ? text
        : USER_INFO.matcher(text).replaceFirst("***@");
  }

  private static List<Form> forms(SourceType type) {
    return switch (type) {
      case RESTIC -> List.of(DIRECTORY, WEB, SFTP_URL, SFTP, S3, BUCKET);
      case BORG -> List.of(DIRECTORY, SSH);
      case ARCHIVES -> List.of(DIRECTORY, ARCHIVES);
      case HEARTBEAT -> List.of();
    };
  }

  private static String remedy(SourceType type) {
    return switch (type) {
      case RESTIC ->
          "Give an absolute path, sftp://user@host/path, sftp:user@host:path, rest:https://…,"
              + " s3:https://host/bucket, b2:bucket:path, azure:container:path or gs:bucket:path.";
      case BORG -> "Give an absolute path, or ssh://user@host:port/path.";
      case ARCHIVES ->
          "Give the absolute path of a directory, or s3:https://host/bucket/directory.";
      case HEARTBEAT -> "A heartbeat has no location.";
    };
  }

  private static Form form(String regex, TargetType target) {
    return new Form(Pattern.compile(regex).asMatchPredicate(), target);
  }

  private record Form(Predicate<String> takes, TargetType target) {}
}
