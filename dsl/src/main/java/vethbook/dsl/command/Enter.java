package vethbook.dsl.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vethbook.extension.Nearest;
import vethbook.lab.PlanException;
import vethbook.lab.RunningLab;
import vethbook.linux.libc.Call;

@Command(
    name = "enter",
    description = {
      "Run a command inside a namespace of a running lab; a shell when none is given.",
      "Example: vethbook enter client tcpdump -n -i eth0"
    },
    mixinStandardHelpOptions = true)
final class Enter implements Callable<Integer> {
  @Option(
      names = "--lab",
      paramLabel = "PID",
      description = "The lab's process, where several labs have such a namespace.")
  private long pid;

  @Parameters(index = "0", paramLabel = "NETNS", description = "The namespace's name.")
  private String name = "";

  @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run inside.")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() {
    RunningLab lab = find();
    List<String> argv = new ArrayList<>(List.of("nsenter"));
    if (!sameUserNamespace(lab.pid())) {
      argv.add("--user=/proc/" + lab.pid() + "/ns/user");
      // the lab's owner is root inside already, and may not change to it; root must, because it
      // is nobody inside and would lose its capabilities with the next program
      if (Call.effectiveUser() != 0) {
        argv.add("--preserve-credentials");
      }
    }
    argv.add("--net=" + lab.path(name));
    argv.add("--");
    // a /sys of its own shows the devices of the namespace, as 'ip netns exec' does
    argv.addAll(List.of("unshare", "--mount", "--", "sh", "-c"));
    argv.add("mount -t sysfs sysfs /sys 2>/dev/null; exec \"$@\"");
    argv.add("vethbook");
    boolean isMarked = !command.isEmpty() && command.get(0).equals("--");
    List<String> program = isMarked ? command.subList(1, command.size()) : command;
    argv.addAll(program.isEmpty() ? List.of(shell()) : program);
    Call.exec(argv.toArray(String[]::new));
    return 1;
  }

  private static String shell() {
    return System.getenv().getOrDefault("SHELL", "/bin/sh");
  }

  private RunningLab find() {
    List<RunningLab> labs =
        RunningLab.all().stream().filter(lab -> pid == 0 || lab.pid() == pid).toList();
    List<RunningLab> having =
        labs.stream().filter(lab -> lab.namespaces().containsKey(name)).toList();
    if (having.size() == 1) {
      return having.get(0);
    }
    if (having.size() > 1) {
      throw new PlanException(
          "Cannot tell which netns %s is meant: %d labs have one".formatted(name, having.size()),
          "say --lab with one of " + having.stream().map(RunningLab::pid).toList());
    }
    List<String> known =
        labs.stream().flatMap(lab -> lab.namespaces().keySet().stream()).distinct().toList();
    List<String> near = Nearest.of(name, known);
    throw new PlanException(
        "Cannot find netns " + name,
        !near.isEmpty()
            ? "did you mean " + String.join(" or ", near) + "?"
            : known.isEmpty() ? "no lab is running" : "there are " + String.join(", ", known));
  }

  private static boolean sameUserNamespace(long process) {
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
      return own.equals(Files.readSymbolicLink(Path.of("/proc/" + process + "/ns/user")));
    } catch (IOException e) {
      throw new PlanException("Cannot look into process " + process + ": " + e.getMessage(), null);
    }
  }
}
