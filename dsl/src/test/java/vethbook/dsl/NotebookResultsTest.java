package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.extension.MimeBundle;
import vethbook.extension.SavedResults;
import vethbook.linux.ExperimentException;
import vethbook.measure.Load;
import vethbook.measure.MachineRecord;
import vethbook.measure.Measurement;
import vethbook.measure.Metric;
import vethbook.measure.Results;
import vethbook.measure.Sample;
import vethbook.measure.Setup;

class NotebookResultsTest {
  private static final int ROUNDS = 12;

  private static MachineRecord machine(int cpus) {
    return new MachineRecord(
        "6.18.44",
        "Some CPU",
        cpus,
        Map.of(),
        "",
        "tsc",
        "none",
        4L << 30,
        "bbr",
        "17",
        0.5,
        Map.of("netperf", "2.7.0"),
        Instant.EPOCH);
  }

  /** Twelve rounds of a host at 1000 and a container at a share of it; the third is disturbed. */
  private static Results results(int cpus, double host, double share) {
    List<Sample> samples = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      double noise = 1 + round % 3 * 0.001;
      samples.add(sample("host", round, host * noise));
      samples.add(sample("veth", round, host * share * noise));
    }
    return new Results(
        "Is it slower?",
        "host",
        ROUNDS,
        7,
        2,
        List.of("host", "veth"),
        samples,
        List.of(),
        List.of(),
        machine(cpus),
        new Setup(List.of("ip netns add client"), Map.of("client.eth0 mtu", "1500")));
  }

  private static Sample sample(String setting, int round, double value) {
    return new Sample(
        setting,
        round,
        1,
        Measurement.of(Metric.TRANSACTION_RATE, value, "netperf 2.7.0"),
        new Load(0.25, 0.5, 0, round == 3 ? 0.5 : 0.01),
        Map.of(),
        Instant.EPOCH.plusSeconds(round),
        Duration.ofSeconds(1));
  }

  private static SavedResults kept(Results results) {
    NotebookResults reader = new NotebookResults();
    return reader.read(NotebookResults.bundle(results, "TCP_RR").data().get(reader.type()));
  }

  @Test
  void keepsAllThatWasMeasured() {
    Results results = results(2, 1000, 0.8);

    SavedResults kept = kept(results);

    assertThat(Results.fromJson(kept.json())).isEqualTo(results);
    assertThat(kept.runs()).hasSize(1 + 2 * ROUNDS);
    assertThat(kept.record()).containsEntry("CPU", "Some CPU").containsEntry("netperf", "2.7.0");
    assertThat(kept.settings()).containsEntry("client.eth0 mtu", "1500");
    assertThat(kept.commands()).containsExactly("ip netns add client");
  }

  @Test
  void readsTheCompressedJsonThatReportsAttach(@TempDir Path folder) throws Exception {
    Results results = results(2, 1000, 0.8);
    Path file = folder.resolve("n-1.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(kept(results).json().getBytes(StandardCharsets.UTF_8));
    }

    assertThat(ResultFile.load(file)).isEqualTo(results);
  }

  @Test
  void writesAFileZippedWhoseNameSaysSo(@TempDir Path folder) throws Exception {
    Results results = results(2, 1000, 0.8);
    Path json = folder.resolve("n.json");
    Path zipped = folder.resolve("n.json.gz");

    ResultFile.save(results, json);
    ResultFile.save(results, zipped);

    assertThat(ResultFile.load(zipped)).isEqualTo(results);
    assertThat(Files.size(zipped)).isLessThan(Files.size(json) / 5);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void takesLessThanAKilobyteARun() {
    Map<?, ?> content =
        (Map<?, ?>)
            NotebookResults.bundle(results(2, 1000, 0.8), "").data().get(NotebookResults.TYPE);

    assertThat(String.valueOf(content.get("gzip"))).hasSizeLessThan(2 * ROUNDS * 1000);
  }

  @Test
  void saysInALineWhatWasMeasuredAndDisturbed() {
    MimeBundle bundle = NotebookResults.bundle(results(2, 1000, 0.8), "TCP_RR");

    assertThat(bundle.text())
        .isEqualTo("24 runs in 12 rounds, 12 s; 2 disturbed by other work of the machine");
  }

  @Test
  void showsWhatWasFoundAndNamesTheDisturbedRuns() {
    SavedResults kept = kept(results(2, 1000, 0.8));

    assertThat(kept.table().text()).contains("TCP_RR", "slower by 20 %");
    assertThat(kept.outcomes())
        .extracting(SavedResults.Outcome::setting, SavedResults.Outcome::change)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("host", ""),
            org.assertj.core.groups.Tuple.tuple("veth", "▼ −20.0\u00a0%"));
    assertThat(kept.doubts())
        .contains(
            "Round 3, host: other processes used 50 % of the CPU time.",
            "Round 3, veth: other processes used 50 % of the CPU time.");
  }

  @Test
  void findsWhatGotWorseOnTheSameMachine() {
    SavedResults.Against against = kept(results(2, 1000, 0.7)).against(kept(results(2, 1000, 0.8)));

    assertThat(against.regressions())
        .singleElement()
        .asString()
        .startsWith("veth: slower than then by 13");
    assertThat(against.differences()).isEmpty();
    assertThat(against.table().text()).contains("▼ slower than");
  }

  @Test
  void judgesRatiosOnlyWhereTheMachineIsAnother() {
    SavedResults then = kept(results(4, 2000, 0.8));

    assertThat(kept(results(2, 1000, 0.8)).against(then).regressions()).isEmpty();
    assertThat(kept(results(2, 1000, 0.7)).against(then).regressions())
        .singleElement()
        .asString()
        .startsWith("veth: its ratio to host changed by");
    assertThat(kept(results(2, 1000, 0.8)).against(then).differences())
        .contains("CPUs used: 4 then, 2 now");
  }

  @Test
  void findsNothingWorseWhereThingsGotBetter() {
    SavedResults.Against against = kept(results(2, 1000, 0.8)).against(kept(results(2, 900, 0.7)));

    assertThat(against.regressions()).isEmpty();
    assertThat(against.unclear()).isEmpty();
  }

  @Test
  void refusesWhatIsDamagedOrNewer() {
    NotebookResults reader = new NotebookResults();

    assertThatThrownBy(() -> reader.read(Map.of("version", 1, "gzip", "AAAA")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot read the results that the notebook keeps");
    assertThatThrownBy(() -> reader.read(Map.of("version", 1, "gzip", "H4sIAAAA")))
        .hasMessageContaining("they are cut off");
    assertThatThrownBy(() -> reader.read(Map.of("version", 9, "gzip", "AAAA")))
        .hasMessageContaining("version 9");
    assertThatThrownBy(() -> reader.read(List.of())).isInstanceOf(ExperimentException.class);
  }
}
