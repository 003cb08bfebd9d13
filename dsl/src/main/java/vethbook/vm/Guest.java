package vethbook.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Folders;
import vethbook.linux.process.RunningProcess;

/** A virtual machine that runs its script. Closing it ends it, and removes its files. */
public final class Guest implements AutoCloseable {
  private static final int TAIL = 2000;

  private final String release;
  private final Path work;
  private final RunningProcess qemu;

  Guest(String release, Path work, Command command) {
    this.release = release;
    this.work = work;
    this.qemu = command.start();
  }

  /** What the script has printed so far. */
  public String out() {
    return read(work.resolve("result/out"));
  }

  /** What it has printed on standard error so far. */
  public String err() {
    return read(work.resolve("result/err"));
  }

  /** Sends SIGINT to the script's processes, as Ctrl-C does, as soon as they run. */
  public void interrupt() {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(work.resolve("control"));
    try (SocketChannel control = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      control.connect(address);
      control.write(ByteBuffer.wrap("interrupt\n".getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      if (qemu.isAlive()) {
        qemu.close(); // it cannot be told, so it is ended
      }
    }
  }

  /** True while QEMU runs. */
  public boolean isRunning() {
    return qemu.isAlive();
  }

  /**
   * Waits for the end of the script.
   *
   * @return its exit status and output; err has the console after it, for a look at what Linux said
   * @throws ExperimentException when the limit is over or the guest does not come up
   */
  public Command.Output waitFor(Duration limit) {
    Command.Output ended;
    try {
      ended = qemu.waitFor(limit);
    } catch (ExperimentException e) {
      throw new ExperimentException(
          "Cannot finish a script in a virtual machine within " + limit.toSeconds() + " s",
          "console",
          tail(console() + out()),
          null,
          e);
    }
    OptionalInt exit = exit();
    if (exit.isEmpty()) {
      throw new ExperimentException(
          "Cannot boot Linux " + release + " in a virtual machine",
          "qemu, exit " + ended.exit(),
          (ended.err() + tail(console())).strip(),
          null,
          null);
    }
    return new Command.Output(exit.getAsInt(), out(), err() + console(), ended.took());
  }

  /** The script's exit status; empty before its end. */
  private OptionalInt exit() {
    String text = read(work.resolve("result/exit")).strip();
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }

  private String console() {
    return read(work.resolve("console"));
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - TAIL)).strip();
  }

  private static String read(Path file) {
    try {
      return Files.exists(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r", "")
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Ends QEMU at once; files stay until it is closed. */
  public void end() {
    qemu.close();
  }

  @Override
  public void close() {
    qemu.close();
    Folders.delete(work);
  }
}
