package dev.plimsoll.collect.connect;

import dev.plimsoll.collect.FailureCategory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;

/** The reading commands in one SSH session, each on a channel of its own. */
final class SshCommands implements HostCommands {
  /** All that the fixed commands write is small; a host that writes more wants to fill memory. */
  static final int MOST_BYTES = 1 << 20;

  /** For all commands together; a host that is slow with each must not hold up the collection. */
  static final Duration BUDGET = Duration.ofSeconds(30);

  private static final Duration ONE_COMMAND = Duration.ofSeconds(10);
  private static final int LONGEST_COMPLAINT = 8_000;
  private static final long LOOK_UP_MILLIS = 200;
  private static final EnumSet<ClientChannelEvent> ENDED = EnumSet.of(ClientChannelEvent.CLOSED);

  private final ClientSession session;
  private final ConnectionLimits limits;
  private final FailureTranslation failures;
  private final BoundedWork work = new BoundedWork();
  private final long end = System.nanoTime() + BUDGET.toNanos();

  SshCommands(ClientSession session, ConnectionLimits limits, FailureTranslation failures) {
    this.session = session;
    this.limits = limits;
    this.failures = failures;
  }

  @Override
  public Output run(HostCommand command, String input) throws EngineCallException {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    Duration limit = Collections.min(List.of(left, limits.call(), ONE_COMMAND));
    try {
      if (!limit.isPositive()) {
        throw new TimeoutException();
      }
      return work.within(limit, () -> execute(command, input, limit));
    } catch (TimeoutException e) {
      throw late(command, e);
    } catch (InterruptedException e) {
      throw failures.interrupted(command.call(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() != null ? e.getCause() : e;
      throw cause instanceof TimeoutException late
          ? late(command, late)
          : failures.during(command.call(), cause);
    }
  }

  private EngineCallException late(HostCommand command, TimeoutException cause) {
    return new EngineCallException(
        FailureCategory.TIMEOUT,
        command.call(),
        0,
        failures.where() + " took too long for " + command.call(),
        cause);
  }

  @Override
  public void close() {
    session.close(true);
    work.close();
  }

  private Output execute(HostCommand command, String input, Duration limit)
      throws IOException, EngineCallException, TimeoutException {
    Kept text = new Kept(MOST_BYTES);
    Kept complaint = new Kept(LONGEST_COMPLAINT);
    ChannelExec channel = session.createExecChannel(command.line());
    try {
      channel.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
      channel.setOut(text);
      channel.setErr(complaint);
      channel.open().verify(limits.connect());
      awaitEnd(channel, command, text, limit);
      Integer status = channel.getExitStatus();
      if (status == null) {
        throw new EngineCallException(
            FailureCategory.PROTOCOL,
            command.call(),
            0,
            failures.where() + " did not say how " + command.call() + " ended",
            null);
      }
      return new Output(status, text.text(), complaint.text());
    } finally {
      channel.close(true);
    }
  }

  /** The SSH library does not end a wait on interruption: this one has an end of its own. */
  private void awaitEnd(ChannelExec channel, HostCommand command, Kept text, Duration limit)
      throws EngineCallException, IOException, TimeoutException {
    long over = System.nanoTime() + limit.toNanos();
    boolean ended = false;
    while (!ended) {
      ended = channel.waitFor(ENDED, LOOK_UP_MILLIS).contains(ClientChannelEvent.CLOSED);
      if (text.overflown()) {
        throw failures.tooLarge(command.call(), MOST_BYTES);
      }
      if (!ended && !session.isOpen()) {
        throw new IOException("the SSH session has ended");
      }
      if (!ended && System.nanoTime() > over) {
        throw new TimeoutException();
      }
    }
  }

  /** The first bytes of what a command writes. */
  private static final class Kept extends OutputStream {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean more;

    Kept(int most) {
      this.most = most;
    }

    @Override
    public synchronized void write(int b) {
      if (kept.size() < most) {
        kept.write(b);
      } else {
        more = true;
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int fits = Math.min(length, most - kept.size());
      kept.write(bytes, offset, fits);
      more |= fits < length;
    }

    synchronized boolean overflown() {
      return more;
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
