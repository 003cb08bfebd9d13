package vethbook.dsl.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vethbook.dsl.NetnsTable;
import vethbook.lab.RunningLab;
import vethbook.view.TableView;

@Command(
    name = "ps",
    description = "List the running labs of this user (of all users when root).",
    mixinStandardHelpOptions = true)
final class Ps implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--all",
      description = "List all network namespaces of the machine, with processes and devices.")
  private boolean all;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (all) {
      out.println(TableView.bundle(NetnsTable.ofMachine()).text());
      out.flush();
      return;
    }
    List<RunningLab> labs =
        RunningLab.all().stream().filter(lab -> !lab.namespaces().isEmpty()).toList();
    if (labs.isEmpty()) {
      out.println("No lab is running.");
    } else {
      out.printf("%-8s %-8s %-24s %s%n", "PID", "AGE", "LAB", "NAMESPACES");
      for (RunningLab lab : labs) {
        String names = String.join(" ", lab.namespaces().keySet());
        out.printf("%-8d %-8s %-24s %s%n", lab.pid(), age(lab.started()), lab.title(), names);
      }
    }
    out.flush();
  }

  private static String age(Instant started) {
    Duration age = Duration.between(started, Instant.now());
    return age.toHours() > 0
        ? age.toHours() + "h" + age.toMinutesPart() + "m"
        : age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }
}
