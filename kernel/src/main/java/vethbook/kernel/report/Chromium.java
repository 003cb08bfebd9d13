package vethbook.kernel.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.notebook.NotebookException;

/** Prints a page to PDF with the Chromium or Chrome of this machine, which fetches nothing. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final long LIMIT_SECONDS = 120;

  private Chromium() {}

  /** Its program; empty when there is none. */
  static Optional<Path> find() {
    String path = System.getenv("PATH");
    for (String name : NAMES) {
      for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
        Path program = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isExecutable(program) && !Files.isDirectory(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The program.
   *
   * @throws NotebookException when there is none
   */
  static Path require() {
    return find()
        .orElseThrow(
            () ->
                new NotebookException(
                    "Cannot write a PDF: there is no Chromium or Chrome on the PATH",
                    "install the package chromium, or write --html and print that in a browser",
                    null));
  }

  /**
   * Prints a page.
   *
   * @throws NotebookException when Chromium fails, or writes nothing
   */
  static void print(String html, Path pdf) {
    try {
      Path folder = Files.createTempDirectory("vethbook-pdf");
      try {
        print(html, pdf, folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw failed(pdf, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(pdf, "interrupted", e);
    }
  }

  private static void print(String html, Path pdf, Path folder)
      throws IOException, InterruptedException {
    Path page = Files.writeString(folder.resolve("report.html"), html);
    Path draft = folder.resolve("report.pdf");
    String said = run(page, draft, folder, isRoot());
    if (!Files.exists(draft) && said.contains("sandbox")) {
      said = run(page, draft, folder, true);
    }
    if (!Files.exists(draft)) {
      throw failed(pdf, "Chromium wrote nothing and said: " + last(said), null);
    }
    Files.createDirectories(pdf.toAbsolutePath().getParent());
    Files.move(draft, pdf, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String run(Path page, Path draft, Path folder, boolean noSandbox)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(require().toString(), "--headless"));
    if (noSandbox) {
      command.add("--no-sandbox"); // Chromium has none for root; the page runs no scripts
    }
    command.addAll(
        List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--user-data-dir=" + folder.resolve("profile"),
            "--no-pdf-header-footer",
            "--print-to-pdf=" + draft,
            page.toUri().toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return "it took longer than " + LIMIT_SECONDS + " s";
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static String last(String text) {
    List<String> lines = text.strip().lines().toList();
    return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
  }

  private static NotebookException failed(
      Path pdf, @Nullable String reason, @Nullable Throwable cause) {
    return new NotebookException(
        "Cannot write " + pdf + ": " + reason, "write --html and print that in a browser", cause);
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes of) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(done);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
