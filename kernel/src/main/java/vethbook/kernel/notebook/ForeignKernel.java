package vethbook.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Extension;
import vethbook.kernel.client.JupyterKernel;
import vethbook.kernel.client.Kernelspec;
import vethbook.kernel.client.Kernelspecs;
import vethbook.kernel.language.CellError;
import vethbook.kernel.session.Engine;

/**
 * Another kernel of Jupyter's that is installed on this machine. It works in the folder of its
 * notebook, as it does for Jupyter.
 */
final class ForeignKernel implements NotebookKernel {
  private final Kernelspec spec;
  private final Path file;
  private @Nullable ObjectNode languageInfo;

  private ForeignKernel(Kernelspec spec, Path file) {
    this.spec = spec;
    this.file = file;
  }

  /**
   * The one that a notebook names.
   *
   * @param name empty where it says a language alone
   * @throws NotebookException if it is not there, or cannot start
   */
  static ForeignKernel of(String name, String language, Path file, Kernelspecs installed) {
    Kernelspec spec =
        installed
            .find(name, language)
            .orElseThrow(() -> notInstalled(name, language, file, installed));
    Optional<String> missing = installed.missingProgram(spec);
    if (missing.isPresent()) {
      throw new NotebookException(
          "Cannot run %s: kernel %s needs the program %s, which is not there"
              .formatted(file, spec.name(), missing.get()),
          "install it, or mend " + spec.folder().resolve("kernel.json"),
          null);
    }
    return new ForeignKernel(spec, file);
  }

  private static NotebookException notInstalled(
      String name, String language, Path file, Kernelspecs installed) {
    List<String> known =
        installed.all().stream().map(one -> one.name() + " (" + one.language() + ")").toList();
    return new NotebookException(
        "Cannot run %s: there is no kernel %s%s on this machine"
            .formatted(
                file,
                name.isEmpty() ? "for " + language : name,
                name.isEmpty() || language.isEmpty() ? "" : " (" + language + ")"),
        "install it for Jupyter, or choose in Jupyter one that is there and save the notebook;\n"
            + "         besides its own two languages, groovy and java, Vethbook found "
            + (known.isEmpty() ? "none" : String.join(", ", known)),
        null);
  }

  @Override
  public CellRunner start(
      List<Extension> extensions,
      NotebookSink sink,
      Engine.Played played,
      BooleanSupplier isUnwanted) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      JupyterKernel kernel = JupyterKernel.start(spec, folder, sink, isUnwanted);
      languageInfo = kernel.languageInfo();
      return new Runner(kernel);
    } catch (IOException e) {
      throw new NotebookException(
          "Cannot start kernel %s for %s. %s".formatted(spec.name(), file, e.getMessage()),
          "try what starts it: " + String.join(" ", spec.argv()),
          e);
    }
  }

  @Override
  public String language() {
    return spec.language();
  }

  @Override
  public void keepIn(Notebook notebook) {
    if (languageInfo != null) {
      notebook.metadata().set("language_info", languageInfo);
    }
    notebook
        .metadata()
        .withObject("/kernelspec")
        .put("name", spec.name())
        .put("display_name", spec.displayName())
        .put("language", spec.language());
  }

  @Override
  public Optional<String> displayName() {
    String version = languageInfo == null ? "" : languageInfo.path("version").asText("");
    return Optional.of(spec.displayName() + (version.isEmpty() ? "" : ", " + version));
  }

  private record Runner(JupyterKernel kernel) implements CellRunner {
    @Override
    public @Nullable CellError execute(String code, int count) {
      return kernel.execute(code);
    }

    @Override
    public void interrupt() {
      kernel.interrupt();
    }

    @Override
    public void close() throws IOException {
      kernel.close();
    }
  }
}
