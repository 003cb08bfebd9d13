package vethbook.view;

import java.util.List;
import java.util.stream.Collectors;
import vethbook.extension.MimeBundle;

/** What would be done: the steps in words, and below them the commands that do the same. */
public final class PlanView {
  private PlanView() {}

  /**
   * HTML, Markdown and text of a plan.
   *
   * @param plain whose text is the text form
   */
  public static MimeBundle bundle(List<String> steps, List<String> commands, Object plain) {
    MimeBundle text = MimeBundle.plain(plain.toString());
    if (steps.isEmpty()) {
      return text;
    }
    String items =
        steps.stream()
            .map(step -> "<li style=\"margin:1px 0\">" + SvgPicture.escape(step) + "</li>")
            .collect(Collectors.joining("\n"));
    String html =
        "<div style=\"margin:4px 0 10px\"><div><b>Would be done</b>, nothing is yet:</div>\n<ol"
            + " style=\"margin:4px 0 8px;padding-left:2.2em\">\n"
            + items
            + "\n</ol>\n<details><summary>"
            + count(commands.size(), "command that does", "commands that do")
            + " the same</summary>\n<pre style=\"overflow-x:auto;margin:4px 0;padding:6px"
            + " 10px;border-left:3px solid rgba(128,128,128,.35)\">"
            + SvgPicture.escape(String.join("\n", commands))
            + "</pre></details></div>";
    String list =
        steps.stream()
            .map(step -> "1. " + SheetText.escape(step))
            .collect(Collectors.joining("\n"));
    String markdown =
        "**Would be done**, nothing is yet:\n\n"
            + list
            + "\n\n```sh\n"
            + String.join("\n", commands)
            + "\n```\n";
    return MimeBundle.of(MimeBundle.HTML, html)
        .and(MimeBundle.MARKDOWN, markdown)
        .and(MimeBundle.PLAIN, plain.toString());
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
