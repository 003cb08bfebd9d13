package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;

class TableTest {
  @Test
  void keepsUnitsAndGivesEachColumnItsDigits() {
    Table table =
        Table.create(
            "",
            StringColumn.create("setting", "host", "veth"),
            DoubleColumn.create("throughput (Mbit/s)", 62551.964427839244, 9412.2),
            DoubleColumn.create("latency (ms)", 0.01634, 0.0211),
            IntColumn.create("port", 8080, 12));
    assertThat(TableView.bundle(table).text().lines())
        .containsExactly(
            "setting  throughput (Mbit/s)  latency (ms)  port",
            "───────  ───────────────────  ────────────  ────",
            "host                  62\u202f552       0.01634  8080",
            "veth                   9\u202f412       0.02110    12");
  }

  @Test
  void numbersStandAtTheRightEvenWhereStylesAreTakenAway() throws Exception {
    Table table = Table.create("t", DoubleColumn.create("x (µs)", 1.5));
    Document html = parse(html(table));
    assertThat(html.getElementsByTagName("td").item(0).getAttributes().getNamedItem("align"))
        .extracting(Object::toString)
        .isEqualTo("align=\"right\"");
    assertThat(TableView.bundle(table).data().get(MimeBundle.MARKDOWN))
        .isEqualTo("**t**\n\n| x (µs) |\n| ---: |\n| 1.500 |\n");
  }

  @Test
  void missingValuesAreADashAndInfinityIsItself() {
    DoubleColumn column =
        DoubleColumn.create("x", Double.NaN, Double.POSITIVE_INFINITY, -0.00001, -2.5);
    Table table = Table.create("", StringColumn.create("s", "a", "", "c", "d"), column);
    assertThat(TableView.bundle(table).text().lines().skip(2))
        .containsExactly("a          –", "           ∞", "c  −0.000010", "d     −2.500");
  }

  @Test
  void longTableIsCutWithACount() {
    int[] numbers = IntStream.range(0, 10_000).toArray();
    Table table = Table.create("", IntColumn.create("n", numbers));
    String text = TableView.bundle(table).text();
    assertThat(text.lines()).hasSize(2 + 40 + 1 + 10 + 1);
    assertThat(text)
        .contains("9999")
        .endsWith("10\u202f000 rows, of which the first 40 and the last 10 are shown.");
    assertThat(html(table).length()).isLessThan(12_000);
  }

  @Test
  void emptyTableSaysSo() {
    assertThat(TableView.bundle(Table.create("", IntColumn.create("n"))).text())
        .endsWith("No rows.");
    assertThat(TableView.bundle(TableView.table("", List.of())).text()).contains("No rows.");
  }

  @Test
  void contentNeverBecomesMarkup() throws Exception {
    String nasty = "<script>alert('x')</script> & \"q\" | *b*";
    Table table = Table.create(nasty, StringColumn.create(nasty, nasty));
    Document html = parse(html(table));
    assertThat(html.getElementsByTagName("script").getLength()).isZero();
    assertThat(html.getElementsByTagName("td").item(0).getTextContent()).isEqualTo(nasty);
    assertThat((String) TableView.bundle(table).data().get(MimeBundle.MARKDOWN))
        .contains("\\| \\*b\\*")
        .doesNotContain("<script", " | *");
  }

  @Test
  void chineseTakesTwoColumnsOfATerminal() {
    Table table =
        Table.create("", StringColumn.create("设置", "主机"), IntColumn.create("n", new int[] {1}));
    assertThat(TableView.bundle(table).text().lines()).containsExactly("设置  n", "────  ─", "主机  1");
  }

  @Test
  void rowsOfMapsBecomeTypedColumns() {
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(new LinkedHashMap<>(Map.of("counter", "drops")));
    rows.get(0).put("value", 12_345L);
    rows.get(0).put("per second", 1.25);
    rows.get(0).put("new", true);
    rows.add(Map.of("counter", "errors"));
    Table table = TableView.table("nstat", rows);
    assertThat(table.types().toString()).isEqualTo("[STRING, LONG, DOUBLE, BOOLEAN]");
    assertThat(TableView.bundle(table).text()).contains("12\u202f345").contains("–");
  }

  @Test
  void comparisonShowsVerdictsByShapeAndSkippedSettingsByReason() {
    ComparisonTable table = new ComparisonTable(Samples.ten());
    assertThat(table.toString().lines())
        .anySatisfy(line -> assertThat(line).contains("against host").contains("95 % interval"))
        .anySatisfy(
            line ->
                assertThat(line).startsWith("host ").contains("60\u202f594").endsWith("baseline"))
        .anySatisfy(line -> assertThat(line).startsWith("setting-1 ").endsWith("▼ slower by 6 %"))
        .anySatisfy(
            line -> assertThat(line).startsWith("ipvlan l3s").contains("skipped: this Linux"));
    assertThat(table.table().rowCount()).isEqualTo(10);
    assertThat(table.table().doubleColumn("change").get(1)).isEqualTo(-0.06, within(1e-9));
    assertThat((String) table.bundle().data().get(MimeBundle.HTML)).contains("color:#d1453b");
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static String html(Table table) {
    return (String) TableView.bundle(table).data().get(MimeBundle.HTML);
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }
}
