package dev.plimsoll.collect.connect;

import com.github.dockerjava.transport.UnixSocket;
import java.io.IOException;
import java.net.Socket;

/** Reaches the engine of the portal's own machine. */
record UnixDialer(String path) implements Dialer {

  @Override
  public Socket dial() throws IOException {
    return UnixSocket.get(path);
  }
}
