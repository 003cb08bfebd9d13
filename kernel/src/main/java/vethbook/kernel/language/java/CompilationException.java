package vethbook.kernel.language.java;

import java.util.List;

/** The compiler refused a cell. */
final class CompilationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /**
   * One thing that the compiler says.
   *
   * @param at offset in the cell
   * @param text its words, without a final full stop
   */
  record Problem(int at, String text) {}

  CompilationException(int cell, String code, List<Problem> problems) {
    super(problems.isEmpty() ? "" : problems.get(0).text());
    this.cell = cell;
    this.code = code;
    this.problems = List.copyOf(problems);
  }

  private final int cell;
  private final String code;

  int cell() {
    return cell;
  }

  String code() {
    return code;
  }

  List<Problem> problems() {
    return problems;
  }
}
