package vethbook.kernel.report;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/**
 * List items that are done or not: {@code - [ ] to do} and {@code - [x] done}.
 *
 * @see "https://github.github.com/gfm/#task-list-items-extension-"
 */
final class TaskLists implements PostProcessor {
  private static final Pattern MARK = Pattern.compile("\\[([ xX])]\\s+(.*)");

  /** The box of an item. */
  static final class Box extends CustomNode {
    private final boolean isDone;

    Box(boolean isDone) {
      this.isDone = isDone;
    }
  }

  @Override
  public Node process(Node document) {
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(ListItem item) {
            if (item.getFirstChild() instanceof Paragraph first
                && first.getFirstChild() instanceof Text text) {
              mark(text);
            }
            visitChildren(item);
          }
        });
    return document;
  }

  private static void mark(Text text) {
    Matcher mark = MARK.matcher(text.getLiteral());
    if (mark.matches()) {
      text.insertBefore(new Box(!mark.group(1).isBlank()));
      text.setLiteral(mark.group(2));
    }
  }

  /** Boxes that a reader cannot tick. */
  record InHtml(HtmlNodeRendererContext context) implements NodeRenderer {
    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Box.class);
    }

    @Override
    public void render(Node node) {
      boolean isDone = node instanceof Box box && box.isDone;
      context
          .getWriter()
          .raw("<input type=\"checkbox\" disabled" + (isDone ? " checked" : "") + "> ");
    }
  }
}
