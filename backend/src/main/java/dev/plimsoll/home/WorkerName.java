package dev.plimsoll.home;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The name of one portal process from its start to its end, by which others know its work. The
 * machine's name tells people where to look; the random part tells apart two containers that share
 * process numbers, and a process from the one that ran in its place before.
 *
 * @param value at most {@value #LONGEST} characters
 */
public record WorkerName(String value) {
  private static final int LONGEST = 64;
  private static final int RANDOM_BYTES = 6;

  /** A name that no other process has or had. */
  public static WorkerName fresh() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String end = "-" + HexFormat.of().formatHex(random);
    String machine = machine();
    return new WorkerName(
        machine.substring(0, Math.min(machine.length(), LONGEST - end.length())) + end);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unnamed"; // a machine whose own name resolves to nothing still has work to do
    }
  }
}
