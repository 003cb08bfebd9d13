package vethbook.dsl.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import vethbook.dsl.doctor.Check;
import vethbook.dsl.doctor.Examination;

@Command(
    name = "doctor",
    description = "Say what this machine can do for a notebook, and what will therefore not work.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0: labs can be built", "1: they cannot"})
final class Doctor implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Check> checks = Examination.run();
    PrintWriter out = spec.commandLine().getOut();
    String group = "";
    for (Check check : checks) {
      if (!check.group().equals(group)) {
        group = check.group();
        out.println(group);
      }
      out.printf("  %s %-18s %s%n", check.state().sign(), check.name(), check.found());
      if (!check.effect().isEmpty()) {
        out.printf("      → %s%n", check.effect());
      }
    }
    boolean broken = checks.stream().anyMatch(check -> check.state() == Check.State.BROKEN);
    out.println(broken ? "Labs cannot be built here." : "Labs can be built here.");
    out.flush();
    return broken ? 1 : 0;
  }
}
