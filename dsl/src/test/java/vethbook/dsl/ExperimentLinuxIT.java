package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;

/** The words of an experiment, with settings that yield given numbers. */
@Timeout(120)
class ExperimentLinuxIT {
  private static final String GIVE =
      "give = { x -> vethbook.measure.Measurement.of(vethbook.measure.Metric.TRANSACTION_RATE, x as"
          + " double, 'given') }\n";

  @TempDir private Path folder;
  private final Cells cells = new Cells();

  @AfterEach
  void close() {
    cells.close();
  }

  @Test
  void factorsGiveAllCombinations() {
    Object settings =
        cells.run(
            GIVE
                + """
                grid = experiment('Grid', rounds: 6) {
                    over mtu: [1500.bytes, 9000.bytes], cpus: [none, 1]
                    setting('veth') { mtu, cpus -> give(mtu.bytes + cpus.size()) }
                    over n: [1, 2]
                    setting { n -> give(n) }
                }
                grid.results.settings.collect { it + ' = ' + (grid.results.samples(it)[0].measurement.value as int) }
                """
                    .replace("cpus.size()", "(cpus ? 1 : 0)"));
    assertThat(settings)
        .asString()
        .isEqualTo(
            "[veth, mtu 1500 bytes, cpus none = 1500, veth, mtu 1500 bytes, cpus 1 = 1501, veth,"
                + " mtu 9000 bytes, cpus none = 9000, veth, mtu 9000 bytes, cpus 1 = 9001, n 1 = 1,"
                + " n 2 = 2]");
  }

  @Test
  void blocksBeforeAndAfterGetTheRound() {
    Object said =
        cells.run(
            GIVE
                + """
                said = []
                experiment('Steps', rounds: 2) {
                    before { said << "before $it".toString() }
                    after { -> said << 'after' }
                    setting('a') { give 1 }
                }
                said
                """);
    assertThat(said).asString().isEqualTo("[before 0, after, before 1, after, before 2, after]");
  }

  @Test
  void aRunLongerThanItsLimitStopsItAndWhatIsThereStays() {
    String cell =
        GIVE
            + """
            runs = 0
            experiment('Slow', rounds: 5, warmUp: false, timeLimit: 0.2.seconds) {
                setting('a') { give 100 }
                setting('b') { if (runs++ == 2) Thread.sleep(60_000); give 90 }
            }
            """;
    assertThatThrownBy(() -> cells.run(cell))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("setting 'b' failed in round 3 of 5")
        .hasMessageContaining("it took longer than 200 ms");
    assertThat(cells.shown()).contains("failed in round 3 of 5").contains("planned runs are in");
    assertThat(cells.run("lastExperiment.results.samples('b').size()")).isEqualTo(2);
  }

  @Test
  void anOlderResultSaysThatALaterRunWasStopped() {
    cells.run(
        GIVE
            + "ok = true\n"
            + "again = { experiment('Again', rounds: 6) { setting('a') { assert ok; give 100 } } }\n"
            + "latest = again()");
    assertThat(cells.run("latest.compare()")).asString().doesNotContain("older result");
    assertThatThrownBy(() -> cells.run("ok = false; latest = again()"))
        .isInstanceOf(ExperimentException.class);
    assertThat(cells.run("latest.compare()"))
        .asString()
        .contains("This is an older result")
        .contains("a later run of this experiment was stopped after 0 runs");
  }

  @Test
  void anInterruptShowsWhatIsThereAndEndsTheCell() throws Exception {
    Files.deleteIfExists(JournalFolder.file("test", "Endless"));
    AtomicReference<Thread> runner = new AtomicReference<>();
    CompletableFuture<Void> cell =
        CompletableFuture.runAsync(
            () -> {
              runner.set(Thread.currentThread());
              cells.run(
                  GIVE
                      + """
                      experiment('Endless', rounds: 1000) {
                          setting('a') { Thread.sleep 20; give 100 }
                          setting('b') { Thread.sleep 20; give 90 }
                      }
                      """);
            });
    while (!done(2)) {
      assertThat(cell).isNotDone();
      Thread.sleep(20);
    }
    runner.get().interrupt();
    assertThatThrownBy(cell::get)
        .hasMessageContaining("Interrupted experiment 'Endless'")
        .hasMessageContaining("lastExperiment");
    assertThat(cells.shown()).contains("Interrupted in round ");
    assertThat(cells.run("lastExperiment.results.partial()")).isEqualTo(true);
  }

  private static boolean done(int runs) {
    return vethbook.measure.ResultsJournal.read(JournalFolder.file("test", "Endless"))
        .filter(results -> results.samples().size() >= runs)
        .isPresent();
  }

