package dev.plimsoll.collect.connect;

import dev.plimsoll.fleet.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;

/**
 * Reaches an engine through {@code docker system dial-stdio} on its host, as the Docker command
 * line does: one SSH session, and in it one such command for each connection.
 *
 * @param session authenticated; it ends with the dialer
 */
record SshDialer(ClientSession session, Endpoint.Ssh endpoint, Duration limit) implements Dialer {
  /** OpenSSH allows ten a session by default ({@code MaxSessions} of sshd_config(5)). */
  static final int MAX_CHANNELS = 8;

  static final String COMMAND = "docker system dial-stdio";

  @Override
  public Socket dial() throws IOException {
    if (!session.isOpen()) {
      throw new IOException("the SSH session has ended");
    }
    ChannelExec channel = session.createExecChannel(COMMAND);
    try {
      SshSocket socket = new SshSocket(channel, endpoint);
      channel.open().verify(limit);
      return socket.opened();
    } catch (IOException e) {
      channel.close(true);
      throw e;
    } catch (RuntimeException e) {
      channel.close(true);
      throw new IOException("the SSH session has ended", e); // between the question and its use
    }
  }

  @Override
  public void close() {
    session.close(true);
  }
}
