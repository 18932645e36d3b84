package dev.plimsoll.compliance;

/**
 * Something new about a host can be read, in this process or another. Delivered in every portal
 * process after the publishing transaction committed, on no particular thread.
 *
 * @param hostId whose picture changed
 * @param collectionId the collection that ended; 0 if time alone did it
 */
public record Published(long hostId, long collectionId) {}
