package vethbook.kernel.report;

import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/** Lets those tags of a Markdown cell through that only set text; all others are shown as typed. */
final class SimpleTags implements NodeRenderer {
  private static final Pattern HARMLESS =
      Pattern.compile("</?(?:br|sub|sup|kbd|b|i|u|em|strong|mark|small|s|del|ins|code)\\s*/?>");

  private final HtmlNodeRendererContext context;

  SimpleTags(HtmlNodeRendererContext context) {
    this.context = context;
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(HtmlInline.class);
  }

  @Override
  public void render(Node node) {
    if (node instanceof HtmlInline html) {
      String tag = html.getLiteral();
      if (HARMLESS.matcher(tag).matches()) {
        context.getWriter().raw(tag);
      } else {
        context.getWriter().text(tag);
      }
    }
  }
}
