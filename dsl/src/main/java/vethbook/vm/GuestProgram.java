package vethbook.vm;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** This same program with this same Java, to be started in a guest. */
public final class GuestProgram {
  private static final List<String> VARIABLES =
      List.of("VETHBOOK_LAUNCHER", "VETHBOOK_HOME", "COLUMNS");

  private GuestProgram() {}

  /**
   * A script that runs it.
   *
   * @param folder it works in
   * @param options of Java's besides those of this process
   * @param arguments of the program: {@code run}, ...
   */
  public static String script(Path folder, List<String> options, List<String> arguments) {
    List<String> argv = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    options().forEach(argv::add);
    argv.addAll(options);
    // the second compiler would work beside what is measured for as long as the notebook runs
    argv.add("-XX:TieredStopAtLevel=1");
    argv.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    argv.add("vethbook.kernel.Vethbook");
    argv.addAll(arguments);
    StringBuilder script = new StringBuilder();
    script.append("cd ").append(quoted(folder.toString())).append(" || exit\n");
    for (String name : VARIABLES) {
      String value = System.getenv(name);
      if (value != null) {
        script.append("export ").append(name).append('=').append(quoted(value)).append('\n');
      }
    }
    script.append("export HOME=").append(quoted(System.getProperty("user.home"))).append('\n');
    script.append("exec");
    argv.forEach(word -> script.append(' ').append(quoted(word)));
    return script.append('\n').toString();
  }

  /** The files of the program itself: its jars and its archive of classes. */
  public static List<Path> files() {
    List<String> files =
        new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    options()
        .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
        .forEach(option -> files.add(option.substring(option.indexOf('=') + 1)));
    return files.stream()
        .map(file -> Path.of(file).toAbsolutePath().normalize())
        .filter(Files::isRegularFile)
        .toList();
  }

  /** This Java's own, so that the same archive of classes serves there. */
  private static Stream<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("-D"));
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
