package vethbook.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExperimentExceptionTest {
  @Test
  void answersWhatWhereLinuxAndNext() {
    ExperimentException e =
        new ExperimentException(
            "Cannot set mtu 10 on c0", "linux", "EINVAL (Invalid argument)", "take 68", null);

    assertThat(e.describe("cell 3, line 7"))
        .isEqualTo(
            """
            Cannot set mtu 10 on c0 (cell 3, line 7).
              linux: EINVAL (Invalid argument)
              next:  take 68""");
    assertThat(e).hasMessageStartingWith("Cannot set mtu 10 on c0.\n");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(new ExperimentException("Cannot go on")).hasMessage("Cannot go on.");
  }
}
