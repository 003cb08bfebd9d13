package vethbook.dsl.command;

import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vethbook.extension.RunPlace;
import vethbook.linux.process.Command;
import vethbook.linux.process.Folders;
import vethbook.vm.Guest;
import vethbook.vm.VirtualMachine;

/**
 * Runs notebooks in a virtual machine: under another Linux, and in counted time if wanted. The
 * guest runs this same program on the same files, and writes to the same folders.
 */
public final class CountedRun implements RunPlace {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int LOOK_MS = 100;
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--counted",
      description = {
        "Run in an emulated machine whose clock counts instructions: round trips get the same times"
            + " on any machine, however busy. Takes QEMU, neither root nor KVM, and about ten times"
            + " as long."
      })
  private boolean counted;

  @Option(
      names = "--linux",
      paramLabel = "SERIES",
      description = {
        "Run in an emulated machine with this Linux of Debian's, such as 6.1 (--counted alone:"
            + " 6.12); or the folder of an unpacked linux-image package."
      })
  private @Nullable String linux;

  private @Nullable Guest guest;
  private int interrupts;

  @Override
  public boolean isChosen() {
    return counted || linux != null;
  }

  @Override
  public List<String> without(List<String> arguments) {
    List<String> others = new ArrayList<>();
    boolean isValue = false;
    for (String argument : arguments) {
      boolean isOwn =
          isValue || argument.matches("--counted(=.*)?") || argument.matches("--linux(=.*)?");
      isValue = argument.equals("--linux");
      if (!isOwn) {
        others.add(argument);
      }
    }
    return others;
  }

  @Override
  public int run(Request request) {
    VirtualMachine chosen = VirtualMachine.create(linux == null ? VirtualMachine.USUAL : linux);
    VirtualMachine machine =
        (counted ? chosen.counted() : chosen).writing(request.folders(), programs(request));
    if (!request.arguments().contains("--quiet")) {
      System.err.printf(
          "Booting Linux %s in QEMU %s%s%n",
          machine.release(),
          VirtualMachine.qemuVersion(),
          counted ? ", one nanosecond an instruction" : "");
    }
    Path shared = Folders.make("vm");
    try (Guest started = machine.start(script(request), shared)) {
      begin(started);
      return follow(started);
    } finally {
      Folders.delete(shared);
    }
  }

  private synchronized void begin(Guest started) {
    guest = started;
  }

  /** The first asks what runs to end and to write what it has; the second ends the machine. */
  @Override
  public synchronized void interrupt() {
    interrupts++;
    if (guest != null && interrupts == 1) {
      guest.interrupt();
    } else if (guest != null) {
      guest.end();
    }
  }

  private synchronized int interrupts() {
    return interrupts;
  }

  private int follow(Guest running) {
    int out = 0;
    int err = 0;
    while (running.isRunning()) {
      out = show(running.out(), out, System.out);
      err = show(running.err(), err, System.err);
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return INTERRUPTED;
      }
    }
    if (interrupts() > 1) {
      return INTERRUPTED;
    }
    show(running.out(), out, System.out);
    show(running.err(), err, System.err);
    Command.Output ended = running.waitFor(GRACE);
    return ended.exit();
  }

  private static int show(String text, int from, PrintStream to) {
    to.print(text.substring(from));
    to.flush();
    return text.length();
  }

  /** Of the program itself, what lies in a folder that the guest writes to. */
  private static List<Path> programs(Request request) {
    List<String> files =
        new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    options()
        .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
        .forEach(option -> files.add(option.substring(option.indexOf('=') + 1)));
    return files.stream()
        .map(file -> Path.of(file).toAbsolutePath().normalize())
        .filter(Files::isRegularFile)
        .filter(file -> request.folders().stream().anyMatch(file::startsWith))
        .toList();
  }

  /** This Java's own, so that the same archive of classes serves there. */
  private static Stream<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X") || option.startsWith("-D"));
  }

  private static String script(Request request) {
    List<String> argv = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    options().forEach(argv::add);
    // the second compiler would work beside what is measured for as long as the notebook runs
    argv.add("-XX:TieredStopAtLevel=1");
    argv.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    argv.add("vethbook.kernel.Vethbook");
    argv.addAll(request.arguments());
    StringBuilder script = new StringBuilder();
    script.append("cd ").append(quoted(request.folders().get(0).toString())).append('\n');
    for (String name : List.of("VETHBOOK_LAUNCHER", "VETHBOOK_HOME", "COLUMNS")) {
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

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
