package dev.plimsoll.owncheck;

/**
 * What is wrong with an expression.
 *
 * @param line from 1
 * @param column from 1, in characters as people count them
 * @param message what is wrong and what to do
 */
public record Problem(int line, int column, String message) {
  @Override
  public String toString() {
    return "line " + line + ", column " + column + ": " + message;
  }
}
