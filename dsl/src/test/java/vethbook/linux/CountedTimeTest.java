package vethbook.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTimeTest {
  @Test
  void theGuestsCommandLineTellsWhichQemuCounts() {
    assertThat(CountedTime.in("console=ttyS0 quiet vethbook.counted=7.2.22\n")).contains("7.2.22");
    assertThat(CountedTime.in("vethbook.counted=10.0 quiet")).contains("10.0");
  }

  @Test
  void otherCommandLinesTellNothing() {
    assertThat(CountedTime.in("")).isEmpty();
    assertThat(CountedTime.in("BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro")).isEmpty();
    assertThat(CountedTime.in("not.vethbook.counted=1")).isEmpty();
  }

  @Test
  void saysHowManyRoundTripsARunHas() {
    assertThat(CountedTime.MEANING).contains(" " + CountedTime.ROUND_TRIPS + " ");
  }
}
