package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import vethbook.measure.LoadMeter.Reading;

class LoadMeterTest {
  private static Reading reading(String cpu, String own, String waited, long seconds) {
    return Reading.of(
        "cpu  " + cpu + " 0 0\ncpu0 9 9 9 9 9 9 9 9 0 0\n",
        Reading.used("4711 (a (strange) name) S 1 2 3 4 5 6 7 8 9 10 " + own + " 20 0 30 0"),
        waited.isEmpty() ? "" : "some avg10=1.00 avg60=1.00 avg300=1.00 total=" + waited + "\n",
        "0.75 0.50 0.25 1/87 13337\n",
        seconds * 1_000_000_000);
  }

  @Test
  void othersAreAllProcessesLessThisOneAndItsChildren() {
    // user nice system idle iowait irq softirq steal; utime stime cutime cstime
    Reading before = reading("100 0 100 1000 0 0 50 0", "10 10 30 0", "1000000", 10);
    Reading after = reading("160 10 120 1080 0 0 70 10", "20 20 60 20", "1500000", 11);
    Load load = LoadMeter.load(before, after);

    assertThat(load.others()).isCloseTo((90 - 70) / 200.0, within(1e-9));
    assertThat(load.steal()).isCloseTo(10 / 200.0, within(1e-9));
    assertThat(load.pressure()).isCloseTo(0.5, within(1e-9));
    assertThat(load.loadAverage()).isEqualTo(0.75);
    assertThat(load.isContaminated()).isTrue();
    assertThat(load.marks())
        .containsExactly(
            "other processes used 10 % of the CPU time", "the hypervisor took 5 % of the CPU time");
  }

  @Test
  void aQuietMachineIsNotMarked() {
    Reading before = reading("100 0 100 1000 0 0 50 0", "10 10 0 0", "", 1);
    Reading after = reading("150 0 150 1100 0 0 50 0", "60 61 0 0", "", 2);
    Load load = LoadMeter.load(before, after);
    assertThat(load.others()).isZero();
    assertThat(load.pressure()).isNaN();
    assertThat(load.isContaminated()).isFalse();
  }

  @Test
  void aMomentWithoutATickIsNotMarked() {
    Reading now = reading("100 0 100 1000 0 0 50 0", "10 10 0 0", "5", 1);
    assertThat(LoadMeter.load(now, now).isContaminated()).isFalse();
    assertThat(Load.UNKNOWN.isContaminated()).isFalse();
  }

  @Test
  void thisMachineCanBeRead() {
    LoadMeter meter = new LoadMeter();
    long until = System.nanoTime() + 100_000_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    Load load = meter.read();
    assertThat(load.others()).isBetween(0.0, 1.0);
    assertThat(load.steal()).isBetween(0.0, 1.0);
    assertThat(load.loadAverage()).isNotNegative();
  }

  /** A server that a cell has started works for the run, and runs on after it. */
  @Test
  void aChildThatRunsOnIsNoOther() throws Exception {
    Process server = new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done'").start();
    try {
      long before = Reading.now().own();
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (Reading.now().own() < before + 50 && System.nanoTime() < deadline) {
        Thread.sleep(20); // uses next to nothing itself
      }
      assertThat(Reading.now().own()).isGreaterThanOrEqualTo(before + 50);
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly();
    }
  }

  @Test
  void theFrequencyIsTheMeanOfAllCpus() {
    String cpuinfo =
        "processor\t: 0\ncpu MHz\t\t: 2600.000\n\nprocessor\t: 1\ncpu MHz\t\t: 2800.5\n";
    assertThat(Frequency.ofCpuinfo(cpuinfo)).isCloseTo(2700.25, within(1e-9));
    assertThat(Frequency.ofCpuinfo("processor : 0\n")).isNaN();
  }
}
