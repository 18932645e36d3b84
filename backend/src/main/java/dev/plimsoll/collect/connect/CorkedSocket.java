package dev.plimsoll.collect.connect;

import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket that sends what was written only when its user is about to read.
 *
 * <p>An engine that does not like a client's certificate says why and hangs up, while the JDK is
 * still writing the rest of its handshake. That write then fails, and the reason, received already,
 * is never read. Sent in one piece, the handshake is out before the engine can hang up.
 */
final class CorkedSocket extends Socket {
  private @Nullable Cork cork;
  private @Nullable InputStream in;

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (in == null) {
      in = new UncorkingInput(super.getInputStream(), cork());
    }
    return in;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    return cork();
  }

  private Cork cork() throws IOException {
    if (cork == null) {
      cork = new Cork(super.getOutputStream());
    }
    return cork;
  }

  private static final class Cork extends BufferedOutputStream {
    Cork(OutputStream out) {
      super(out, 16 << 10);
    }

    @Override
    public void flush() {
      // not before the next read
    }

    void pull() throws IOException {
      super.flush();
    }
  }

  private static final class UncorkingInput extends FilterInputStream {
    private final Cork cork;

    UncorkingInput(InputStream in, Cork cork) {
      super(in);
      this.cork = cork;
    }

    @Override
    public int read() throws IOException {
      cork.pull();
      return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      cork.pull();
      return super.read(buffer, offset, length);
    }
  }
}
