package vethbook.dsl.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vethbook.extension.RunPlace;
import vethbook.linux.process.Command;
import vethbook.linux.process.Folders;
import vethbook.vm.Guest;
import vethbook.vm.GuestProgram;
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
    String script = GuestProgram.script(request.folders().get(0), List.of(), request.arguments());
    Path shared = Folders.make("vm");
    try (Guest started = machine.start(script, shared)) {
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
    return GuestProgram.files().stream()
        .filter(file -> request.folders().stream().anyMatch(file::startsWith))
        .toList();
  }
}
