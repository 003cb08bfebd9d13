package vethbook.kernel.magic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command: {@code %name} on a line, {@code %%name} over a cell, or both. */
public interface Magic {
  /** Its name, then others that notebooks know it by. */
  List<String> names();

  /** How it is typed, a line for each form. */
  List<String> usage();

  /** What it does, in one sentence. */
  String summary();

  /** What may follow its name, for completion; empty when that is anything. */
  default List<String> arguments() {
    return List.of();
  }

  /** Whether its value is shown when its line is the last of a cell. */
  default boolean showsItsValue() {
    return true;
  }

  /**
   * Does what it says on a line.
   *
   * @return its value; null for none
   * @throws Throwable what the user's code throws that it runs
   */
  default @Nullable Object line(Call call) throws Throwable {
    throw new MagicException(
        "Cannot use %" + call.name() + " on a line", "it goes over a cell: " + usage().get(0));
  }

  /**
   * Does what it says over a cell.
   *
   * @param body the cell with blanks in place of the magic's line, so that positions in it are the
   *     cell's
   * @return its value; null for none
   * @throws Throwable what the user's code throws that it runs
   */
  default @Nullable Object cell(Call call, String body) throws Throwable {
    throw new MagicException(
        "Cannot use %%" + call.name() + " over a cell", "it goes on a line: " + usage().get(0));
  }

  /**
   * One use of it.
   *
   * @param name as it was typed
   * @param text what follows the name on its line
   * @param code the text, behind as many blanks and line ends as are before it in the cell
   * @param language the language of the cell around it
   * @param number the cell's execution count
   */
  record Call(Cells cells, String name, String text, String code, String language, int number) {
    /** The words of the text; quotes keep words together. */
    public List<String> words() {
      return Words.of(text);
    }

    /** Runs code of the cell's language. */
    public @Nullable Object run(String source) throws Throwable {
      return cells.run(source, language, number);
    }
  }
}
