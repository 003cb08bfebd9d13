package vethbook.extension;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in a cell where a value is being typed: an argument of a word, or the value of one of its
 * named options.
 *
 * @param word the word or method whose argument it is; empty for none
 * @param receiver what the word is said to, such as a namespace; null for none or not known yet
 * @param option the option's name; empty for an argument without a name
 * @param position the number of arguments without a name before it
 * @param type the type that is wanted there; Object when not known
 * @param inText true between quotes
 * @param typed what stands there already, up to the cursor
 * @param variables what the cell's variables hold
 */
public record Slot(
    String word,
    @Nullable Object receiver,
    String option,
    int position,
    Class<?> type,
    boolean inText,
    String typed,
    Map<String, Object> variables) {
  /** Whether it is the value of this option of this word. */
  public boolean is(String ofWord, String ofOption) {
    return word.equals(ofWord) && option.equals(ofOption);
  }
}
