package vethbook.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vethbook.lab.HostJournal;
import vethbook.linux.process.Folders;
import vethbook.linux.process.Strays;

@Command(
    name = "clean",
    description = {
      "Undo what labs that are gone have left on the host.",
      "Namespaces, devices and processes never stay behind; only what a cell asked for by name on"
          + " the host can: sysctls, RPS masks and published names."
    },
    mixinStandardHelpOptions = true)
final class Clean implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<String> undone = new ArrayList<>(Strays.endOrphans());
    undone.addAll(Folders.deleteOrphans());
    undone.addAll(HostJournal.cleanUp());
    undone.forEach(out::println);
    if (undone.isEmpty()) {
      out.println("Nothing to clean: no lab has left anything on this host.");
    }
    out.flush();
  }
}
