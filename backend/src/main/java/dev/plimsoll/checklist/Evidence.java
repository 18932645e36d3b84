package dev.plimsoll.checklist;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a check looked at.
 *
 * @param path where it stands, such as {@code .HostConfig.CapAdd[0]}, or the call that failed
 * @param value what stands there as compact JSON, at most {@value #MAX_VALUE} characters; null if
 *     nothing does
 * @param documentSha256 hash of the document that holds it; null if it was never read
 */
public record Evidence(String path, @Nullable String value, @Nullable String documentSha256) {
  /** Longest value kept; a longer one is cut and ends in an ellipsis. */
  public static final int MAX_VALUE = 400;

  public Evidence {
    if (value != null && value.length() > MAX_VALUE) {
      int end = MAX_VALUE - 1;
      value =
          value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end)
              + "…";
    }
  }
}