  @Test
  void aKilledExperimentIsResumed() throws Exception {
    Map<String, String> environment = Map.of("XDG_STATE_HOME", folder.toString());
    String cell =
        GIVE
            + """
            runs = 0
            r = experiment('Killed', rounds: 6, resume: true) {
                setting('a') { runs++; give 100 }
                setting('b') { if (KILL && runs >= 4) ['kill', '-9', ProcessHandle.current().pid()].execute().waitFor(); give 90 }
            }
            "${r.results.samples().size()} runs, ${r.results.samples('a').size() - runs + 1} of a from before"
            """;
    CellProcess.dies(environment, cell.replace("KILL", "true"));
    String said = CellProcess.run(environment, cell.replace("KILL", "false"));
    assertThat(said).contains("12 runs").containsPattern("Resumed: [5-7] of 12 runs are there");
    assertThat(CellProcess.run(environment, cell.replace("KILL", "false")))
        .contains("Resumed: 12 of 12 runs are there already");
  }

  @Test
  void resultsAreSavedAndComparedWithAnEarlierRun() {
    cells.run(
        GIVE
            + """
            a = netns 'a'
            b = netns 'b'
            vethPair a.eth0, b.eth0, subnet: '10.0.0.0/24'
            n = 0
            again = { factor ->
                experiment('Saved', rounds: 6) {
                    setting('a') { give 100 + n++ % 3 }
                    setting('b') { give factor * (100 + n++ % 3) }
                }
            }
            old = again(0.8)
            old.save('DIR/old.json').save('DIR/old.csv')
            sysctl a, 'net.ipv4.tcp_ecn', 1
            now = again(0.5).compare(loadResults('DIR/old.json'))
            """
                .replace("DIR", folder.toString()));
    assertThat(folder.resolve("old.csv")).content().startsWith("setting,round,").hasLineCount(13);
    assertThat(cells.run("old.results.setup().commands()").toString()).contains("type veth");
    assertThat(cells.run("old.results.setup().facts()['a.eth0 mtu']")).isEqualTo("1500");
    assertThat(cells.run("old.results.setup().facts()['a.eth0 qdisc']")).isEqualTo("noqueue");
    assertThat(cells.run("now.differences").toString())
        .containsPattern("a net.ipv4.tcp_ecn: \\d then, 1 now")
        .contains("now only: ip netns exec a sysctl");
    assertThat(cells.run("now").toString())
        .contains("Differs between the two runs:")
        .contains("a net.ipv4.tcp_ecn");
    assertThat(cells.run("now.comparison.ratio('b').get().text()"))
        .asString()
        .startsWith("its ratio to a changed by 3");
    assertThat(cells.run("now.comparison.value('a').get().text()"))
        .isEqualTo("as then, within ±3 %");
    assertThatThrownBy(() -> cells.run("loadResults 'nowhere.json'"))
        .hasMessageContaining("Cannot load results from nowhere.json")
        .hasMessageContaining("there is no nowhere.json");
  }

  @Test
  void aCalibrationSaysInALineWhatCouldBeSeen() {
    String noisy = GIVE + "r = new Random(3)\n";
    assertThat(cells.run(noisy + "calibrate(rounds: 8) { give 100 + r.nextInt(9) }").toString())
        .startsWith("Noise floor ±")
        .contains("in 8 rounds, which could show a change of");
    assertThat(
            cells
                .run(
                    noisy
                        + "x = experiment('X', rounds: 6) { setting('a') { give 100 + r.nextInt(9) } }\n"
                        + "x.calibrate()")
                .toString())
        .contains("'a' differed from itself by");
  }

  @Test
  void settingsThatNeedMoreCpusOrFeaturesAreSkipped() {
    cells.run(
        GIVE
            + """
            experiment('Needs', rounds: 6) {
                setting('a') { give 100 }
                setting('many', minCpus: 100000) { give 100 }
                setting('features', needs: ['veth', 'bridge']) { give 100 }
            }
            """);
    assertThat(cells.shown())
        .contains("skipped: many; needs 100000 CPUs: this process may use")
        .doesNotContain("skipped: features");
  }

  @Test
  void wordsInTheWrongPlaceSayWhereTheyBelong() {
    assertThatThrownBy(
            () -> cells.run(GIVE + "experiment('x') { setting('a') { over n: [1]; give 1 } }"))
        .hasMessageContaining("over belongs directly under experiment { }");
    assertThatThrownBy(
            () ->
                cells.run(
                    GIVE
                        + "experiment('x') { setting('a') { experiment('y') { setting('b') { give 1 }"
                        + " } } }"))
        .hasMessageContaining("Cannot run experiment 'y' inside another one");
    assertThatThrownBy(() -> cells.run("experiment('x') { setting { 1 } }"))
        .hasMessageContaining("Cannot add a setting without a name");
  }
}
