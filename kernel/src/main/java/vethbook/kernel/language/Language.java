package vethbook.kernel.language;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Suggestion;

/**
 * A language that cells are written in. Cells share the language's variables. Evaluation happens on
 * one thread at a time; completion and inspection may be asked from another.
 */
public interface Language {
  /** The number of what is evaluated without being a cell, such as a front end's expression. */
  int BESIDE_THE_CELLS = 0;

  /** What front ends want to know of it. */
  Info info();

  /**
   * Runs a cell.
   *
   * @param number the cell's execution count, by which errors name it
   * @return the value of its last expression; null for none
   * @throws Throwable whatever the cell throws
   */
  @Nullable Object evaluate(String code, int number) throws Throwable;

  /** An error of a cell, for the person who typed it. */
  CellError explain(Throwable error);

  /** Whether the text is a whole cell. */
  Completeness completeness(String code);

  /** What could stand at the cursor, a character offset. */
  Completions complete(String code, int cursor);

  /**
   * What is known about the name at the cursor; empty when nothing is.
   *
   * @param detailed false for what is wanted while typing, true for all there is
   */
  Optional<MimeBundle> inspect(String code, int cursor, boolean detailed);

  /**
   * Forgets variables.
   *
   * @param names theirs; none for all that cells have declared
   */
  void forget(Collection<String> names);

  /** Variables by name. */
  Map<String, Object> variables();

  /**
   * What {@code kernel_info_reply} tells.
   *
   * @param fileExtension with its dot
   */
  record Info(String name, String version, String mimeType, String fileExtension) {}

  /**
   * Candidates for a part of the text.
   *
   * @param start where the part begins
   * @param end where it ends
   */
  record Completions(List<Suggestion> matches, int start, int end) {
    /** The texts alone. */
    public List<String> texts() {
      return matches.stream().map(Suggestion::text).toList();
    }
  }

  /**
   * Whether a text could be run.
   *
   * @param status complete, incomplete or invalid
   * @param indent what the next line of an incomplete text begins with
   */
  record Completeness(String status, String indent) {
    public static final Completeness COMPLETE = new Completeness("complete", "");
    public static final Completeness INVALID = new Completeness("invalid", "");
  }
}
