package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vethbook.lab.PlanException;
import vethbook.measure.Results;

/** What happens in a guest that was started for one experiment of a session, without the guest. */
@Timeout(120)
class HandoverLinuxIT {
  private static final String GIVE =
      "give = { x -> vethbook.measure.Measurement.of(vethbook.measure.Metric.TRANSACTION_RATE, x as"
          + " double, 'given') }\n";

  @TempDir private Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(Handover.FOLDER);
    System.clearProperty(Handover.LINUX);
  }

  @Test
  void earlierExperimentsAreTakenOverAndOnlyTheNextOneIsMeasured() {
    Results earlier;
    try (Cells session = new Cells()) {
      earlier =
          ((ExperimentResult)
                  session.run(GIVE + "experiment('A', rounds: 1) { setting('a') { give 7 } }"))
              .getResults();
    }
    Handover host = new Handover(folder);
    Handover.end(host.next("A"), earlier, "TCP_RR");
    Path wanted = host.next("A");
    System.setProperty(Handover.FOLDER, folder.toString());

    try (Cells guest = new Cells()) {
      Object taken =
          guest.run(
              "first = experiment('A', rounds: 1) { setting('a') { assert false } }\n"
                  + "[first.results.seed, first.results.samples[0].measurement.value as int]");
      assertThat(taken).asString().isEqualTo("[" + earlier.seed() + ", 7]");
      assertThat(Handover.ended(wanted)).isEmpty();

      guest.run(GIVE + "experiment('A', rounds: 2) { setting('a') { give 8 } }");

      Results found = Handover.ended(wanted).orElseThrow();
      assertThat(found.samples()).hasSize(2).allMatch(one -> one.measurement().value() == 8);
    }
  }

  @Test
  void aGuestMeasuresTheSettingsOfItsLinux() {
    System.setProperty(Handover.FOLDER, folder.toString());
    System.setProperty(Handover.LINUX, "6.1");

    try (Cells guest = new Cells()) {
      Object settings =
          guest.run(
              GIVE
                  + """
                  two = experiment('Two', rounds: 1, clock: 'counted', baseline: 'new', linux: '6.12') {
                      setting('new') { give 1 }
                      setting('old', linux: '6.1') { give 2 }
                  }
                  two.results.settings
                  """);
      assertThat(settings).asString().isEqualTo("[old]");
    }
  }

  @Test
  void aLinuxIsChosenForCountedTimeOnly() {
    try (Cells session = new Cells()) {
      assertThatThrownBy(
              () -> session.run(GIVE + "experiment('A') { setting('a', linux: '6.1') { give 1 } }"))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("Cannot choose the Linux of setting 'a'")
          .hasMessageContaining("clock: 'counted'");
    }
  }

  @Test
  void withoutCellsNoGuestIsStarted() {
    try (Cells session = new Cells()) {
      assertThatThrownBy(
              () ->
                  session.run(
                      GIVE + "experiment('A', clock: 'counted') { setting('a') { give 1 } }"))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("no cells that a guest could run");
    }
  }
}
