package vethbook.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.measure.Metric;
import vethbook.measure.RunComparison;
import vethbook.measure.RunComparison.Row;
import vethbook.view.TableView;

/**
 * Two runs of an experiment side by side: what differs in how they were made, then in what they
 * found.
 */
public final class RunComparisonView {
  private final RunComparison comparison;

  RunComparisonView(RunComparison comparison) {
    this.comparison = comparison;
  }

  /** The figures. */
  public RunComparison getComparison() {
    return comparison;
  }

  /** What differs between the records of the two runs, a phrase each. */
  public List<String> getDifferences() {
    return comparison.differences();
  }

  /** Now against then, a setting in each row: its values, and its ratio to the baseline. */
  public Table getTable() {
    Metric metric = comparison.metric();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row value : comparison.values()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("setting", value.setting());
      row.put("then (" + metric.unit() + ")", value.then());
      row.put("now (" + metric.unit() + ")", value.now());
      row.put("change (%)", 100 * value.relative());
      row.put("from (%)", 100 * value.interval().low());
      row.put("to (%)", 100 * value.interval().high());
      row.put("verdict", value.text());
      row.put(
          "against " + comparison.now().baseline(),
          comparison.ratio(value.setting()).map(Row::text).orElse(""));
      rows.add(row);
    }
    return TableView.table(caption(), rows);
  }

  private String caption() {
    return "%s: %s against %s"
        .formatted(
            comparison.metric().name(),
            comparison.now().machine().at(),
            comparison.then().machine().at());
  }

  MimeBundle bundle() {
    MimeBundle table = TableView.bundle(getTable());
    List<String> differences = comparison.differences();
    String plain =
        differences.isEmpty()
            ? "The records of the two runs do not differ."
            : "Differs between the two runs:\n  " + String.join("\n  ", differences);
    String list = "- " + String.join("\n- ", differences);
    String markdown = differences.isEmpty() ? plain : "Differs between the two runs:\n\n" + list;
    String html =
        differences.isEmpty()
            ? "<p>" + plain + "</p>"
            : "<p>Differs between the two runs:</p><ul>"
                + differences.stream()
                    .map(one -> "<li>" + escaped(one) + "</li>")
                    .collect(Collectors.joining())
                + "</ul>";
    MimeBundle all = before(table, MimeBundle.PLAIN, plain + "\n\n");
    all = before(all, MimeBundle.MARKDOWN, markdown + "\n\n");
    return before(all, MimeBundle.HTML, html);
  }

  private static MimeBundle before(MimeBundle bundle, String type, String text) {
    Object content = bundle.data().get(type);
    return content == null ? bundle : bundle.and(type, text + content);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String toString() {
    return bundle().text();
  }
}
