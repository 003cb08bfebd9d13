package vethbook.kernel.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "install",
    description = {
      "Make the kernel known to Jupyter (writes its kernelspecs).",
      "One is for notebooks whose cells are Groovy, NAME-java for those whose cells are Java."
    },
    mixinStandardHelpOptions = true)
final class Install implements Runnable {
  private static final List<String> LOGOS =
      List.of("logo-svg.svg", "logo-32x32.png", "logo-64x64.png");

  @Spec private CommandSpec spec;

  @ArgGroup private Where where = new Where();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The kernelspec's name (default: ${DEFAULT-VALUE}).")
  private String name = "vethbook";

  /** For whom. */
  private static final class Where {
    @Option(names = "--user", description = "For this user (the default).")
    @SuppressWarnings("UnusedVariable") // saying the default aloud is allowed
    private boolean user;

    @Option(names = "--system", description = "For all users, below /usr/local; needs root.")
    private boolean system;

    @Option(
        names = "--prefix",
        paramLabel = "DIR",
        description = "Below DIR/share/jupyter, such as that of a virtual environment.")
    private @Nullable Path prefix;
  }

  @Override
  public void run() {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new UsageException(
          "Cannot name a kernelspec '" + name + "': it has letters, digits, '.', '_' and '-' only");
    }
    install(name, "Vethbook", "groovy");
    install(name + "-java", "Vethbook Java", "java");
  }

  private void install(String kernelspec, String title, String language) {
    Path folder = jupyter().resolve("kernels").resolve(kernelspec);
    try {
      Files.createDirectories(folder);
      ObjectMapper json = new ObjectMapper();
      Files.writeString(
          folder.resolve("kernel.json"),
          json.writerWithDefaultPrettyPrinter().writeValueAsString(content(json, title, language))
              + "\n");
      for (String logo : LOGOS) {
        try (InputStream in = Install.class.getResourceAsStream(logo)) {
          Files.copy(
              Objects.requireNonNull(in, logo),
              folder.resolve(logo),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (AccessDeniedException e) {
      String next =
          where.system
              ? "--system needs root: say it with sudo, or leave it out to install for you alone"
              : "--prefix DIR installs below a folder that you may write to";
      throw new UsageException(
          "Cannot write "
              + folder
              + ": permission denied for "
              + e.getFile()
              + ".\n  next:  "
              + next);
    } catch (IOException e) {
      throw new UsageException("Cannot write " + folder + ": " + e);
    }
    spec.commandLine().getOut().println("Installed kernelspec " + kernelspec + " in " + folder);
    spec.commandLine().getOut().flush();
  }

  private Path jupyter() {
    if (where.prefix != null) {
      return where.prefix.toAbsolutePath().resolve("share/jupyter");
    }
    if (where.system) {
      return Path.of("/usr/local/share/jupyter");
    }
    String data = System.getenv("JUPYTER_DATA_DIR");
    if (data != null && !data.isEmpty()) {
      return Path.of(data);
    }
    String xdg = System.getenv("XDG_DATA_HOME");
    return xdg != null && !xdg.isEmpty()
        ? Path.of(xdg, "jupyter")
        : Path.of(System.getProperty("user.home"), ".local/share/jupyter");
  }

  private static ObjectNode content(ObjectMapper json, String title, String language) {
    ObjectNode kernelspec = json.createObjectNode();
    launcher(language).forEach(kernelspec.putArray("argv")::add);
    kernelspec.put("display_name", title).put("language", language);
    // a signal would reach the tools that cells run as well
    kernelspec.put("interrupt_mode", "message");
    kernelspec.putObject("metadata").put("debugger", false);
    return kernelspec;
  }

  /** The launcher script, which finds Java and enters a user namespace; else Java itself. */
  private static List<String> launcher(String language) {
    String launcher = System.getenv("VETHBOOK_LAUNCHER");
    String option = "--language=" + language;
    if (launcher != null && !launcher.isEmpty()) {
      return List.of(launcher, "kernel", option, "{connection_file}");
    }
    String java = ProcessHandle.current().info().command().orElse("java");
    String jar = System.getProperty("java.class.path");
    return List.of(
        java,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        jar,
        "vethbook.kernel.Vethbook",
        "kernel",
        option,
        "{connection_file}");
  }
}
