package vethbook.dsl.command;

import java.util.List;
import picocli.CommandLine;

/** The subcommands that know of labs. */
public final class Commands {
  private Commands() {}

  public static List<Object> all() {
    return List.of(
        new Doctor(),
        new Ps(),
        // what follows the namespace belongs to the command that is run inside
        new CommandLine(new Enter()).setStopAtPositional(true),
        new Clean());
  }
}
