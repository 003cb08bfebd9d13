package vethbook.kernel.client;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The kernels that are installed on this machine, by Jupyter's search path.
 *
 * @see "https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files"
 */
public final class Kernelspecs {
  private static final String JUPYTER = "share/jupyter";

  private final Map<String, String> environment;
  private final Map<String, Kernelspec> found = new TreeMap<>();

  private Kernelspecs(Map<String, String> environment) {
    this.environment = environment;
    places().forEach(this::read);
  }

  /** Looks for them where this process's environment says. */
  public static Kernelspecs ofThisMachine() {
    return new Kernelspecs(System.getenv());
  }

  static Kernelspecs in(Map<String, String> environment) {
    return new Kernelspecs(environment);
  }

  /** All, by name. */
  public Collection<Kernelspec> all() {
    return found.values();
  }

  /**
   * The one that a notebook asks for: by its name, or where the notebook has none by the language.
   */
  public Optional<Kernelspec> find(String name, String language) {
    return name.isEmpty()
        ? all().stream().filter(one -> one.language().equalsIgnoreCase(language)).findFirst()
        : Optional.ofNullable(found.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The program that starts a kernel, if it is not on this machine. */
  public Optional<String> missingProgram(Kernelspec spec) {
    String program = spec.argv().get(0);
    boolean isThere =
        program.contains("/")
            ? Files.isExecutable(Path.of(program))
            : folders("PATH").stream().anyMatch(in -> Files.isExecutable(in.resolve(program)));
    return isThere ? Optional.empty() : Optional.of(program);
  }

  private void read(Path place) {
    Path folder = place.resolve("kernels");
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> specs = Files.list(folder)) {
      specs
          .flatMap(one -> Kernelspec.read(one).stream())
          .forEach(one -> found.putIfAbsent(one.name(), one));
    } catch (AccessDeniedException e) {
      return; // another user's
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * In Jupyter's order. Python's prefix is not asked from Python: it is the folder above that of
   * its program, as for any program on the path, and what environments say of themselves.
   */
  private Set<Path> places() {
    Set<Path> places = new LinkedHashSet<>(folders("JUPYTER_PATH"));
    Path home = folder("HOME").orElse(Path.of(System.getProperty("user.home")));
    Path data = folder("XDG_DATA_HOME").orElse(home.resolve(".local/share"));
    places.add(folder("JUPYTER_DATA_DIR").orElse(data.resolve("jupyter")));
    for (String prefix : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      folder(prefix).map(path -> path.resolve(JUPYTER)).ifPresent(places::add);
    }
    for (Path bin : folders("PATH")) {
      if (bin.endsWith("bin") && bin.getParent() != null) {
        places.add(bin.getParent().resolve(JUPYTER));
      }
    }
    places.add(Path.of("/usr/local/" + JUPYTER));
    places.add(Path.of("/usr/" + JUPYTER));
    return places;
  }

  private Optional<Path> folder(String variable) {
    return folders(variable).stream().findFirst();
  }

  private List<Path> folders(String variable) {
    List<Path> folders = new ArrayList<>();
    for (String name : environment.getOrDefault(variable, "").split(File.pathSeparator)) {
      if (!name.isEmpty()) {
        folders.add(Path.of(name));
      }
    }
    return folders;
  }
}
