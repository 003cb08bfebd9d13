package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Extension;
import vethbook.kernel.language.CellError;
import vethbook.kernel.session.Engine;

/** What a notebook's cells are written in, by its metadata; Groovy where that says nothing. */
enum NotebookLanguage implements NotebookKernel {
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

  /**
   * The language of a notebook: by the kernel's name where it is ours, because its language may
   * have been set to another for papermill's sake; empty for a kernel that this program is not.
   */
  static Optional<NotebookLanguage> of(Notebook notebook) {
    String name = NotebookKernel.nameIn(notebook);
    String said = NotebookKernel.languageIn(notebook);
    for (NotebookLanguage each : values()) {
      if (name.equals(each.kernel)) {
        return Optional.of(each);
      }
    }
    for (NotebookLanguage each : values()) {
      boolean isNamedSo = name.contains(each.id) && !name.contains("javascript");
      if (said.equals(each.id) || (said.isEmpty() && isNamedSo)) {
        return Optional.of(each);
      }
    }
    return said.isEmpty() && name.isEmpty() ? Optional.of(GROOVY) : Optional.empty();
  }

  @Override
  public CellRunner start(
      List<Extension> extensions,
      NotebookSink sink,
      Engine.Played played,
      BooleanSupplier isUnwanted) {
    return new Runner(new Engine(extensions, sink, played));
  }

  @Override
  public String language() {
    return id;
  }

  @Override
  public Optional<String> displayName() {
    return Optional.empty();
  }

  @Override
  public void keepIn(Notebook notebook) {
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

  private record Runner(Engine engine) implements CellRunner {
    @Override
    public @Nullable CellError execute(String code, int count) {
      return engine.execute(code, count, false).error();
    }

    @Override
    public void interrupt() {
      engine.interrupt();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
