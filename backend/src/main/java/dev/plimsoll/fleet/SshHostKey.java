package dev.plimsoll.fleet;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jspecify.annotations.Nullable;

/**
 * The key by which an SSH server is known.
 *
 * @param type such as {@code ssh-ed25519} (RFC 4253, 6.6); empty if only the fingerprint is known
 * @param fingerprint {@code SHA256:} and 43 characters of unpadded Base64, as OpenSSH prints it
 */
public record SshHostKey(Optional<String> type, String fingerprint) {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

  /** DSA is left out: servers have not offered it since OpenSSH 7.0. */
  private static final Set<String> TYPES =
      Set.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "ssh-rsa");

  /**
   * Reads {@code type base64}, a line of known_hosts, or {@code SHA256:…}.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static SshHostKey parse(String text) {
    List<String> words = Arrays.asList(text.strip().split("\\s+"));
    if (words.size() == 1 && words.getFirst().startsWith("SHA256:")) {
      String fingerprint = words.getFirst().replaceFirst("=+$", "");
      if (!FINGERPRINT.matcher(fingerprint).matches()) {
        throw new IllegalArgumentException(
            "is no fingerprint: SHA256: is followed by 43 characters, as ssh-keygen -l prints them");
      }
      return new SshHostKey(Optional.empty(), fingerprint);
    }
    if (words.getFirst().startsWith("@")) {
      throw new IllegalArgumentException(
          "is a line with the marker "
              + words.getFirst()
              + ", which is not supported: give the server's own key");
    }
    int type = TYPES.contains(words.getFirst()) ? 0 : 1;
    if (words.size() < type + 2 || !TYPES.contains(words.get(type))) {
      throw new IllegalArgumentException(
          "is no host key: write \"type base64\" or a line of known_hosts, as ssh-keyscan prints"
              + " it, or SHA256:…; the types are "
              + String.join(", ", TYPES.stream().sorted().toList()));
    }
    return new SshHostKey(
        Optional.of(words.get(type)), fingerprint(words.get(type), words.get(type + 1)));
  }

  private static String fingerprint(String type, String base64) {
    PublicKey key;
    try {
      key =
          PublicKeyEntry.parsePublicKeyEntry(type + " " + base64)
              .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw damaged(type, e);
    }
    if (!type.equals(KeyUtils.getKeyType(key))) {
      throw damaged(type, null);
    }
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }

  private static IllegalArgumentException damaged(String type, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "is damaged or incomplete: what follows " + type + " is no such key", cause);
  }
}
