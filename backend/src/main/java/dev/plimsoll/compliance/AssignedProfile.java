package dev.plimsoll.compliance;

import org.jspecify.annotations.Nullable;

/**
 * A rule of who has which profile.
 *
 * @param group path whose subtree it speaks of; null for any
 * @param environment which it speaks of; null for any
 * @param profile name of the profile
 */
public record AssignedProfile(
    @Nullable String group, @Nullable String environment, String profile) {}
