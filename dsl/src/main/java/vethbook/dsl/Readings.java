package vethbook.dsl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.lab.PlanException;
import vethbook.tool.Figure;

/**
 * What can be said inside the block of {@code measure}: the numbers that a program's output holds.
 */
public final class Readings {
  private final List<Figure> figures = new ArrayList<>();
  private long transactions;

  Readings() {}

  /**
   * A number of which more is better; the first number said is the main one.
   *
   * @param unit a base unit: {@code 'requests/s'}, {@code 'bit/s'}
   * @param value a number, or a text that holds one
   */
  public void higherIsBetter(String name, String unit, @Nullable Object value) {
    figures.add(new Figure(name, unit, true, number(name, value)));
  }

  /** A number of which less is better, such as a time. */
  public void lowerIsBetter(String name, String unit, @Nullable Object value) {
    figures.add(new Figure(name, unit, false, number(name, value)));
  }

  /** How many round trips were made, by which counters are divided. */
  public void transactions(@Nullable Object count) {
    transactions = Math.round(number("transactions", count));
  }

  private static double number(String name, @Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return Double.parseDouble(String.valueOf(value).strip());
    } catch (NumberFormatException e) {
      throw new PlanException(
          "Cannot read '%s' as %s".formatted(value, name),
          "it takes a number: look what the program printed, run client, ...");
    }
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  long made() {
    return transactions;
  }
}
