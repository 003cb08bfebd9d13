package vethbook.kernel.language;

import vethbook.extension.MimeBundle;
import vethbook.extension.Progress;

/** Where {@link NotebookFunctions} show and ask: the cell that is running. */
public interface NotebookOutput {
  /** Shows something below the running cell; an update replaces what has this id. */
  void display(MimeBundle bundle, String id, boolean isUpdate);

  /** Forgets what the cell has shown as soon as something new comes. */
  void clear();

  /** Tells how far the cell is. */
  void progress(Progress progress);

  /**
   * Asks the person for a line.
   *
   * @param password whether what is typed is hidden
   */
  String ask(String prompt, boolean password) throws InterruptedException;
}
