package vethbook.kernel.language;

import java.util.List;

/**
 * An error as front ends show it.
 *
 * @param name its kind
 * @param value its first line
 * @param traceback the whole text with terminal colours, a line each
 */
public record CellError(String name, String value, List<String> traceback) {
  public CellError {
    traceback = List.copyOf(traceback);
  }
}
