package dev.plimsoll.collect.connect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Cuts the body of an HTTP answer into lines as they arrive. */
final class HttpLines implements EngineLines {
  private static final int BUFFER = 16 << 10;

  private final InputStream body;
  private final Exchange exchange;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  /** The exchange that the body belongs to. */
  interface Exchange {
    /** Runs a read that blocks, no longer than {@code limit}. */
    Line within(Duration limit, LineRead read) throws EngineCallException;

    /** Ends the exchange, however much of the body is left. */
    void end();
  }

  /** A read that blocks on the network. */
  interface LineRead {
    Line read() throws IOException;
  }

  HttpLines(InputStream body, Exchange exchange) {
    this.body = body;
    this.exchange = exchange;
  }

  @Override
  public Line next(Duration idle) throws EngineCallException {
    return exchange.within(idle, this::read);
  }

  @Override
  public void close() {
    exchange.end();
  }

  private Line read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, body.read(buffer));
        if (to == 0) {
          return new Line.End(); // what a line lacks its end is none
        }
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      tooLong |= line.size() + end - from > LONGEST;
      if (!tooLong) {
        line.write(buffer, from, end - from);
      }
      boolean whole = end < to;
      from = whole ? end + 1 : end;
      if (whole && tooLong) {
        return new Line.TooLong();
      }
      if (whole && line.size() > 0) {
        return new Line.Text(line.toString(StandardCharsets.UTF_8));
      }
    }
  }
}
