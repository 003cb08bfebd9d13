package vethbook.kernel.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.ac.ed.ph.snuggletex.InputError;
import uk.ac.ed.ph.snuggletex.SnuggleEngine;
import uk.ac.ed.ph.snuggletex.SnuggleInput;
import uk.ac.ed.ph.snuggletex.SnuggleSession;
import uk.ac.ed.ph.snuggletex.SnuggleSnapshot;
import uk.ac.ed.ph.snuggletex.utilities.MessageFormatter;

/**
 * The formulas of one report: TeX in, MathML out, which browsers draw without scripts and fonts. A
 * formula that is not understood is shown as its source, and marked.
 *
 * <p>SnuggleTeX reads the TeX. Its start takes 0.4 s, so that only a report with a formula pays it.
 */
final class Formulas {
  /** Words of LaTeX and amsmath that SnuggleTeX does not bring, in words that it knows. */
  private static final String DEFINITIONS =
      """
      \\newcommand{\\text}[1]{\\mbox{#1}}
      \\newcommand{\\operatorname}[1]{{\\mathrm{#1}}}
      \\newcommand{\\boldsymbol}[1]{{\\mathbf{#1}}}
      \\newcommand{\\bm}[1]{{\\mathbf{#1}}}
      \\newcommand{\\dfrac}[2]{\\frac{#1}{#2}}
      \\newcommand{\\tfrac}[2]{\\frac{#1}{#2}}
      \\newcommand{\\cfrac}[2]{\\frac{#1}{#2}}
      \\newcommand{\\binom}[2]{\\left(\\begin{array}{c}#1\\\\#2\\end{array}\\right)}
      \\newcommand{\\to}{\\rightarrow}
      \\newcommand{\\lVert}{\\|}
      \\newcommand{\\rVert}{\\|}
      \\newcommand{\\lvert}{|}
      \\newcommand{\\rvert}{|}
      \\newenvironment{aligned}{\\begin{array}{rlrl}}{\\end{array}}
      \\newenvironment{split}{\\begin{array}{rlrl}}{\\end{array}}
      \\newenvironment{gathered}{\\begin{array}{c}}{\\end{array}}
      """;

  /** Sizes, which MathML chooses by itself, and labels of equations. */
  private static final Pattern SIZES =
      Pattern.compile(
          "\\\\(?:(?:display|text)style|[bB]igg?[lrm]?|(?:left|right)(?=\\s*\\\\[lr](?:ceil|floor|vert|Vert)))(?![A-Za-z])"
              + "|\\\\(?:nonumber|notag|limits)(?![A-Za-z])"
              + "|\\\\(?:label|tag)\\{[^}]*}");

  /** {@code \frac12}. */
  private static final Pattern SHORT_FRACTION =
      Pattern.compile("\\\\([dtc]?frac)\\s*([0-9])\\s*([0-9a-zA-Z])");

  /** Environments that stand by themselves, as those that stand in a formula. */
  private static final Map<String, String> INNER =
      Map.of(
          "align", "aligned", "eqnarray", "aligned", "gather", "gathered", "multline", "aligned");

  private static final Pattern EQUATION =
      Pattern.compile("(?s)\\\\begin\\{(\\w+)\\*?}(.*)\\\\end\\{\\1\\*?}");

  private final Map<String, String> known = new LinkedHashMap<>();
  private @Nullable SnuggleSnapshot begun;

  /**
   * A formula as HTML.
   *
   * @param tex without its delimiters
   * @param isBlock true for one that stands alone
   */
  String html(String tex, boolean isBlock) {
    return known.computeIfAbsent((isBlock ? "$$" : "$") + tex, key -> made(tex, isBlock));
  }

  private String made(String tex, boolean isBlock) {
    try {
      SnuggleSession session = begun().createSession();
      String inner = prepared(tex);
      session.parseInput(new SnuggleInput(isBlock ? "\\[" + inner + "\\]" : "$" + inner + "$"));
      var nodes = session.buildDOMSubtree();
      List<InputError> errors = session.getErrors();
      if (!errors.isEmpty()) {
        return source(tex, isBlock, MessageFormatter.getErrorMessage(errors.get(0)));
      }
      if (nodes.getLength() != 1 || !nodes.item(0).hasChildNodes()) {
        return source(tex, isBlock, "this is no single formula");
      }
      return MathMl.of(nodes.item(0), tex, isBlock);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text can always be read
    } catch (MathMl.UnknownElementException e) {
      return source(tex, isBlock, e.getMessage());
    }
  }

  private SnuggleSnapshot begun() throws IOException {
    if (begun == null) {
      SnuggleSession session = new SnuggleEngine().createSession();
      session.parseInput(new SnuggleInput(DEFINITIONS));
      begun = session.createSnapshot();
    }
    return begun;
  }

  private static String prepared(String tex) {
    String inner = SIZES.matcher(tex).replaceAll("");
    inner = SHORT_FRACTION.matcher(inner).replaceAll("\\\\$1{$2}{$3}").strip();
    var equation = EQUATION.matcher(inner);
    if (equation.matches()) {
      String name = equation.group(1);
      if (name.equals("equation") || name.equals("math") || name.equals("displaymath")) {
        return equation.group(2).strip();
      }
      if (INNER.containsKey(name)) {
        return "\\begin{%1$s}%2$s\\end{%1$s}".formatted(INNER.get(name), equation.group(2));
      }
    }
    return inner;
  }

  /** What a reader of TeX can still read; marked, because it is not what the author meant. */
  private static String source(String tex, boolean isBlock, String why) {
    return "<code class=\"math%s\" title=\"Not understood as TeX: %s\">%s</code>"
        .formatted(
            isBlock ? " block" : "",
            Html.escape(why.replaceAll("\\s+", " ").strip()),
            Html.escape(tex));
  }
}
