package vethbook.dsl;

import vethbook.diagnose.Diagnosis;
import vethbook.extension.MimeBundle;

/** How a diagnosis shows itself: the finding first, then what says so, then the way. */
final class DiagnosisView {
  private DiagnosisView() {}

  static MimeBundle bundle(Diagnosis diagnosis) {
    return MimeBundle.plain(plain(diagnosis)).and(MimeBundle.MARKDOWN, markdown(diagnosis));
  }

  private static String plain(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder(diagnosis.toString());
    for (Diagnosis.Step step : diagnosis.steps()) {
      text.append("\n  ").append(step.good() ? "✓ " : "✗ ");
      text.append("%-8s %-12s %s".formatted(step.packet(), step.netns(), step.what()));
    }
    return text.toString();
  }

  private static String markdown(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    text.append(diagnosis.works() ? "✓ " : "✗ ");
    text.append("**").append(escaped(diagnosis.finding())).append("**\n\n");
    diagnosis.evidence().forEach(line -> text.append("- seen: ").append(code(line)).append('\n'));
    if (diagnosis.next() != null) {
      text.append("- next: ").append(code(diagnosis.next())).append('\n');
    }
    text.append("\n| | packet | namespace | |\n|---|---|---|---|\n");
    for (Diagnosis.Step step : diagnosis.steps()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(
                  step.good() ? "✓" : "✗",
                  step.packet(),
                  escaped(step.netns()),
                  escaped(step.what())));
    }
    return text.toString();
  }

  private static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_|<>\\[\\]])", "\\\\$1");
  }
}
