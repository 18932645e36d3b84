package dev.plimsoll.testing;

import dev.plimsoll.fleet.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Docker engine of a test's own: it shares no image, container, identity or file with
 * another one, and several run side by side.
 *
 * <p>The engine, its containerd and all containers live in a PID and a mount namespace whose first
 * process waits on a pipe from this JVM. When the pipe closes, by {@link #close} or because the JVM
 * died, the kernel ends them all; a shell outside then removes the engine's files and cgroups.
 *
 * <p>There is no registry: {@link #build} makes images from nothing and a static busybox. Unless
 * the engine is {@link Builder#networked() networked}, containers that are to run need {@code
 * --network none}.
 */
public final class TestEngine implements AutoCloseable {
  /**
   * An image that every engine holds: busybox that sleeps, with users {@code root}, {@code app}.
   */
  public static final String IMAGE = "plimsoll/busybox:1";

  private static final Set<TestEngine> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(TestEngine::close), "end-test-engines"));
  }

  private final Path directory;
  private final Process outer;
  private final OutputStream commands;
  private final @Nullable Endpoint tcp;

  private TestEngine(Path directory, Process outer, @Nullable Endpoint tcp) {
    this.directory = directory;
    this.outer = outer;
    this.commands = outer.getOutputStream();
    this.tcp = tcp;
  }

  /** Starts an engine that listens on its UNIX socket alone. */
  public static TestEngine start() {
    return builder().start();
  }

  /** An engine to be configured. */
  public static Builder builder() {
    return new Builder();
  }

  /** What keeps this machine from running a test engine, if anything does. */
  public static Optional<String> obstacle() {
    Optional<String> missing =
        Stream.of("dockerd", "docker", "containerd", "busybox", "unshare", "bash")
            .filter(program -> Programs.find(program).isEmpty())
            .findFirst()
            .map(program -> program + " is missing");
    if (missing.isPresent()) {
      return missing;
    }
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("tests are not run as root");
  }

  /** The engine's UNIX socket. */
  public Path socket() {
    return directory.resolve("docker.sock");
  }

  /** Where all its files lie. */
  Path directory() {
    return directory;
  }

  /** How the engine is reached over its UNIX socket. */
  public Endpoint endpoint() {
    return new Endpoint.Unix(socket().toString());
  }

  /** How the engine is reached over TCP, plain or with TLS as it was built. */
  public Endpoint tcpEndpoint() {
    if (tcp == null) {
      throw new IllegalStateException("this engine was built without a TCP port");
    }
    return tcp;
  }

  /**
   * Runs the Docker command line against this engine.
   *
   * @param arguments such as {@code "create", "--name", "web", IMAGE}
   * @return its output without the last line end
   */
  public String docker(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Programs.require("docker"));
    command.add("--host");
    command.add("unix://" + socket());
    command.addAll(Arrays.asList(arguments));
    return Programs.run(
            directory, Map.of("HOME", directory.toString(), "DOCKER_BUILDKIT", "0"), command)
        .strip();
  }

  /**
   * Builds an image.
   *
   * @param dockerfile lines; the context holds {@code busybox}, {@code passwd} and {@code group}
   * @return the image's ID
   */
  public String build(String tag, String... dockerfile) {
    try {
      Path context = Files.createTempDirectory(directory, "build");
      Files.copy(Path.of(Programs.require("busybox")), context.resolve("busybox"));
      Files.writeString(
          context.resolve("passwd"),
          "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000:app:/app:/bin/sh\n");
      Files.writeString(context.resolve("group"), "root:x:0:\napp:x:1000:\n");
      Files.write(context.resolve("Dockerfile"), List.of(dockerfile));
      return docker("build", "--quiet", "--tag", tag, context.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the engine as by SIGKILL; its containers live on until it is closed. */
  public void kill() {
    ProcessHandle engine = process();
    engine.destroyForcibly();
    Waiting.until("the engine's end", () -> !engine.isAlive());
  }

  /** Starts the engine again after {@link #kill}. */
  public void restart() {
    command("start");
    try {
      Waiting.until("the engine's answer", this::answers);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(log(), e);
    }
  }

  /** Freezes the engine: connections are accepted, nothing is answered. */
  public void pause() {
    signal("STOP");
  }

  /** Lets the engine go on after {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  /** What the engine logged so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the engine and its containers at once and removes all their traces. */
  @Override
  public void close() {
    if (!RUNNING.remove(this)) {
      return;
    }
    end();
  }

  private void end() {
    try {
      commands.close();
      if (!outer.waitFor(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the engine in " + directory + " did not end");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String name) {
    Programs.run(
        directory, Map.of(), List.of("/bin/kill", "-" + name, Long.toString(process().pid())));
  }

  private ProcessHandle process() {
    return outer
        .descendants()
        .filter(handle -> handle.info().command().orElse("").endsWith("/dockerd"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the engine does not run"));
  }

  private void command(String line) {
    try {
      commands.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    if (!outer.isAlive()) {
      throw new IllegalStateException("the engine ended");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      channel.write(
          ByteBuffer.wrap(
              "GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII);
      return answer.startsWith("HTTP/1.0 200");
    } catch (IOException e) {
      return false; // not yet there, which is what the caller wants to know
    }
  }

  /** What a {@link TestEngine} is to be like. */
  public static final class Builder {
    private final List<String> options = new ArrayList<>();
    private boolean networked;
    private boolean tcp;
    private @Nullable TestCertificates certificates;

    private Builder() {}

    /** Listens on a free port of 127.0.0.1 too, without TLS. */
    public Builder tcp() {
      tcp = true;
      return this;
    }

    /** Listens on a free port of 127.0.0.1 too and demands a client certificate. */
    public Builder tls(TestCertificates authority) {
      tcp = true;
      certificates = authority;
      return this;
    }

    /**
     * Has a network namespace with the default bridge, so that containers can run on networks and
     * publish ports. Such an engine is reached over its UNIX socket only.
     */
    public Builder networked() {
      networked = true;
      return this;
    }

    /** Passes options to the daemon, such as {@code --icc=false}. */
    public Builder options(String... daemonOptions) {
      options.addAll(Arrays.asList(daemonOptions));
      return this;
    }

    /** Starts the engine and waits until it answers. */
    public TestEngine start() {
      if (networked && tcp) {
        throw new IllegalStateException("a networked engine listens on its UNIX socket only");
      }
      try {
        Path directory = Files.createTempDirectory("plimsoll-engine-");
        Path script = directory.resolve("engine.sh");
        try (var in = TestEngine.class.getResourceAsStream("test-engine.sh")) {
          Files.copy(Objects.requireNonNull(in, "test-engine.sh is not on the class path"), script);
        }
        int port = tcp ? freePort() : 0;
        List<String> command = new ArrayList<>();
        Collections.addAll(
            command, Programs.require("bash"), script.toString(), directory.toString());
        command.add(networked ? "own" : "shared");
        command.addAll(daemonOptions(directory, port));
        Process outer =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        TestEngine engine =
            new TestEngine(directory, outer, tcp ? new Endpoint.Tcp("127.0.0.1", port) : null);
        RUNNING.add(engine);
        try {
          engine.restart();
          engine.build(
              IMAGE,
              "FROM scratch",
              "COPY busybox /bin/busybox",
              "COPY busybox /bin/sh",
              "COPY passwd group /etc/",
              "STOPSIGNAL SIGKILL", // sleep heeds no other one, and stopping would take 10 s
              "CMD [\"/bin/busybox\", \"sleep\", \"1000000\"]");
        } catch (RuntimeException e) {
          engine.close();
          throw e;
        }
        return engine;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot start a Docker engine", e);
      }
    }

    private List<String> daemonOptions(Path directory, int port) {
      List<String> all = new ArrayList<>();
      all.add("--data-root=" + directory.resolve("data"));
      all.add("--host=unix://" + directory.resolve("docker.sock"));
      all.add("--cgroup-parent=/" + directory.getFileName());
      if (!networked) {
        Collections.addAll(all, "--bridge=none", "--iptables=false", "--ip-forward=false");
      }
      if (tcp) {
        all.add("--host=tcp://127.0.0.1:" + port);
        if (certificates == null) {
          all.add("--tls=false");
        } else {
          all.add("--tlsverify");
          all.add("--tlscacert=" + certificates.file("ca.pem"));
          all.add("--tlscert=" + certificates.file("server.pem"));
          all.add("--tlskey=" + certificates.file("server-key.pem"));
        }
      }
      all.addAll(options);
      return all;
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
