package dev.plimsoll.invariants;

import java.util.List;
import java.util.function.Consumer;

/** Bounds of a host's intervals only ever rise, and the last of them is the host's. */
final class PublishedLast implements Invariant {
  private record Bound(String table, String column, String host, String also) {}

  private static final List<Bound> BOUNDS =
      List.of(
          new Bound("judgement", "valid_from", "host_id", ""),
          new Bound("judgement", "valid_to", "host_id", " and x.valid_to < 'infinity'"),
          new Bound("verdict", "valid_from", "host_id", ""),
          new Bound("verdict", "valid_to", "host_id", " and x.valid_to < 'infinity'"),
          // What people say of a host's files is judged soon after.
          new Bound("state", "valid_from", "host_id", " and x.collection_id is not null"),
          new Bound("state", "valid_to", "host_id", " and x.valid_to < 'infinity'"),
          new Bound("host_blindness", "valid_from", "host_id", ""),
          new Bound("host_blindness", "valid_to", "host_id", " and x.valid_to < 'infinity'"),
          new Bound("score", "at", "scope_id", " and x.scope = 'HOST'"));

  @Override
  public String promise() {
    return "No bound of a host lies after the instant at which it was published last";
  }

  @Override
  public long check(Examined database, Consumer<Violation> violations) {
    for (Bound bound : BOUNDS) {
      database.each(
          bound.table(),
          """
          select format('host %%s', x.%2$s),
            case when p.host_id is null then 'it was never published'
              else format('%%s rows have their %3$s after %%s, when it was published last; the last is %%s',
                count(*), p.published_at, max(x.%3$s)) end
          from %1$s x left join host_publication p on p.host_id = x.%2$s
          where (p.host_id is null or x.%3$s > p.published_at)%4$s and %5$s
          group by x.%2$s, p.host_id, p.published_at
          """
              .formatted(
                  bound.table(),
                  bound.host(),
                  bound.column(),
                  bound.also(),
                  Examined.ofHost("x." + bound.host())),
          violations);
    }
    return database.publishedHosts().size();
  }
}
