package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import vethbook.view.ComparisonData.Row;
import vethbook.view.ComparisonData.Verdict;

class ComparisonTextTest {
  private static final Row HOST = Samples.row("host", 1, 10, null);

  @Test
  void namesTheDifferingSettingsBestFirst() {
    assertThat(
            finding(
                HOST,
                Samples.row("veth", 0.81, 10, Verdict.LOWER),
                Samples.row("ipvlan", 0.97, 10, Verdict.LOWER)))
        .isEqualTo("ipvlan keeps 97 % of the host’s rate, veth 81 %");
  }

  @Test
  void saysReachesWhereOneIsBetterThanTheBaseline() {
    assertThat(finding(HOST, Samples.row("rps", 1.31, 10, Verdict.HIGHER)))
        .isEqualTo("rps reaches 131 % of the host’s rate");
  }

  @Test
  void tellsSameFromNotKnown() {
    assertThat(
            finding(
                HOST,
                Samples.row("veth", 0.81, 10, Verdict.LOWER),
                Samples.row("ipvlan", 1.002, 10, Verdict.SAME),
                Samples.row("macvlan", 0.95, 10, Verdict.UNCLEAR)))
        .isEqualTo(
            "veth keeps 81 % of the host’s rate; ipvlan the same within 3 %; no difference found"
                + " for macvlan");
    assertThat(finding(HOST, Samples.row("ipvlan", 1.002, 10, Verdict.SAME)))
        .isEqualTo("ipvlan the same as host within 3 %");
  }

  @Test
  void givesARangeForMany() {
    assertThat(new ComparisonText(Samples.ten()).finding().replace('\u00a0', ' '))
        .isEqualTo("8 settings keep 52 % (setting-8) to 94 % (setting-1) of the host’s rate");
  }

  @Test
  void asksTheQuestionAgainWhenNothingWasCompared() {
    assertThat(finding(HOST, Samples.skipped("ipvlan", "this Linux has none")))
        .isEqualTo("Is a container slower than its host?");
  }

  private static String finding(Row... rows) {
    return new ComparisonText(Samples.comparison("host", List.of(rows), List.of()))
        .finding()
        .replace('\u00a0', ' ');
  }
}
