package vethbook.dsl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.linux.process.Command;

/**
 * One way to build the lab of {@link LabBenchmark}.
 *
 * @param removes what its tear-down does
 * @param absence why it cannot be tried here; null when it can
 * @param most the largest number of leaves worth waiting for
 */
record LabBuilder(String name, String removes, @Nullable String absence, int most, Build build) {
  static final String OURS = "Vethbook, warm words";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path SCRIPTS = Path.of("src/test/resources/vethbook/benchmark");

  /** Builds a lab of so many leaves, and removes it. */
  interface Build {
    Times run(int leaves) throws IOException;
  }

  /**
   * Milliseconds.
   *
   * @param tearDown until the builder was done with it; Linux goes on in the background
   */
  record Times(double build, double tearDown) {
    static Times parse(String printed) {
      String[] parts = printed.strip().split("\\s+");
      return new Times(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }
  }

  static List<LabBuilder> all(Path folder) {
    return List.of(
        compiled(folder, "C, rtnetlink", "its file descriptors", ""),
        compiled(folder, "C, the same work", "its file descriptors", "same"),
        new LabBuilder(OURS, "lab.reset()", null, 1000, LabBenchmark.sameWords()),
        new LabBuilder(
            "Vethbook, warm, new cell", "lab.close()", null, 1000, LabBenchmark::newCell),
        new LabBuilder(
            "Vethbook, cold, first cell",
            "lab.close()",
            null,
            1000,
            n -> program(java(), "-cp", classPath(), FirstLab.class.getName(), "" + n)),
        script("ip -batch", "ip netns del, one batch", 1000, "bash", "lab-ip-batch.sh"),
        script("ip, one a step", "ip netns del, one each", 100, "bash", "lab-ip.sh"),
        python("pyroute2", "netns.remove()", "pyroute2"),
        python("mininet", "net.stop()", "mininet"));
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static LabBuilder compiled(Path folder, String name, String removes, String option) {
    Path program = folder.resolve("lab");
    String absence = Files.exists(program) ? null : compile(program);
    return new LabBuilder(
        name,
        removes,
        absence,
        1000,
        n ->
            option.isEmpty()
                ? program(program.toString(), "" + n)
                : program(program.toString(), "" + n, option));
  }

  private static @Nullable String compile(Path program) {
    Optional<Path> compiler = Command.find("gcc");
    if (compiler.isEmpty()) {
      return "gcc is not installed";
    }
    String source = SCRIPTS.resolve("lab.c").toString();
    Command.Output output = Command.of("gcc", "-O2", "-o", program.toString(), source).run(LIMIT);
    return output.exit() == 0 ? null : "gcc failed: " + output.err();
  }

  private static LabBuilder script(
      String name, String removes, int most, String interpreter, String file) {
    return new LabBuilder(
        name,
        removes,
        Command.find(interpreter).isPresent() ? null : interpreter + " is not installed",
        most,
        n -> program(interpreter, SCRIPTS.resolve(file).toString(), "" + n));
  }

  private static LabBuilder python(String name, String removes, String module) {
    String python = "/usr/bin/python3"; // Debian's, which has Debian's modules
    boolean present =
        Files.isExecutable(Path.of(python))
            && Command.of(python, "-c", "import " + module).run(LIMIT).exit() == 0;
    return new LabBuilder(
        name,
        removes,
        present ? null : "Debian's python3 has no module " + module,
        100,
        n -> program(python, SCRIPTS.resolve("lab-" + module + ".py").toString(), "" + n));
  }

  private static Times program(String... argv) throws IOException {
    Command.Output output = Command.of(argv).run(LIMIT);
    if (output.exit() != 0) {
      throw new IOException(String.join(" ", argv) + ": " + output.err() + output.out());
    }
    return Times.parse(output.out());
  }
}
