package dev.plimsoll.compliance;

import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.Rule;
import dev.plimsoll.checklist.SubjectKind;
import dev.plimsoll.permission.PortalItself;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The catalogues under which this portal ever judged. A compact row is a letter for each check in
 * the order of its catalogue; here is which check each letter belongs to.
 */
@Component
@PortalItself
public class Catalogues {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final ObjectProvider<OwnChecks> ownChecks;
  private final Map<Integer, Map<SubjectKind, List<String>>> orders = new ConcurrentHashMap<>();
  private volatile @Nullable Known known;

  Catalogues(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ObjectProvider<OwnChecks> ownChecks) {
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.ownChecks = ownChecks;
  }

  /**
   * A catalogue and the number that rows keep of it.
   *
   * @param number not in the order of time: a set of checks that comes back has its old number
   */
  public record Numbered(int number, Checklist checklist) {}

  /** What counts now: the shipped checks and the company's own. */
  public Numbered current() {
    OwnChecks.Active active = active();
    String fingerprint = fingerprint(active);
    Known before = known;
    if (before != null && before.fingerprint().equals(fingerprint)) {
      return before.numbered();
    }
    Checklist checklist = Checklist.standard().with(active.checks());
    Numbered numbered = new Numbered(number(fingerprint, checklist), checklist);
    known = new Known(fingerprint, numbered);
    return numbered;
  }

  /** The same for those who must not write; empty while nothing was judged under it. */
  public Optional<Numbered> currentIfKnown() {
    OwnChecks.Active active = active();
    return find(fingerprint(active))
        .map(number -> new Numbered(number, Checklist.standard().with(active.checks())));
  }

  /**
   * IDs of the checks that the letters of a compact row belong to, in their order.
   *
   * @throws IllegalStateException if no catalogue has this number
   */
  public List<String> order(int number, SubjectKind kind) {
    return orders.computeIfAbsent(number, this::stored).getOrDefault(kind, List.of());
  }

  /** The version of the shipped checks that a catalogue holds. */
  int shippedVersion(int number) {
    return jdbc.sql("select split_part(fingerprint, '+', 1)::int from catalogue where number = ?")
        .param(number)
        .query(Integer.class)
        .single();
  }

  /** Numbers of all catalogues that rows may have been written under. */
  public List<Integer> numbers() {
    return jdbc.sql("select number from catalogue order by number").query(Integer.class).list();
  }

  private OwnChecks.Active active() {
    OwnChecks own = ownChecks.getIfAvailable();
    return own == null ? OwnChecks.Active.NONE : own.active();
  }

  private static String fingerprint(OwnChecks.Active active) {
    return active.fingerprint().isEmpty()
        ? Integer.toString(Checklist.VERSION)
        : Checklist.VERSION + "+" + active.fingerprint();
  }

  private int number(String fingerprint, Checklist checklist) {
    return find(fingerprint).orElseGet(() -> register(fingerprint, checklist));
  }

  /**
   * Several portals may meet a new catalogue at once; all get the same number. In a transaction of
   * its own, since whoever asks first may only be reading.
   */
  private int register(String fingerprint, Checklist checklist) {
    Integer number =
        apart.execute(
            status -> {
              jdbc.sql(
                      "insert into catalogue (fingerprint, orders) values (?, ?::jsonb)"
                          + " on conflict (fingerprint) do nothing")
                  .param(fingerprint)
                  .param(json(checklist))
                  .update();
              return find(fingerprint).orElseThrow();
            });
    return Objects.requireNonNull(number);
  }

  private Optional<Integer> find(String fingerprint) {
    return jdbc.sql("select number from catalogue where fingerprint = ?")
        .param(fingerprint)
        .query(Integer.class)
        .optional();
  }

  private Map<SubjectKind, List<String>> stored(int number) {
    String json =
        jdbc.sql("select orders from catalogue where number = ?")
            .param(number)
            .query(String.class)
            .optional()
            .orElseThrow(() -> new IllegalStateException("there is no catalogue " + number));
    Map<SubjectKind, List<String>> byKind = new ConcurrentHashMap<>();
    for (Map.Entry<String, JsonNode> entry : MAPPER.readTree(json).properties()) {
      List<String> ids = new ArrayList<>();
      entry.getValue().forEach(id -> ids.add(id.asString("")));
      byKind.put(SubjectKind.of(entry.getKey()), List.copyOf(ids));
    }
    return byKind;
  }

  private static String json(Checklist checklist) {
    ObjectNode orders = MAPPER.createObjectNode();
    for (SubjectKind kind : SubjectKind.values()) {
      ArrayNode ids = orders.putArray(kind.word());
      checklist.rules(kind).stream().map(Rule::id).forEach(ids::add);
    }
    return orders.toString();
  }

  private record Known(String fingerprint, Numbered numbered) {}
}
