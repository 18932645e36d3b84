package dev.plimsoll.home;

/** What one portal process does ({@code PLIMSOLL_ROLES}). */
public enum PortalRole {
  /** Serves pages and the API. */
  WEB,
  /** Collects hosts. */
  COLLECTOR
}
