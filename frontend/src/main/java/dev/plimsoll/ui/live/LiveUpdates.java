package dev.plimsoll.ui.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.plimsoll.compliance.Published;
import jakarta.annotation.PreDestroy;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;

/**
 * Tells open pages that hosts have news. A burst of news reaches a page once: it gathers for as
 * long as the page asked for, and never less than {@link #SHORTEST}.
 */
@SpringComponent
public class LiveUpdates {
  /** Shortest time in which news gathers before a page hears of it. */
  public static final Duration SHORTEST = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;

  @Autowired
  LiveUpdates() {
    this(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("live-updates").factory()));
  }

  LiveUpdates(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** What a page does with news. */
  @FunctionalInterface
  public interface Listener extends Serializable {
    /** Called under the lock of the page's session with the hosts that have news. */
    void published(Set<Long> hostIds);
  }

  /**
   * Calls the listener while the component is attached to a page, now or later.
   *
   * @param gather how long news may gather
   */
  public void follow(Component component, Duration gather, Listener listener) {
    Duration pause = gather.compareTo(SHORTEST) < 0 ? SHORTEST : gather;
    component.addAttachListener(event -> start(component, event.getUI(), pause, listener));
    component.getUI().ifPresent(ui -> start(component, ui, pause, listener));
  }

  private void start(Component component, UI ui, Duration pause, Listener listener) {
    Subscriber subscriber = new Subscriber(ui, pause, listener);
    subscribers.add(subscriber);
    Registration[] once = new Registration[1];
    once[0] =
        component.addDetachListener(
            event -> {
              subscribers.remove(subscriber);
              once[0].remove();
            });
  }

  /** How many components follow; none once all pages are gone. */
  int followers() {
    return subscribers.size();
  }

  @EventListener
  void on(Published news) {
    subscribers.forEach(subscriber -> subscriber.add(news.hostId()));
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  private final class Subscriber {
    private final UI ui;
    private final Duration pause;
    private final Listener listener;
    private final Set<Long> gathered = new HashSet<>();

    private Subscriber(UI ui, Duration pause, Listener listener) {
      this.ui = ui;
      this.pause = pause;
      this.listener = listener;
    }

    private void add(long hostId) {
      synchronized (gathered) {
        boolean isFirst = gathered.isEmpty();
        gathered.add(hostId);
        if (!isFirst) {
          return;
        }
      }
      try {
        Future<?> _ = timer.schedule(this::deliver, pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The portal is stopping; a page is not told of news", e);
      }
    }

    private void deliver() {
      Set<Long> hostIds;
      synchronized (gathered) {
        hostIds = Set.copyOf(gathered);
        gathered.clear();
      }
      if (!subscribers.contains(this)) {
        return;
      }
      try {
        // What the listener throws goes to the session's error handler.
        Future<?> _ = ui.access(() -> listener.published(hostIds));
      } catch (UIDetachedException e) {
        subscribers.remove(this);
        LOG.debug("A page was gone before news reached it", e);
      }
    }
  }
}
