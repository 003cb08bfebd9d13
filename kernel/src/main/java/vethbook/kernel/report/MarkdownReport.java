package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.SavedResults;

/** A summary for a pull request or a chat: verdict, tables, doubts; no pictures. */
final class MarkdownReport {
  private static final int SHOWN = 5;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(Executed executed, @Nullable Baseline baseline) {
    MarkdownReport report = new MarkdownReport();
    report.top(executed);
    if (baseline != null) {
      report.against(baseline);
    }
    for (SavedResults results : executed.results()) {
      report.table(results.table());
      report.doubts(results);
    }
    if (executed.results().isEmpty()) {
      report.text.append("The notebook keeps no measured results.\n");
    }
    return report.text.toString().strip() + "\n";
  }

  private void top(Executed executed) {
    text.append("### ").append(executed.title()).append("\n\n");
    List<String> facts = new ArrayList<>();
    facts.add("`" + executed.name() + "`");
    Map<String, String> run = executed.run().facts();
    for (String fact : List.of(run.getOrDefault("finished", ""), executed.run().parameterText())) {
      if (!fact.isEmpty()) {
        facts.add(fact);
      }
    }
    if (run.containsKey("Linux")) {
      facts.add("Linux " + run.get("Linux") + ", " + run.get("CPUs") + " CPUs");
    }
    text.append(String.join(" · ", facts)).append("\n\n");
    for (int number : executed.failed()) {
      text.append("**✗ The run failed in ").append(executed.nameOf(number)).append(".**\n\n");
    }
    executed.problems().forEach(problem -> text.append("**✗ ").append(problem).append("**\n\n"));
  }

  private void against(Baseline baseline) {
    text.append("**").append(baseline.verdict()).append(".**\n\n");
    for (Baseline.Pair pair : baseline.pairs()) {
      SavedResults.Against against = pair.against();
      if (against == null) {
        text.append("Not compared: ").append(pair.title()).append("; ");
        text.append(pair.trouble()).append("\n\n");
        continue;
      }
      if (!against.differences().isEmpty()) {
        list("What changed between the two runs", against.differences());
      }
      table(against.table());
    }
  }

  private void table(MimeBundle table) {
    Object markdown = table.data().get(MimeBundle.MARKDOWN);
    text.append(markdown == null ? table.text() : markdown.toString().strip()).append("\n\n");
  }

  private void doubts(SavedResults results) {
    String said = results.table().text().replaceAll("\\s+", " ");
    List<String> others = results.doubts().stream().filter(one -> !said.contains(one)).toList();
    if (!others.isEmpty()) {
      list("With care", others);
    }
  }

  private void list(String title, List<String> items) {
    text.append(title).append(":\n\n");
    items.stream().limit(SHOWN).forEach(item -> text.append("- ").append(item).append('\n'));
    if (items.size() > SHOWN) {
      text.append("- and ").append(items.size() - SHOWN).append(" more\n");
    }
    text.append('\n');
  }
}
