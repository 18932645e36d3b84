package dev.plimsoll.ui.host;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.plimsoll.backup.HostData;
import dev.plimsoll.backup.coverage.DataKind;
import dev.plimsoll.backup.coverage.DataMap;
import dev.plimsoll.backup.coverage.DataShape;
import dev.plimsoll.backup.coverage.KeptData;
import dev.plimsoll.checklist.Reading;
import dev.plimsoll.collect.SizeReading;
import dev.plimsoll.collect.SizeReadings;
import dev.plimsoll.fleet.InvalidInput;
import dev.plimsoll.posture.CoverageList;
import dev.plimsoll.posture.CoverageQuery;
import dev.plimsoll.posture.CoverageRow;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.ui.coverage.CoverageGrid;
import dev.plimsoll.ui.coverage.DataWords;
import dev.plimsoll.ui.navigation.Place;
import dev.plimsoll.ui.paging.AnchoredPages;
import dev.plimsoll.ui.widgets.Code;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.Figures;
import dev.plimsoll.ui.widgets.Links;
import dev.plimsoll.ui.widgets.Messages;
import dev.plimsoll.ui.widgets.TimeText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The map of what a host keeps: volumes, directories and writable layers with how they stand, data
 * containers with who uses them, and what is gone with its container by design.
 */
class DataPanel extends Div implements HostPanel {
  /** So many rows are shown without scrolling. */
  private static final int MOST_WHOLE = 25;

  private final HostData maps;
  private final SizeReadings sizes;
  private final boolean mayMeasure;
  private final Clock clock;
  private final AnchoredPages<CoverageRow> pages;
  private final CoverageGrid grid;
  private final Div head = new Div();
  private final Div empty = new Div();
  private final Div rest = new Div();
  private Place.Host place = Place.Host.of(0, null);

  DataPanel(
      CoverageList coverage, HostData maps, SizeReadings sizes, boolean mayMeasure, Clock clock) {
    this.maps = maps;
    this.sizes = sizes;
    this.mayMeasure = mayMeasure;
    this.clock = clock;
    addClassName("list-panel");
    pages = new AnchoredPages<>(page -> coverage.list(query(), page), CoverageRow::dataId);
    grid = new CoverageGrid(clock, false, row -> DataWords.place(row, place.asOf()));
    grid.setDataProvider(pages.provider());
    head.addClassName("filters");
    rest.addClassName("stack");
    add(head, grid, empty, rest);
  }

  @Override
  public void show(HostRow host, Place.Host place) {
    this.place = place;
    DataMap map = maps.of(host.id(), place.asOf());
    int size = pages.reload();
    showHead(host, map);
    grid.setVisible(size > 0);
    grid.setAllRowsVisible(size <= MOST_WHOLE);
    empty.removeAll();
    if (size == 0) {
      empty.add(
          new EmptyState(
              "No data is kept here",
              "No volume, no host directory that a container writes, and nothing of note in a"
                  + " writable layer was found."));
    }
    rest.removeAll();
    addDataContainers(map);
    addPassing(map);
  }

  private CoverageQuery query() {
    return CoverageQuery.ALL.ofHost(place.hostId()).at(place.asOf(), null);
  }

  private void showHead(HostRow host, DataMap map) {
    head.removeAll();
    Span count = new Span(counts(map));
    count.addClassName("secondary");
    head.add(
        count,
        Links.to(Place.Coverage.ofHost(host.id(), place.asOf()), "Coverage over time"),
        Links.to(new Place.HostLoss(host.id(), place.asOf()), "If this host were lost"));
    if (place.asOf() == null) {
      head.add(measured(host));
    }
    if (!map.unsure().isEmpty()) {
      String kinds =
          map.unsure().stream().sorted().map(DataWords::many).collect(Collectors.joining(", "));
      Paragraph unsure =
          new Paragraph("Not everything could be read: more " + kinds + " may be here.");
      unsure.addClassName("caution");
      head.add(unsure);
    }
  }

  /** Such as {@code 5 volumes (1 anonymous, 1 orphaned), 2 directories}. */
  private static String counts(DataMap map) {
    Map<DataKind, Long> kinds =
        map.kept().stream()
            .collect(
                Collectors.groupingBy(
                    data -> data.ref().kind(),
                    () -> new EnumMap<>(DataKind.class),
                    Collectors.counting()));
    return Arrays.stream(DataKind.values())
        .filter(kinds::containsKey)
        .map(
            kind ->
                Figures.count(
                        kinds.getOrDefault(kind, 0L), DataWords.one(kind), DataWords.many(kind))
                    + (kind == DataKind.VOLUME ? shapes(map) : ""))
        .collect(Collectors.joining(", "));
  }

