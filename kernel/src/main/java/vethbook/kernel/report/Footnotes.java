package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/**
 * The footnotes of one report, numbered in the order in which they are referred to. A reference
 * means the definition in its own cell, or else the first one in any other; without one it stays as
 * it was typed.
 */
final class Footnotes {
  private final Function<Node, String> words;
  private final Map<String, FootnoteSyntax.Definition> anywhere = new LinkedHashMap<>();
  private final Map<String, FootnoteSyntax.Definition> here = new LinkedHashMap<>();
  private final Map<String, Note> notes = new LinkedHashMap<>();

  /**
   * One that is referred to.
   *
   * @param references how many of them there are; links back have their numbers
   */
  private record Note(int number, FootnoteSyntax.Definition definition, AtomicInteger references) {}

  /**
   * None so far.
   *
   * @param words the plain text of a node
   */
  Footnotes(Function<Node, String> words) {
    this.words = words;
  }

  /** Takes the definitions of a cell for the references of all others. */
  void collect(Node document) {
    take(document, anywhere);
  }

  /** Takes the definitions out of a text that is rendered next. */
  void enter(Node document) {
    here.clear();
    take(document, here);
  }

  private static void take(Node document, Map<String, FootnoteSyntax.Definition> into) {
    List<FootnoteSyntax.Definition> found = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(CustomBlock block) {
            if (block instanceof FootnoteSyntax.Definition definition) {
              found.add(definition);
            }
            visitChildren(block);
          }
        });
    for (FootnoteSyntax.Definition each : found) {
      each.unlink();
      into.putIfAbsent(each.label(), each);
    }
  }

  /** What stands in the text for a reference. */
  private String reference(String label) {
    FootnoteSyntax.Definition definition = here.getOrDefault(label, anywhere.get(label));
    if (definition == null) {
      return Html.escape("[^" + label + "]");
    }
    // each cell is read more than once: the same text under the same label is the same note
    Note note =
        notes.computeIfAbsent(
            label + "\n" + each(definition, words),
            any -> new Note(notes.size() + 1, definition, new AtomicInteger()));
    int reference = note.references().incrementAndGet();
    return "<sup class=\"footnote\"><a id=\"%s\" href=\"#note-%d\">%d</a></sup>"
        .formatted(place(note.number(), reference), note.number(), note.number());
  }

  private static String place(int number, int reference) {
    return "note-" + number + "-" + reference;
  }

  private static String each(FootnoteSyntax.Definition definition, Function<Node, String> shown) {
    StringBuilder text = new StringBuilder();
    for (Node block = definition.getFirstChild(); block != null; block = block.getNext()) {
      text.append(shown.apply(block));
    }
    return text.toString();
  }

  /**
   * All of them, for the end of a report; empty when none is referred to.
   *
   * @param html how a block of a definition is rendered
   */
  String section(Function<Node, String> html) {
    StringBuilder items = new StringBuilder();
    for (int number = 1; number <= notes.size(); number++) { // notes may refer to others
      Note note = List.copyOf(notes.values()).get(number - 1);
      StringBuilder text = new StringBuilder(each(note.definition(), html));
      String back =
          " <a class=\"back\" href=\"#%s\" aria-label=\"back to the text\">↩\uFE0E</a>"
              .formatted(place(number, 1));
      int end = text.lastIndexOf("</p>");
      text.insert(end < 0 ? text.length() : end, back);
      items.append("<li id=\"note-").append(number).append("\">").append(text).append("</li>\n");
    }
    return items.isEmpty()
        ? ""
        : "<section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n"
            + items
            + "</ol></section>\n";
  }

  /** References as links to the end of the report. */
  final class InHtml implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    InHtml(HtmlNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(FootnoteSyntax.Reference.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof FootnoteSyntax.Reference reference) {
        context.getWriter().raw(reference(reference.label()));
      }
    }
  }
}
