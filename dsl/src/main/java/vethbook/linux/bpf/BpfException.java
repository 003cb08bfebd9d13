package vethbook.linux.bpf;

import org.jspecify.annotations.Nullable;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;

/** Linux refused a bpf(2) call. A refused program comes with what the verifier wrote about it. */
public final class BpfException extends ExperimentException {
  private final Errno errno;
  private final String command;
  private final String verifierLog;

  BpfException(String operation, String command, Errno errno, String verifierLog) {
    this(operation, command, errno, verifierLog, null);
  }

  private BpfException(
      String operation,
      String command,
      Errno errno,
      String verifierLog,
      @Nullable Throwable cause) {
    super(operation, "linux", answer(command, errno, verifierLog), advice(errno), cause);
    this.errno = errno;
    this.command = command;
    this.verifierLog = verifierLog;
  }

  /**
   * The same refusal told in the user's words.
   *
   * @param operation such as {@code Cannot redirect what arrives at client.eth0}
   */
  public BpfException during(String operation) {
    return new BpfException(operation, command, errno, verifierLog, this);
  }

  public Errno errno() {
    return errno;
  }

  /** The verifier's own words, line by line; empty when it was not asked. */
  public String verifierLog() {
    return verifierLog;
  }

  private static String answer(String command, Errno errno, String verifierLog) {
    String log = verifierLog.strip();
    return "%s   [bpf(%s)]".formatted(errno, command)
        + (log.isEmpty() ? "" : "\n         " + log.replace("\n", "\n         "));
  }

  private static @Nullable String advice(Errno errno) {
    return switch (errno.name()) {
      case "EPERM" ->
          "BPF programs need CAP_BPF and CAP_NET_ADMIN of the machine itself; those of a user"
              + " namespace do not count: run as root, or put the cell's lines into needs('bpf')"
              + " { ... } to skip them here";
      case "ENOSYS" -> "this Linux was built without the bpf system call (CONFIG_BPF_SYSCALL)";
      default -> null;
    };
  }
}
