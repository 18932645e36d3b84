package dev.plimsoll.ui.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinSession;
import dev.plimsoll.compliance.Published;
import dev.plimsoll.ui.testing.AsViewer;
import dev.plimsoll.ui.testing.ViewTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("News of hosts")
class LiveUpdatesTest extends ViewTest {
  private record Timed(Runnable task, long millis) {}

  private final List<Timed> timer = new ArrayList<>();
  private final List<Set<Long>> heard = new ArrayList<>();
  private final Div page = new Div();
  private LiveUpdates live = new LiveUpdates();

  @BeforeEach
  void useATimerThatWaits() {
    ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    when(executor.schedule(any(Runnable.class), anyLong(), any(TimeUnit.class)))
        .thenAnswer(
            call -> {
              timer.add(new Timed(call.getArgument(0), call.getArgument(1)));
              return null;
            });
    live = new LiveUpdates(executor);
  }

  private void timePasses() {
    List<Timed> due = List.copyOf(timer);
    timer.clear();
    due.forEach(timed -> timed.task().run());
    VaadinService.getCurrent().runPendingAccessTasks(VaadinSession.getCurrent());
  }

  @Test
  @AsViewer
  @DisplayName("reaches an open page once for a burst")
  void gathers() {
    live.follow(page, Duration.ofSeconds(2), heard::add);
    UI.getCurrent().add(page);

    live.on(new Published(1, 10));
    live.on(new Published(2, 11));
    live.on(new Published(1, 12));
    assertThat(timer).singleElement().extracting(Timed::millis).isEqualTo(2000L);
    timePasses();

    assertThat(heard).containsExactly(Set.of(1L, 2L));

    live.on(new Published(3, 13));
    timePasses();
    assertThat(heard).containsExactly(Set.of(1L, 2L), Set.of(3L));
  }

  @Test
  @AsViewer
  @DisplayName("never comes more often than twice a second")
  void calm() {
    live.follow(page, Duration.ZERO, heard::add);
    UI.getCurrent().add(page);

    live.on(new Published(1, 10));

    assertThat(timer).singleElement().extracting(Timed::millis).isEqualTo(500L);
  }

  @Test
  @AsViewer
  @DisplayName("is for nobody who has left, and nobody is remembered")
  void leaves() {
    live.follow(page, Duration.ZERO, heard::add);
    UI.getCurrent().add(page);
    live.on(new Published(1, 10));
    UI.getCurrent().remove(page);
    timePasses();

    assertThat(heard).isEmpty();
    assertThat(live.followers()).isZero();

    UI.getCurrent().add(page);
    UI.getCurrent().remove(page);
    UI.getCurrent().add(page);
    assertThat(live.followers()).isEqualTo(1);
  }
}
