package vethbook.kernel.language;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of the cells that ran, to show the line that an error points to. */
public final class CellSources {
  /** What the name of each cell's class begins with. */
  public static final String PREFIX = "cell_";

  private static final Pattern FILE = Pattern.compile(PREFIX + "(\\d+)\\.(?:groovy|java)");
  private static final int KEPT = 200;

  private final Map<Integer, String> texts = new LinkedHashMap<>();

  public static String className(int number) {
    return PREFIX + number;
  }

  public synchronized void add(int number, String code) {
    texts.put(number, code);
    if (texts.size() > KEPT) {
      texts.remove(texts.keySet().iterator().next());
    }
  }

  /**
   * A line of a cell.
   *
   * @param cell its number
   * @param line from 1
   */
  public record Place(int cell, int line) {
    @Override
    public String toString() {
      return (cell == Language.BESIDE_THE_CELLS ? "expression" : "cell " + cell) + ", line " + line;
    }
  }

  /** Where in a cell an error came from: the innermost frame that is a cell's. */
  public Optional<Place> place(Throwable error) {
    for (StackTraceElement frame : error.getStackTrace()) {
      Optional<Place> place = place(frame);
      if (place.isPresent()) {
        return place;
      }
    }
    return Optional.empty();
  }

  public static Optional<Place> place(StackTraceElement frame) {
    Matcher matcher = FILE.matcher(String.valueOf(frame.getFileName()));
    return matcher.matches() && frame.getLineNumber() > 0
        ? Optional.of(new Place(Integer.parseInt(matcher.group(1)), frame.getLineNumber()))
        : Optional.empty();
  }

  public static Optional<Integer> cell(String file) {
    Matcher matcher = FILE.matcher(file);
    return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }

  /** The text of a cell; empty when it is not kept. */
  public synchronized String text(int cell) {
    return texts.getOrDefault(cell, "");
  }

  /** The text of that line; empty when it is not kept. */
  public synchronized String line(Place place) {
    return texts
        .getOrDefault(place.cell(), "")
        .lines()
        .skip(place.line() - 1L)
        .findFirst()
        .orElse("");
  }
}
