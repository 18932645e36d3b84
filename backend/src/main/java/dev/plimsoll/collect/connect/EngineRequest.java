package dev.plimsoll.collect.connect;

/**
 * A request that may be sent to an engine. Its factories are the allow-list: nothing else can be
 * asked, so nothing on a host can be changed, and no secret of a swarm can be read.
 *
 * @param path path and query below the version prefix, such as {@code /containers/json?all=true}
 */
public record EngineRequest(String path) {}
