package dev.plimsoll.testing;

import dev.plimsoll.fleet.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.util.List;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;

/**
 * An SSH server on a port of 127.0.0.1 whose one user may run one command: {@code docker system
 * dial-stdio}, which reaches a test's engine. Any other command ends with status 127.
 */
public final class TestSshServer implements AutoCloseable {
  /** The one user. */
  public static final String USER = "collector";

  private static final String COMMAND = "docker system dial-stdio";

  private final SshServer server;

  private TestSshServer(SshServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param engine that the command reaches
   * @param accepted the key by which the user is let in
   * @param hostKeys by which the server shows who it is, one of a type
   */
  public static TestSshServer start(TestEngine engine, KeyPair accepted, KeyPair... hostKeys) {
    return start(
        List.of(
            Programs.require("docker"),
            "--host",
            "unix://" + engine.socket(),
            "system",
            "dial-stdio"),
        accepted,
        hostKeys);
  }

  /**
   * Starts a server whose command is a program that says it does not know of Docker.
   *
   * @param accepted the key by which the user is let in
   */
  public static TestSshServer withoutDocker(KeyPair accepted, KeyPair... hostKeys) {
    return start(
        List.of("/bin/sh", "-c", "echo 'sh: docker: command not found' >&2; exit 127"),
        accepted,
        hostKeys);
  }

  /**
   * Starts a server on which a program stands for each command but the one that reaches an engine.
   *
   * @param engine that {@code docker system dial-stdio} reaches
   * @param programs the program for a command
   */
  public static TestSshServer withCommands(
      TestEngine engine,
      Function<String, List<String>> programs,
      KeyPair accepted,
      KeyPair... hostKeys) {
    List<String> dial =
        List.of(
            Programs.require("docker"),
            "--host",
            "unix://" + engine.socket(),
            "system",
            "dial-stdio");
    return serve(
        command -> COMMAND.equals(command) ? dial : programs.apply(command), accepted, hostKeys);
  }

  /** Starts a server without an engine, on which a program stands for each command. */
  public static TestSshServer withCommands(
      Function<String, List<String>> programs, KeyPair accepted, KeyPair... hostKeys) {
    return serve(programs, accepted, hostKeys);
  }

  private static TestSshServer start(List<String> program, KeyPair accepted, KeyPair... hostKeys) {
    return serve(
        command -> COMMAND.equals(command) ? program : List.of("/bin/false"), accepted, hostKeys);
  }

  private static TestSshServer serve(
      Function<String, List<String>> programs, KeyPair accepted, KeyPair... hostKeys) {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            USER.equals(user) && KeyUtils.compareKeys(key, accepted.getPublic()));
    server.setCommandFactory((channel, command) -> run(programs.apply(command)));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TestSshServer(server);
  }

  private static Command run(List<String> program) {
    return new InvertedShellWrapper(new ProcessShell(program));
  }

  /** How the server is reached. */
  public Endpoint.Ssh endpoint() {
    return new Endpoint.Ssh(USER, "127.0.0.1", server.getPort());
  }

  /** How many clients are connected. */
  public int sessions() {
    return server.getActiveSessions().size();
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
