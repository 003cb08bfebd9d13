package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import vethbook.linux.ExperimentException;

class ExperimentTest {
  private final List<String> order = new ArrayList<>();

  private Measurement run(String setting, double value) {
    order.add(setting);
    return Measurement.of(Metric.TRANSACTION_RATE, value, "built-in");
  }

  private Experiment two(int rounds) {
    return Experiment.of("Is it slower?", "host")
        .rounds(rounds)
        .seed(7)
        .warmUp(false)
        .setting("host", () -> run("host", 1000))
        .setting("veth", () -> run("veth", 800));
  }

  @Test
  void everyRoundRunsEverySettingOnceInAnOrderThatTheSeedRepeats() {
    Results results = two(12).run(ExperimentListener.NONE);
    List<String> first = List.copyOf(order);
    assertThat(results.rounds())
        .hasSize(12)
        .allSatisfy(
            round ->
                assertThat(round.samples())
                    .extracting(Sample::setting)
                    .containsExactlyInAnyOrder("host", "veth"));
    assertThat(first.subList(0, 12)).isNotEqualTo(first.subList(12, 24));

    order.clear();
    two(12).run(ExperimentListener.NONE);
    assertThat(order).isEqualTo(first);
    order.clear();
    two(12).seed(8).run(ExperimentListener.NONE);
    assertThat(order).isNotEqualTo(first);
  }

  @Test
  void theWarmUpRoundIsCountedButNotKept() {
    Results results = two(2).warmUp(true).run(ExperimentListener.NONE);
    assertThat(order).hasSize(6);
    assertThat(results.samples()).hasSize(4).allMatch(sample -> sample.round() >= 1);
    assertThat(results.warmUpRuns()).isEqualTo(2);
    assertThat(results.partial()).isFalse();
  }

  @Test
  void tellsHowFarItIs() {
    List<ExperimentProgress> heard = new ArrayList<>();
    two(7).run(heard::add);
    assertThat(heard).hasSize(15);
    assertThat(heard.get(0).soFar()).isNull();
    assertThat(heard.get(0).text()).matches("round 1/7 · (host|veth)");
    assertThat(heard.get(13).text())
        .isIn(
            "round 7/7 · host · 1 000 transactions/s (1 000 to 1 000)",
            "round 7/7 · veth · 800 transactions/s (800 to 800)",
            "round 7/7 · host · 1 000 transactions/s",
            "round 7/7 · veth · 800 transactions/s");
    assertThat(heard.get(14).fraction()).isEqualTo(1);
    assertThat(heard.get(14).left()).isZero();
    assertThat(heard).extracting(ExperimentProgress::fraction).isSorted();
  }

  @Test
  void aFailingRunEndsItAndTheRunsBeforeAreKept() {
    AtomicInteger runs = new AtomicInteger();
    Experiment failing =
        two(5)
            .setting(
                "ipvlan",
                () -> {
                  if (runs.incrementAndGet() == 3) {
                    throw new ExperimentException("Cannot measure: nobody answers");
                  }
                  return run("ipvlan", 900);
                });
    ExperimentStoppedException stopped =
        catchThrowableOfType(
            ExperimentStoppedException.class, () -> failing.run(ExperimentListener.NONE));
    assertThat(stopped)
        .hasMessageContaining("setting 'ipvlan' failed in round 3 of 5")
        .hasMessageContaining("Cannot measure: nobody answers");
    assertThat(stopped.results().partial()).isTrue();
    assertThat(stopped.results().samples("ipvlan")).hasSize(2);
    assertThat(stopped.results().samples().size()).isBetween(6, 8);
    assertThat(stopped.results().compare().changes()).hasSize(2);
  }

  @Test
  void anInterruptKeepsTheRunsThatEnded() {
    AtomicInteger runs = new AtomicInteger();
    Experiment experiment =
        two(5)
            .setting(
                "ipvlan",
                () -> {
                  if (runs.incrementAndGet() == 2) {
                    Thread.currentThread().interrupt();
                    throw new ExperimentException("Interrupted: ended netperf");
                  }
                  return run("ipvlan", 900);
                });
    Results results = experiment.run(ExperimentListener.NONE);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(results.partial()).isTrue();
    assertThat(results.samples("ipvlan")).hasSize(1);
    assertThat(results.warnings())
        .extracting(Warning::text)
        .anyMatch(text -> text.startsWith("Interrupted in round 2 of 5: "));
  }

  @Test
  void aSettingThatTheMachineCannotRunIsSkippedWithItsReason() {
    Results results =
        two(6)
            .setting(
                new Setting(
                    "ipvlan",
                    () -> Optional.of("needs ipvlan: this Linux has none"),
                    () -> run("ipvlan", 1)))
            .run(ExperimentListener.NONE);
    assertThat(results.skipped())
        .containsExactly(new Skipped("ipvlan", "needs ipvlan: this Linux has none"));
    assertThat(results.settings()).containsExactly("host", "veth");
    assertThat(results.compare().skipped()).hasSize(1);
  }

  @Test
  void enginesMixedEndTheExperiment() {
    Experiment mixed =
        two(6).setting("other", () -> Measurement.of(Metric.TRANSACTION_RATE, 5, "netperf 2.7.0"));
    assertThatThrownBy(() -> mixed.run(ExperimentListener.NONE))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("the engine of one is")
        .hasMessageContaining("netperf 2.7.0");
  }

  @Test
  void tooFewRoundsAreSaidBeforeTheFirstRun() {
    List<String> heard = new ArrayList<>();
    Experiment experiment = two(6).setting("third", () -> run("third", 700));
    experiment.run(
        new ExperimentListener() {
          @Override
          public void planned(List<Skipped> skipped, List<Warning> warnings) {
            assertThat(order).isEmpty();
            warnings.forEach(warning -> heard.add(warning.text()));
          }

          @Override
          public void progress(ExperimentProgress progress) {
            assertThat(heard).hasSize(1);
          }
        });
    assertThat(heard)
        .containsExactly(
            "6 rounds cannot show any difference, however large, between 2 settings and the"
                + " baseline: 7 or more could.");
    assertThat(two(6).run(ExperimentListener.NONE).warnings())
        .noneMatch(warning -> warning.kind() == Warning.Kind.TOO_FEW_ROUNDS);
  }

  @Test
  void refusesWhatCannotBeAnExperiment() {
    assertThatThrownBy(() -> two(0)).hasMessageContaining("Cannot run 0 rounds");
    assertThatThrownBy(() -> two(6).setting("veth", () -> run("veth", 1)))
        .hasMessageContaining("it has one of this name");
    assertThatThrownBy(
            () ->
                Experiment.of("?", "hosd")
                    .setting("host", () -> run("host", 1))
                    .run(ExperimentListener.NONE))
        .hasMessageContaining("did you mean 'host'?");
    assertThatThrownBy(() -> Experiment.of("?", "host").run(ExperimentListener.NONE))
        .hasMessageContaining("the experiment has no setting");
    assertThatThrownBy(
            () ->
                Experiment.of("?", "x")
                    .setting(new Setting("x", () -> Optional.of("needs x"), () -> run("x", 1)))
                    .run(ExperimentListener.NONE))
        .hasMessageContaining("Cannot run baseline 'x'");
  }
}
