package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vethbook.extension.MimeBundle;
import vethbook.view.Sheet.Cell;
import vethbook.view.Sheet.Heading;

class ValueTableTest {
  private record Hop(String device, double micros, Optional<String> next) {}

  @Test
  void whatIsNotKnownIsADashAndNeverNaN() {
    MimeBundle bundle = ValueTable.bundle(new Hop("eth0", Double.NaN, Optional.empty()));
    assertThat(bundle.text().lines()).containsExactly("device  eth0", "micros  –", "next    –");
    assertThat(bundle.data().toString()).doesNotContain("NaN", "Optional", "null");
  }

  @Test
  void listOfRecordsIsARowEach() {
    MimeBundle bundle =
        ValueTable.bundle(
            List.of(
                new Hop("eth0", 12.5, Optional.of("br0")), new Hop("<br>", 3, Optional.empty())));
    assertThat(bundle.text().lines())
        .containsExactly(
            "device  micros  next",
            "──────  ──────  ────",
            "eth0     12.50  br0",
            "<br>      3.00  –");
    assertThat(bundle.data().get(MimeBundle.HTML).toString()).contains("&lt;br&gt;");
    assertThat(bundle.data()).containsKey(MimeBundle.MARKDOWN);
  }

  @Test
  void mapIsAFactInEachRowWithUnitsAndSeparators() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("bytes", 123_456_789);
    map.put("took", Duration.ofMillis(1500));
    map.put("hosts", List.of("a", "b"));
    assertThat(ValueTable.bundle(map).text().lines())
        .containsExactly("bytes  123\u202f456\u202f789", "took   1.5 s", "hosts  a, b");
  }

  @Test
  void listsOfOtherThingsStayText() {
    assertThat(ValueTable.bundle(List.of(1, 2)).data()).containsOnlyKeys(MimeBundle.PLAIN);
    assertThat(ValueTable.bundle(List.of()).text()).isEqualTo("[]");
    List<Object> mixed = new ArrayList<>(List.of(Map.of("a", 1)));
    mixed.add(null);
    assertThat(ValueTable.bundle(mixed).text()).isEqualTo("[{a=1}, null]");
  }

  @Test
  void wideTextFitsATerminal() {
    List<Heading> headings = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      headings.add(new Heading("p%d latency of the round (µs)".formatted(i), true));
      cells.add(Cell.of("12.3"));
    }
    headings.add(new Heading("disturbed by", false));
    cells.add(Cell.of("other processes used 71 % of the CPU time; 主机很忙 ".repeat(3)));
    String text = new SheetText(new Sheet("", headings, List.of(cells), List.of())).plain();
    assertThat(text.lines()).allMatch(line -> Columns.width(line) <= 100);
    assertThat(text).contains("disturbed by").contains("主机很忙");
  }

  @Test
  void brokenTextLosesNothing() {
    String text = "a-word-longer-than-the-column 主机主机主机 end";
    List<String> lines = Columns.broken(text, 8);
    assertThat(lines).allMatch(line -> Columns.width(line) <= 8);
    assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
    assertThat(Columns.broken("主机", 1)).containsExactly("主", "机");
  }

  @Test
  void planIsAListWithItsCommands() {
    MimeBundle bundle = PlanView.bundle(List.of("make netns <x>"), List.of("ip netns add x"), "t");
    assertThat(bundle.data().get(MimeBundle.HTML).toString())
        .contains("<li", "make netns &lt;x&gt;", "1 command that does the same")
        .doesNotContain("<script");
    assertThat(bundle.data().get(MimeBundle.MARKDOWN).toString())
        .contains("```sh\nip netns add x\n```");
    assertThat(PlanView.bundle(List.of(), List.of(), "Nothing would change.").data())
        .containsOnlyKeys(MimeBundle.PLAIN);
  }
}
