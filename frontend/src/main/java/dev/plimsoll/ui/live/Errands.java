package dev.plimsoll.ui.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.spring.annotation.SpringComponent;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

/** Work that takes seconds, done beside a page so that the page stays alive. */
@SpringComponent
public class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Runs work as whoever is signed in, and hands its result, or what it threw, to the component's
   * page under its lock. A page that is gone by then hears nothing.
   */
  public <T> void run(
      Component component, Supplier<T> work, Consumer<T> done, Consumer<RuntimeException> failed) {
    UI ui = component.getUI().orElseThrow();
    Runnable errand =
        () -> {
          Runnable report;
          try {
            T result = work.get();
            report = () -> done.accept(result);
          } catch (RuntimeException e) {
            report = () -> failed.accept(e);
          }
          tell(ui, report);
        };
    threads.execute(new DelegatingSecurityContextRunnable(errand));
  }

  private static void tell(UI ui, Runnable report) {
    try {
      // What the report throws goes to the session's error handler.
      Future<?> _ = ui.access(report::run);
    } catch (UIDetachedException e) {
      LOG.debug("A page was gone before its errand was done", e);
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
