package dev.plimsoll.collect.connect;

/** A session on a host in which the fixed reading commands can be run. */
public interface HostCommands extends AutoCloseable {

  /**
   * Runs a command to its end, whatever its exit status is.
   *
   * @param input its standard input
   * @throws EngineCallException if it could not be run, took too long, or wrote too much
   */
  Output run(HostCommand command, String input) throws EngineCallException;

  /** Runs a command that reads nothing. */
  default Output run(HostCommand command) throws EngineCallException {
    return run(command, "");
  }

  /** Ends the session; commands under way fail. */
  @Override
  void close();

  /**
   * What a command wrote.
   *
   * @param status its exit status; 127 by convention where there is no such program
   * @param text its standard output
   * @param complaint its standard error, cut where it is long
   */
  record Output(int status, String text, String complaint) {}
}
