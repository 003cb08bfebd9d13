package vethbook.extension;

import java.nio.file.Path;
import java.util.List;

/**
 * Another place than this process for {@code vethbook run}, such as a virtual machine. Its fields
 * with picocli's {@code @Option} become options of that command; one of them chooses it.
 */
public interface RunPlace {
  /** True when the command line chooses this place. */
  boolean isChosen();

  /** The arguments without those that choose this place, or say how it is to be. */
  List<String> without(List<String> arguments);

  /**
   * Runs the command there, shows on standard error what it shows, and passes interrupts on.
   *
   * @return its exit status
   */
  int run(Request request);

  /**
   * What is to be run.
   *
   * @param arguments of this program, from {@code run} on, without this place's own options; paths
   *     in them are seen from the first folder
   * @param folders where files will be written, absolute; the working directory comes first
   */
  record Request(List<String> arguments, List<Path> folders) {
    public Request {
      arguments = List.copyOf(arguments);
      folders = List.copyOf(folders);
    }
  }

  /** Ends what runs there as Ctrl-C does; what it has done is kept. Safe to call at any time. */
  void interrupt();
}
