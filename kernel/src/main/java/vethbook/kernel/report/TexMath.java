package vethbook.kernel.report;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.text.TextContentNodeRendererContext;

/**
 * Formulas in Markdown cells: between dollar signs as Jupyter understands them, between {@code \(}
 * and {@code \)} or {@code \[} and {@code \]}, with one backslash or with the two that Jupyter asks
 * for, and environments such as {@code \begin{align}}.
 */
final class TexMath extends CustomNode {
  /** The delimiters of a formula that stands alone, and what ends it. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?s)\\$\\$(.*)\\$\\$|\\$([^$]*)\\$|\\\\{1,2}\\[(.*?)\\\\{1,2}]|\\\\{1,2}\\((.*?)\\\\{1,2}\\)"
              + "|(\\\\begin\\{(\\w+\\*?)}.*\\\\end\\{\\6})");

  private final String source;
  private final boolean isBlock;

  TexMath(String source, boolean isBlock) {
    this.source = source;
    this.isBlock = isBlock;
  }

  /** The TeX of a text that is one formula with its delimiters; empty for any other. */
  static Optional<String> whole(String text) {
    Matcher matcher = WHOLE.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    for (int group = 1; group <= 5; group++) {
      if (matcher.group(group) != null) {
        return Optional.of(matcher.group(group).strip());
      }
    }
    return Optional.empty();
  }

  /**
   * {@code $x$} and {@code $$x$$}. A dollar before a blank or a closing one before a digit is none.
   */
  static final class Dollars implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('$');
    }

    @Override
    public InlineContentParser create() {
      return TexMath::dollars;
    }
  }

  private static ParsedInline dollars(InlineParserState state) {
    Scanner scanner = state.scanner();
    scanner.next();
    boolean isBlock = scanner.next('$');
    Position start = scanner.position();
    if (!isBlock && (!scanner.hasNext() || Character.isWhitespace(scanner.peek()))) {
      return ParsedInline.none();
    }
    while (scanner.find('$') >= 0) {
      Position end = scanner.position();
      boolean isOpen = scanner.peekPreviousCodePoint() == '\\';
      boolean isAfterBlank = Character.isWhitespace(scanner.peekPreviousCodePoint());
      scanner.next();
      boolean closes =
          isBlock
              ? scanner.next('$')
              : !isAfterBlank && !Character.isDigit(scanner.peekCodePoint());
      if (closes && !isOpen) {
        return formula(scanner, start, end, isBlock);
      }
    }
    return ParsedInline.none();
  }

  /** {@code \(x\)}, {@code \[x\]}, {@code \begin{align}x\end{align}}. */
  static final class Backslashes implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('\\');
    }

    @Override
    public InlineContentParser create() {
      return TexMath::backslashes;
    }
  }

  private static ParsedInline backslashes(InlineParserState state) {
    Scanner scanner = state.scanner();
    Position begin = scanner.position();
    scanner.next();
    scanner.next('\\');
    Position start = scanner.position();
    if (scanner.next('(')) {
      return until(scanner, "\\)", false);
    }
    if (scanner.next('[')) {
      return until(scanner, "\\]", true);
    }
    scanner.setPosition(start);
    if (!scanner.next("begin{") || scanner.find('}') < 0) {
      return ParsedInline.none();
    }
    String name = scanner.getSource(start, scanner.position()).getContent().substring(6);
    scanner.setPosition(begin);
    String end = "\\end{" + name + "}";
    while (scanner.find('\\') >= 0) {
      if (scanner.next(end)) {
        return formula(scanner, begin, scanner.position(), true);
      }
      scanner.next();
    }
    return ParsedInline.none();
  }

  private static ParsedInline until(Scanner scanner, String end, boolean isBlock) {
    Position start = scanner.position();
    while (scanner.find('\\') >= 0) {
      Position before = scanner.position();
      if (scanner.next(end) || scanner.next("\\" + end)) {
        return formula(scanner, start, before, isBlock);
      }
      scanner.next();
    }
    return ParsedInline.none();
  }

  private static ParsedInline formula(
      Scanner scanner, Position start, Position end, boolean isBlock) {
    String source = scanner.getSource(start, end).getContent().strip();
    return source.isEmpty()
        ? ParsedInline.none()
        : ParsedInline.of(new TexMath(source, isBlock), scanner.position());
  }

  /** Writes it into a page. */
  record InHtml(HtmlNodeRendererContext context, Formulas formulas) implements NodeRenderer {
    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(TexMath.class, MathBlock.Lines.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof TexMath math) {
        context.getWriter().raw(formulas.html(math.source, math.isBlock));
      } else {
        context.getWriter().raw("<div class=\"formula\">");
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
          context.render(child);
        }
        context.getWriter().raw("</div>\n");
      }
    }
  }

  /** Writes it into a title. */
  record InText(TextContentNodeRendererContext context) implements NodeRenderer {
    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(TexMath.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof TexMath math) {
        context.getWriter().write(math.source);
      }
    }
  }
}
