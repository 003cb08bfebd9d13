package vethbook.kernel;

import vethbook.kernel.command.Main;

/** The program's entry. */
public final class Vethbook {
  private Vethbook() {}

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(Main.run(arguments));
  }
}
