package vethbook.kernel.session;

/** Where a cell's questions to the person go. */
@FunctionalInterface
public interface InputSource {
  /**
   * Asks for one line and waits.
   *
   * @param password whether what is typed is hidden
   * @throws InputRefusedException if nobody can answer
   * @throws InterruptedException if the cell is interrupted while it waits
   */
  String ask(String prompt, boolean password) throws InterruptedException;

  /** For runs without a person. */
  static InputSource nobody() {
    return (prompt, password) -> {
      throw new InputRefusedException(prompt);
    };
  }
}
