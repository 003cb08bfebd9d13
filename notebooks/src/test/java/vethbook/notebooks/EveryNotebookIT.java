package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vethbook.linux.process.Command;

/** Each notebook runs as it stands, with small parameters, and finds what it finds anywhere. */
class EveryNotebookIT {
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("vethbook.notebooks.Finding#everywhere")
  void findsWhatIsTrueOnEveryMachine(Finding finding) throws Exception {
    assumeTrue(Command.find(finding.tool()).isPresent(), () -> "skipped: needs " + finding.tool());
    Leftovers before = Leftovers.now();
    Path executed = folder.resolve(finding.file());
    List<Object> arguments = new ArrayList<>();
    arguments.add(Vethbook.NOTEBOOKS.resolve(finding.file()));
    finding
        .parameters()
        .forEach((name, value) -> arguments.addAll(List.of("-p", name + "=" + value)));
    arguments.addAll(List.of("--output", executed));

    Command.Output output = Vethbook.run(LIMIT, arguments.toArray());

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    finding.assertIn(executed);
    before.assertSettled();
  }

  /** The committed outputs are complete: a reader sees the results without running anything. */
  @Test
  void everyNotebookIsCommittedWithItsResults() throws Exception {
    try (Stream<Path> notebooks = Files.list(Vethbook.NOTEBOOKS)) {
      for (Path notebook : notebooks.filter(file -> file.toString().endsWith(".ipynb")).toList()) {
        String outputs = Vethbook.outputs(Vethbook.read(notebook));
        assertThat(outputs).as(notebook.toString()).hasSizeGreaterThan(300);
        assertThat(outputs).as(notebook.toString()).doesNotContain("Cannot ");
      }
    }
  }
}
