package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import vethbook.extension.Extension;
import vethbook.kernel.client.Kernelspecs;
import vethbook.kernel.session.Engine;

/** What a notebook asks for to run its cells. */
interface NotebookKernel {
  /**
   * Starts it.
   *
   * @param played what our own kernels are told of the run
   * @param isUnwanted asked while it starts; true gives up
   * @throws NotebookException if it does not start
   */
  CellRunner start(
      List<Extension> extensions,
      NotebookSink sink,
      Engine.Played played,
      BooleanSupplier isUnwanted);

  /** The language of cells, as our engine knows it; for others as their kernelspec has it. */
  String language();

  /** Writes down which kernel has run the cells. */
  void keepIn(Notebook notebook);

  /** For people, when it is none of ours. */
  Optional<String> displayName();

  /**
   * The kernel of a notebook, ours if it can be.
   *
   * @param file where the notebook is
   * @throws NotebookException for a kernel that is not on this machine
   */
  static NotebookKernel of(Notebook notebook, Path file) {
    Optional<NotebookLanguage> own = NotebookLanguage.of(notebook);
    if (own.isPresent()) {
      return own.get();
    }
    return ForeignKernel.of(
        nameIn(notebook), languageIn(notebook), file, Kernelspecs.ofThisMachine());
  }

  /** Empty when the notebook names none. */
  static String nameIn(Notebook notebook) {
    return notebook.metadata().path("kernelspec").path("name").asText("");
  }

  /** In lower case; empty when the notebook says none. */
  static String languageIn(Notebook notebook) {
    JsonNode metadata = notebook.metadata();
    return metadata
        .path("kernelspec")
        .path("language")
        .asText(metadata.path("language_info").path("name").asText(""))
        .toLowerCase(Locale.ROOT);
  }
}
