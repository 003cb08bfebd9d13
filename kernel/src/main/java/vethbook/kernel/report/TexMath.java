package vethbook.kernel.report;

import java.util.Set;
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

/**
 * Formulas between dollar signs, as Jupyter understands them. They are shown as their TeX source,
 * set apart: Maven Central has no light library that makes MathML of it (SnuggleTeX and KaTeX do
 * not resolve, JLaTeXMath is under the GPL), and a page without scripts cannot typeset it. What
 * matters is that Markdown does not take a formula's underscores and stars for emphasis.
 */
final class TexMath extends CustomNode {
  private final String source;
  private final boolean isBlock;

  private TexMath(String source, boolean isBlock) {
    this.source = source;
    this.isBlock = isBlock;
  }

  /**
   * {@code $x$} and {@code $$x$$}. A dollar before a blank or a closing one before a digit is none.
   */
  static final class Factory implements InlineContentParserFactory {
    @Override
    public Set<Character> getTriggerCharacters() {
      return Set.of('$');
    }

    @Override
    public InlineContentParser create() {
      return TexMath::parse;
    }
  }

  private static ParsedInline parse(InlineParserState state) {
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
        String source = scanner.getSource(start, end).getContent().strip();
        return source.isEmpty()
            ? ParsedInline.none()
            : ParsedInline.of(new TexMath(source, isBlock), scanner.position());
      }
    }
    return ParsedInline.none();
  }

  /** Writes it into a page. */
  static final class Renderer implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    Renderer(HtmlNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(TexMath.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof TexMath math) {
        String kind = math.isBlock ? "math block" : "math";
        context.getWriter().raw("<code class=\"" + kind + "\" title=\"TeX\">");
        context.getWriter().text(math.source);
        context.getWriter().raw("</code>");
      }
    }
  }
}
