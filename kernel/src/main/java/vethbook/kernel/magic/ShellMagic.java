package vethbook.kernel.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import vethbook.extension.ExtensionSession;

/** {@code %%sh}: a shell script, at a place of the DSL's if one is named. */
final class ShellMagic implements Magic {
  private static final int OF_SIGNAL = 128;

  private final List<ExtensionSession> sessions;

  ShellMagic(List<ExtensionSession> sessions) {
    this.sessions = sessions;
  }

  @Override
  public List<String> names() {
    return List.of("sh", "bash");
  }

  @Override
  public List<String> usage() {
    return List.of("%sh COMMAND", "%%sh [PLACE]");
  }

  @Override
  public String summary() {
    String places =
        places().isEmpty() ? "" : " Places are now: " + String.join(", ", places()) + ".";
    return "Runs shell commands; %%bash those of bash. A cell can name a place to run at, such as "
        + "a network namespace."
        + places;
  }

  @Override
  public List<String> arguments() {
    return places();
  }

  private List<String> places() {
    return sessions.stream().flatMap(session -> session.places().stream()).toList();
  }

  @Override
  public @Nullable Object line(Call call) throws IOException, InterruptedException {
    run(List.of(call.name(), "-c", call.text()));
    return null;
  }

  @Override
  public @Nullable Object cell(Call call, String body) throws IOException, InterruptedException {
    List<String> words = call.words();
    if (words.size() > 1) {
      throw new MagicException(
          "Cannot run a shell at '" + call.text() + "'",
          "one place may be named; the commands begin on the line below");
    }
    List<String> command = new ArrayList<>();
    if (!words.isEmpty()) {
      command.addAll(entry(words.get(0)));
    }
    // the blanks in front keep the shell's line numbers those of the cell
    command.addAll(List.of(call.name(), "-c", body));
    run(command);
    return null;
  }

  private List<String> entry(String place) {
    for (ExtensionSession session : sessions) {
      List<String> entry = session.enter(place);
      if (!entry.isEmpty()) {
        return entry;
      }
    }
    throw new MagicException(
        "Cannot run a shell at " + place + ": nothing is called so", "write %%sh alone");
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    CompletableFuture<Void> out = copy(process.getInputStream(), System.out);
    CompletableFuture<Void> err = copy(process.getErrorStream(), System.err);
    try {
      int exit = process.waitFor();
      out.join();
      err.join();
      if (exit != 0) {
        throw new MagicException(
            exit > OF_SIGNAL
                ? "The shell ended with exit status "
                    + exit
                    + " (signal "
                    + (exit - OF_SIGNAL)
                    + ")"
                : "The shell ended with exit status " + exit,
            null);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<Void> copy(InputStream from, OutputStream to) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (from) {
                from.transferTo(to);
                done.complete(null);
              } catch (IOException e) {
                done.completeExceptionally(new UncheckedIOException(e));
              }
            },
            "shell output");
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
