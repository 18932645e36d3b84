package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.SshHostKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;

/** Compares the keys that a server shows with the one it is known by. */
final class HostKeyCheck {
  /** Signatures by which a server proves to hold a key; no SHA-1 (RFC 8332), no DSA. */
  private static final Map<String, List<String>> ALGORITHMS = new LinkedHashMap<>();

  static {
    ALGORITHMS.put("ssh-ed25519", List.of("ssh-ed25519"));
    for (int bits : new int[] {256, 384, 521}) {
      ALGORITHMS.put("ecdsa-sha2-nistp" + bits, List.of("ecdsa-sha2-nistp" + bits));
    }
    ALGORITHMS.put("ssh-rsa", List.of("rsa-sha2-512", "rsa-sha2-256"));
  }

  private final SshHostKey expected;
  private final List<String> types;
  private final List<String> refused = new ArrayList<>();

  HostKeyCheck(SshHostKey expected) {
    this.expected = expected;
    this.types = new ArrayList<>(expected.type().map(List::of).orElse(keyTypes()));
  }

  private static List<String> keyTypes() {
    return List.copyOf(ALGORITHMS.keySet());
  }

  /** What the server may show, best first. */
  synchronized List<String> algorithms() {
    return types.stream()
        .flatMap(type -> ALGORITHMS.getOrDefault(type, List.of()).stream())
        .toList();
  }

  /** Whether a key is the expected one; its type is not asked for again if it is not. */
  synchronized boolean accepts(PublicKey key) {
    String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    if (expected.fingerprint().equals(fingerprint)) {
      return true;
    }
    String type = KeyUtils.getKeyType(key);
    types.remove(type);
    refused.add(fingerprint + " (" + type + ")");
    return false;
  }

  /** Whether the server may hold the expected key beside those that it showed. */
  synchronized boolean hasAnotherType() {
    return expected.type().isEmpty() && !types.isEmpty();
  }

  /** The keys that the server showed in vain, as fingerprint and type. */
  synchronized List<String> refused() {
    return List.copyOf(refused);
  }
}