  private static String shapes(DataMap map) {
    List<String> parts = new ArrayList<>();
    add(parts, shaped(map, DataShape.ANONYMOUS), "anonymous");
    add(parts, map.kept().stream().filter(KeptData::orphaned).count(), "orphaned");
    add(parts, shaped(map, DataShape.BIND_BACKED), "over a host directory");
    add(parts, shaped(map, DataShape.REMOTE), "remote");
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static long shaped(DataMap map, DataShape shape) {
    return map.kept().stream().filter(data -> data.shape() == shape).count();
  }

  private static void add(List<String> parts, long count, String word) {
    if (count > 0) {
      parts.add(Figures.count(count) + " " + word);
    }
  }

  private Span measured(HostRow host) {
    Optional<SizeReading> last = sizes.last(host.id());
    Span words = new Span();
    words.addClassName("inline");
    SizeReading.Outcome outcome = last.map(SizeReading::outcome).orElse(null);
    Instant finished = last.map(SizeReading::finishedAt).orElse(null);
    if (outcome == SizeReading.Outcome.RUNNING) {
      words.add(new Span("Sizes are being measured."));
    } else if (finished == null) {
      words.add(new Span("Sizes were not measured yet."));
    } else if (outcome == SizeReading.Outcome.FAILED) {
      words.add(
          new Span("Measuring sizes failed "),
          new TimeText(finished, clock.instant()),
          new Span(problem(last.map(SizeReading::problem).orElse(null))));
    } else {
      words.add(new Span("Sizes measured "), new TimeText(finished, clock.instant()));
    }
    if (mayMeasure && outcome != SizeReading.Outcome.RUNNING) {
      Button measure = new Button("Measure now", event -> measure(host));
      measure.addThemeVariants(ButtonVariant.SMALL);
      measure.setDisableOnClick(true);
      words.add(measure);
    }
    return words;
  }

  private static String problem(Reading.@Nullable Unread problem) {
    return problem == null
        ? ""
        : ": %s answered %s: %s"
            .formatted(
                problem.call(),
                problem.status() == 0 ? "nothing" : problem.status(),
                problem.detail());
  }

  private void measure(HostRow host) {
    try {
      sizes.measureNow(host.id());
    } catch (InvalidInput e) {
      Messages.refused(e.errors().getFirst().message());
      return;
    }
    Messages.done("Asked for. Sizes are measured within a minute; a large host takes minutes.");
  }

  /** Containers that only hold mounts for others. */
  private void addDataContainers(DataMap map) {
    Map<String, Set<String>> users = new TreeMap<>();
    for (KeptData data : map.kept()) {
      for (KeptData.User user : data.users()) {
        if (user.dataContainer()) {
          users.computeIfAbsent(user.container(), name -> new TreeSet<>());
        }
        String through = user.through();
        if (through != null) {
          users.computeIfAbsent(through, name -> new TreeSet<>()).add(user.container());
        }
      }
    }
    if (users.isEmpty()) {
      return;
    }
    UnorderedList list = new UnorderedList();
    users.forEach(
        (container, others) ->
            list.add(
                new ListItem(
                    container
                        + (others.isEmpty()
                            ? ": nothing mounts from it"
                            : ": used through --volumes-from by " + String.join(", ", others)))));
    add(
        "Containers whose mounts others use",
        "What such a container mounts is lost to the others when it is removed with its volumes.",
        list);
  }

  private void addPassing(DataMap map) {
    if (map.passing().isEmpty()) {
      return;
    }
    Map<String, List<DataMap.Tmpfs>> byContainer =
        map.passing().stream()
            .collect(
                Collectors.groupingBy(DataMap.Tmpfs::container, TreeMap::new, Collectors.toList()));
    UnorderedList list = new UnorderedList();
    byContainer.forEach(
        (container, mounts) -> {
          ListItem item = new ListItem(new Span(container + ": "));
          mounts.forEach(mount -> item.add(Code.of(mount.path()), new Span(" ")));
          list.add(item);
        });
    add(
        "Gone with the container by design",
        "Memory mounted as a directory (tmpfs). No backup is expected of it.",
        list);
  }

  private void add(String title, String sentence, UnorderedList list) {
    Paragraph text = new Paragraph(sentence);
    text.addClassName("secondary");
    Section section = new Section(new H2(title), text, list);
    section.addClassNames("card", "stack");
    rest.add(section);
  }
}
