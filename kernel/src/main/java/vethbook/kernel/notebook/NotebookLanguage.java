package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;

/** What a notebook's cells are written in, by its metadata; Groovy where that says nothing. */
enum NotebookLanguage {
  GROOVY("groovy", "vethbook", "Vethbook", "text/x-groovy", ".groovy"),
  JAVA("java", "vethbook-java", "Vethbook Java", "text/x-java", ".jsh");

  private final String id;
  private final String kernel;
  private final String display;
  private final String mimetype;
  private final String extension;

  NotebookLanguage(String id, String kernel, String display, String mimetype, String extension) {
    this.id = id;
    this.kernel = kernel;
    this.display = display;
    this.mimetype = mimetype;
    this.extension = extension;
  }

  /** As the engine knows it. */
  String id() {
    return id;
  }

  /**
   * The language of a notebook: by the kernel's name where it is ours, because its language may
   * have been set to another for papermill's sake.
   *
   * @throws NotebookException for a kernel that this program is not
   */
  static NotebookLanguage of(Notebook notebook, Path file, Path output) {
    JsonNode kernelspec = notebook.metadata().path("kernelspec");
    String name = kernelspec.path("name").asText("");
    String said =
        kernelspec
            .path("language")
            .asText(notebook.metadata().path("language_info").path("name").asText(""))
            .toLowerCase(Locale.ROOT);
    for (NotebookLanguage each : values()) {
      if (name.equals(each.kernel)) {
        return each;
      }
    }
    for (NotebookLanguage each : values()) {
      if (said.equals(each.id) || (said.isEmpty() && name.contains(each.id))) {
        return each;
      }
    }
    if (said.isEmpty() && name.isEmpty()) {
      return GROOVY;
    }
    throw new NotebookException(
        "Cannot run %s: it is written for the kernel %s%s"
            .formatted(
                file,
                name.isEmpty() ? "of " + said : name,
                said.isEmpty() ? "" : " (" + said + ")"),
        "Vethbook runs Groovy and Java; Jupyter runs this one:\n"
            + "         jupyter nbconvert --to notebook --execute --output-dir %s --output %s %s"
                .formatted(output.toAbsolutePath().getParent(), output.getFileName(), file),
        null);
  }

  /** Writes down which kernel has run the cells. */
  void keepIn(Notebook notebook) {
    notebook
        .metadata()
        .withObject("/language_info")
        .put("name", id)
        .put("mimetype", mimetype)
        .put("file_extension", extension);
    ObjectNode kernelspec = notebook.metadata().withObject("/kernelspec");
    if (!kernelspec.path("name").asText().equals(kernel) || !kernelspec.has("language")) {
      kernelspec.put("language", id);
    }
    kernelspec.put("name", kernel).put("display_name", display);
  }
}
