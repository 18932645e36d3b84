package dev.plimsoll.ui.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.grid.GridTester;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.event.SortEvent;
import com.vaadin.flow.data.provider.SortDirection;
import dev.plimsoll.posture.HostQuery;
import dev.plimsoll.posture.HostRow;
import dev.plimsoll.posture.HostStatus;
import dev.plimsoll.ui.testing.AsAdministrator;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.FakeFleet;
import dev.plimsoll.ui.testing.ViewTest;
import dev.plimsoll.ui.widgets.EmptyState;
import dev.plimsoll.ui.widgets.GroupField;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The list of hosts")
class HostsViewTest extends ViewTest {
  private GridTester<Grid<HostRow>, HostRow> grid() {
    return test(find(HostGrid.class).single());
  }

  @Test
  @AsViewer
  @DisplayName("shows all hosts by name")
  void all() {
    open("hosts");

    assertThat(text()).contains("12 hosts");
    assertThat(IntStream.range(0, grid().size()).mapToObj(i -> grid().getRow(i).name()))
        .hasSize(12)
        .isSorted();
    assertThat(shows(com.vaadin.flow.component.html.Anchor.class, "Add a host")).isFalse();
  }

  @Test
  @AsViewer
  @DisplayName("is restored from a pasted URL")
  void restored() {
    open("hosts?status=stale&status=unreachable&sort=score&order=desc&q=e");

    assertThat(find(TextField.class).withValue("e").exists()).isTrue();
    Object statuses = find(MultiSelectComboBox.class).single().getValue();
    assertThat(statuses).isEqualTo(Set.of(HostStatus.STALE, HostStatus.UNREACHABLE));
    assertThat(grid().getSortDirection(HostQuery.Sort.SCORE.name()))
        .isEqualTo(SortDirection.DESCENDING);
    assertThat(grid().getRow(0).name()).isEqualTo("warehouse-edge");
  }

  @Test
  @AsViewer
  @DisplayName("puts filters and order into the URL")
  void filters() {
    open("hosts");

    test(find(GroupField.class).single()).selectItem("Retail/Shop");
    assertAt("hosts?group=Retail%2FShop");
    assertThat(grid().size()).isEqualTo(3);

    HostGrid grid = find(HostGrid.class).single();
    List<GridSortOrder<HostRow>> byScore =
        GridSortOrder.asc(grid.getColumnByKey(HostQuery.Sort.SCORE.name())).build();
    ComponentUtil.fireEvent(
        grid, new SortEvent<Grid<HostRow>, GridSortOrder<HostRow>>(grid, byScore, true));
    assertAt("hosts?group=Retail%2FShop&sort=score");
    assertThat(IntStream.range(0, 3).mapToObj(i -> grid().getRow(i)))
        .isSortedAccordingTo(Comparator.comparing(HostRow::score));
  }

  @Test
  @AsViewer
  @DisplayName("says when nothing matches, and how to see all")
  void nothingMatches() {
    open("hosts?q=nowhere");

    assertThat(text()).contains("No host matches");
    assertThat(hrefs("Show all hosts")).containsExactly("hosts");
  }

  @Test
  @AsAdministrator
  @DisplayName("offers an administrator to add the first one")
  void empty() {
    services.use(new FakeFleet(fleet().now(), 0));
    open("hosts");

    assertThat(find(EmptyState.class).exists()).isTrue();
    assertThat(hrefs("Add a host")).contains("hosts/new");
  }

  @Test
  @AsViewer
  @DisplayName("reads long lists as they are scrolled")
  void lazy() {
    services.use(new FakeFleet(fleet().now(), 130));
    open("hosts");

    assertThat(text()).contains("130 hosts");
    assertThat(grid().size()).isEqualTo(130);
    assertThat(IntStream.range(0, 130).mapToObj(i -> grid().getRow(i).id()).distinct())
        .hasSize(130);
  }

  @Test
  @AsViewer
  @DisplayName("names what in an address cannot be read")
  void badAddress() {
    open("hosts?status=fine");

    assertThat(test(find(Notification.class).single()).getText()).contains("status=\"fine\"");
    assertThat(grid().size()).isEqualTo(12);
  }
}
