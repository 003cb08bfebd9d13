package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    String veth = "round 7/7 · veth · 800 transactions/s";
    assertThat(heard.get(13).text())
        .isIn(
            "round 7/7 · host · 1 000 transactions/s (1 000 to 1 000)",
            veth + " (800 to 800) · −20.0 % (−20.0 to −20.0 %) against host",
            "round 7/7 · host · 1 000 transactions/s",
            veth + " · −20.0 % (−20.0 to −20.0 %) against host");
    assertThat(heard.get(14).fraction()).isEqualTo(1);
    assertThat(heard.get(14).left()).isZero();
    assertThat(heard).extracting(ExperimentProgress::fraction).isSorted();
  }

  @Test
  void theWarmUpDoesNotCountAsProgress() {
    List<ExperimentProgress> heard = new ArrayList<>();
    two(2).warmUp(true).run(heard::add);
    assertThat(heard).extracting(ExperimentProgress::done).containsExactly(0, 0, 0, 1, 2, 3, 4);
    assertThat(heard).extracting(ExperimentProgress::runs).containsOnly(4);
    assertThat(heard.get(1).text()).matches("warm-up · (host|veth)");
  }

  @Test
  void stepsRunBeforeAndAfterEachRound() {
    Experiment stepped =
        two(2)
            .warmUp(true)
            .before(round -> order.add("before " + round))
            .after(round -> order.add("after " + round));
    stepped.run(ExperimentListener.NONE);
    assertThat(order).hasSize(12);
    for (int round = 0; round <= 2; round++) {
      assertThat(order.get(4 * round)).isEqualTo("before " + round);
      assertThat(order.get(4 * round + 3)).isEqualTo("after " + round);
    }
  }

  @Test
  void theStepAfterARoundRunsAlsoWhenTheRoundFails() {
    Experiment failing =
        two(2)
            .after(round -> order.add("after " + round))
            .setting(
                "broken",
                () -> {
                  throw new ExperimentException("Cannot measure");
                });
    assertThatThrownBy(() -> failing.run(ExperimentListener.NONE))
        .hasMessageContaining("setting 'broken' failed in round 1 of 2");
    assertThat(order).last().isEqualTo("after 1");
  }

  @Test
  void aFailingStepEndsIt() {
    Experiment failing =
        two(3)
            .before(
                round -> {
                  if (round == 2) {
                    throw new ExperimentException("Cannot flush");
                  }
                });
    ExperimentStoppedException stopped =
        catchThrowableOfType(
            ExperimentStoppedException.class, () -> failing.run(ExperimentListener.NONE));
    assertThat(stopped)
        .hasMessageContaining("'before' failed in round 2 of 3")
        .hasMessageContaining("Cannot flush");
    assertThat(stopped.results().samples()).hasSize(2);
  }

  private static Measurement sleeping(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return Measurement.of(Metric.TRANSACTION_RATE, 1, "built-in");
  }

  @Test
  void aRunThatTakesTooLongEndsIt() {
    Experiment slow = two(3).limit(Duration.ofMillis(50)).setting("slow", () -> sleeping(60_000));
    ExperimentStoppedException stopped =
        catchThrowableOfType(
            ExperimentStoppedException.class, () -> slow.run(ExperimentListener.NONE));
    assertThat(stopped)
        .hasMessageContaining("setting 'slow' failed in round 1 of 3")
        .hasMessageContaining("it took longer than 50 ms")
        .hasMessageContaining("timeLimit:");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aSettingMayTakeLongerThanTheOthers() {
    Experiment slow =
        two(1)
            .limit(Duration.ofMillis(50))
            .setting(
                new Setting("slow", Optional::empty, Duration.ofMinutes(1), () -> sleeping(100)));
    assertThat(slow.run(ExperimentListener.NONE).samples("slow")).hasSize(1);
  }

  @Test
  void aRoundThatTakesTooLongEndsIt() {
    Experiment slow =
        two(3).roundLimit(Duration.ofMillis(50)).setting("slow", () -> sleeping(60_000));
    assertThatThrownBy(() -> slow.run(ExperimentListener.NONE))
        .hasMessageContaining("the round took longer than 50 ms");
  }

  @Test
  void doubtsAreAskedBeforeAndOnceEverySettingHasRun() {
    List<Integer> runsBefore = new ArrayList<>();
    Doubts doubts =
        new Doubts() {
          @Override
          public List<Warning> beforeTheFirstRun() {
            runsBefore.add(order.size());
            return List.of(new Warning(Warning.Kind.MACHINE, "busy"));
          }

          @Override
          public List<Warning> afterTheFirstRound() {
            runsBefore.add(order.size());
            return List.of(new Warning(Warning.Kind.DESIGN, "not pinned"));
          }
        };
    Results results = two(6).warmUp(true).doubts(doubts).run(ExperimentListener.NONE);
    assertThat(runsBefore).containsExactly(0, 2);
    assertThat(results.warnings()).extracting(Warning::text).startsWith("busy", "not pinned");
  }

  @Test
  void goesOnWhereAnEarlierOneStopped() {
    Experiment broken =
        two(8)
            .setting("x", () -> run("x", 1))
            .before(
                round -> {
                  if (round == 4) {
                    throw new ExperimentException("Cannot go on");
                  }
                });
    Results part =
        catchThrowableOfType(
                ExperimentStoppedException.class, () -> broken.run(ExperimentListener.NONE))
            .results();
    order.clear();
    Results all =
        two(8).seed(99).setting("x", () -> run("x", 1)).resuming(part).run(ExperimentListener.NONE);
    assertThat(order).hasSize(15);
    assertThat(all.samples()).hasSize(24);
    assertThat(all.seed()).isEqualTo(7);
    assertThat(all.partial()).isFalse();
    assertThat(all.warnings())
        .extracting(Warning::text)
        .anyMatch(text -> text.matches("Resumed after \\d+ s: 9 runs are from before."));
    assertThat(all.samples())
        .extracting(sample -> sample.setting() + sample.round())
        .isEqualTo(
            two(8).setting("x", () -> run("x", 1)).run(ExperimentListener.NONE).samples().stream()
                .map(sample -> sample.setting() + sample.round())
                .toList());
  }

  @Test
  void aFinishedOneIsNotRunAgainWhenResumed() {
    Results finished = two(6).run(ExperimentListener.NONE);
    order.clear();
    Results again = two(6).resuming(finished).run(ExperimentListener.NONE);
    assertThat(order).isEmpty();
    assertThat(again.samples()).isEqualTo(finished.samples());
    assertThat(again.warnings()).isEqualTo(finished.warnings());
  }

  @Test
  void roundsAddedAfterSeeingAResultAreSaid() {
    Results finished = two(6).run(ExperimentListener.NONE);
    assertThat(two(8).resuming(finished).run(ExperimentListener.NONE).warnings())
        .extracting(Warning::text)
        .anyMatch(text -> text.contains("adding more after seeing a result"));
  }

  @Test
  void onlyTheSameExperimentIsResumed() {
    Results finished = two(6).run(ExperimentListener.NONE);
    assertThatThrownBy(() -> two(6).setting("x", () -> run("x", 1)).resuming(finished))
        .hasMessageContaining("then its settings were host, veth, now they are host, veth, x");
    assertThatThrownBy(() -> two(6).baseline("veth").resuming(finished))
        .hasMessageContaining("then its baseline was 'host'");
    assertThatThrownBy(() -> two(3).resuming(finished)).hasMessageContaining("round 6 of 6");
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void enginesMixedEndTheExperiment(boolean warmUp) {
    Experiment mixed =
        two(6)
            .warmUp(warmUp)
            .setting("other", () -> Measurement.of(Metric.TRANSACTION_RATE, 5, "netperf 2.7.0"));
    assertThatThrownBy(() -> mixed.run(ExperimentListener.NONE))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("the engine of one is")
        .hasMessageContaining("netperf 2.7.0")
        .hasMessageContaining(warmUp ? "in the warm-up round" : "in round 1 of 6");
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
