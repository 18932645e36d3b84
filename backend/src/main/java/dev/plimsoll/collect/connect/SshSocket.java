package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a remote command as a socket, as far as HTTP needs one. It has no read
 * timeout of its own: calls end by interruption.
 */
final class SshSocket extends Socket {
  private static final long EXIT_STATUS_MILLIS = 2_000;

  private final ChannelExec channel;
  private final Endpoint.Ssh endpoint;
  private final Complaint complaint = new Complaint();
  private @Nullable InputStream in;

  /** Takes a channel that is not open yet. */
  SshSocket(ChannelExec channel, Endpoint.Ssh endpoint) {
    this.channel = channel;
    this.endpoint = endpoint;
    channel.setErr(complaint);
  }

  /** To be called once the channel is open. */
  SshSocket opened() {
    in = new CommandOutput(channel.getInvertedOut());
    return this;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (in == null) {
      throw new IOException("the channel is not open");
    }
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return channel.getInvertedIn();
  }

  @Override
  public void close() {
    channel.close(true);
  }

  @Override
  public boolean isClosed() {
    return channel.isClosed();
  }

  @Override
  public boolean isConnected() {
    return channel.isOpen();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public void shutdownInput() {
    channel.close(true);
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.getInvertedIn().close();
  }

  @Override
  public void setSoTimeout(int timeout) {
    // see the class comment
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setSoLinger(boolean on, int linger) {
    // closing never waits
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port());
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return null;
  }

  /** Notices a command that ends before it passed anything on, which is its way to say no. */
  private final class CommandOutput extends FilterInputStream {
    private boolean started;

    CommandOutput(InputStream output) {
      super(output);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      noticeEnd(value < 0);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      noticeEnd(count < 0);
      return count;
    }

    private void noticeEnd(boolean ended) throws IOException {
      if (ended && !started) {
        channel.waitFor(
            EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED),
            EXIT_STATUS_MILLIS);
        throw new DialStdioException(channel.getExitStatus(), complaint.text());
      }
      started = true;
    }
  }

  /** The first bytes of what the command writes to its standard error. */
  private static final class Complaint extends OutputStream {
    private static final int LONGEST = 2_000;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      if (kept.size() < LONGEST) {
        kept.write(b);
      }
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
