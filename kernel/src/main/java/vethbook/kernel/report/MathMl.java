package vethbook.kernel.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes the MathML 2 that SnuggleTeX makes as the MathML Core that browsers draw: fences as
 * operators, letters of other alphabets as their characters, words as one identifier.
 *
 * @see "MathML Core, https://www.w3.org/TR/mathml-core/"
 */
final class MathMl {
  private static final Set<String> SAME =
      Set.of(
          "mfrac",
          "mi",
          "mn",
          "mo",
          "mover",
          "mpadded",
          "mroot",
          "mrow",
          "mspace",
          "msqrt",
          "msub",
          "msubsup",
          "msup",
          "mtable",
          "mtd",
          "mtext",
          "mtr",
          "munder",
          "munderover");

  private static final Set<String> KEPT = Set.of("accent", "accentunder", "width");

  private final StringBuilder html = new StringBuilder();

  private MathMl() {}

  /** An element that this class does not know how to write. */
  static final class UnknownElementException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownElementException(String what) {
      super(what);
    }
  }

  /**
   * A formula.
   *
   * @param math SnuggleTeX's element {@code math}
   * @param tex what it was made of
   */
  static String of(Node math, String tex, boolean isBlock) throws UnknownElementException {
    MathMl written = new MathMl();
    written
        .html
        .append("<math")
        .append(isBlock ? " display=\"block\"" : "")
        .append(" alttext=\"")
        .append(Html.escape(tex.replaceAll("\\s+", " ")))
        .append("\">");
    written.row(children(math), "");
    return written.html.append("</math>").toString();
  }

  private static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      children.add(child);
    }
    return children;
  }

  /** Elements behind each other; upright letters that follow each other are one word. */
  private void row(List<Node> nodes, String variant) throws UnknownElementException {
    StringBuilder word = new StringBuilder();
    for (Node node : nodes) {
      if (variant.equals("normal") && isLetter(node)) {
        word.append(node.getTextContent());
        continue;
      }
      word(word);
      write(node, variant);
    }
    word(word);
  }

  private static boolean isLetter(Node node) {
    return node.getNodeName().equals("mi") && Character.isLetter(node.getTextContent().charAt(0));
  }

  private void word(StringBuilder word) {
    if (!word.isEmpty()) {
      html.append("<mi mathvariant=\"normal\">").append(Html.escape(word.toString()));
      html.append("</mi>");
      word.setLength(0);
    }
  }

  private void write(Node node, String variant) throws UnknownElementException {
    String name = node.getNodeName();
    if (!(node instanceof Element element)) {
      throw new UnknownElementException("there is text outside of the formula");
    }
    switch (name) {
      case "mstyle" -> {
        html.append("<mrow>");
        row(children(node), element.getAttribute("mathvariant"));
        html.append("</mrow>");
      }
      case "mfenced" -> fenced(element, variant);
      case "mi", "mn", "mo", "mtext" -> token(element, variant);
      default -> {
        if (!SAME.contains(name)) {
          throw new UnknownElementException("MathML has no " + name);
        }
        open(element, variant);
        if (name.equals("mrow") || name.equals("mtd") || name.equals("msqrt")) {
          row(children(node), variant);
        } else {
          for (Node child : children(node)) {
            write(child, variant);
          }
        }
        html.append("</").append(name).append('>');
      }
    }
  }

  private void open(Element element, String variant) {
    html.append('<').append(element.getNodeName());
    for (String attribute : List.of("accent", "accentunder", "width", "mathvariant")) {
      String value = element.getAttribute(attribute);
      boolean isKept =
          KEPT.contains(attribute) || (value.isEmpty() ? variant : value).equals("normal");
      boolean isToken = element.getNodeName().equals("mi");
      if (attribute.equals("mathvariant") && isKept && isToken) {
        html.append(" mathvariant=\"normal\"");
      } else if (!value.isEmpty() && KEPT.contains(attribute)) {
        html.append(' ').append(attribute).append("=\"").append(Html.escape(value)).append('"');
      }
    }
    if (!element.getAttribute("columnalign").isEmpty()) {
      html.append(" style=\"text-align: ")
          .append(Html.escape(element.getAttribute("columnalign")))
          .append('"');
    }
    html.append('>');
  }

  private void token(Element element, String variant) throws UnknownElementException {
    String text = element.getTextContent();
    if (text.contains("\n")) {
      throw new UnknownElementException("a line ends outside of an array");
    }
    open(element, variant);
    String own = element.getAttribute("mathvariant");
    html.append(Html.escape(Alphabet.of(own.isEmpty() ? variant : own, plain(element, text))));
    html.append("</").append(element.getNodeName()).append('>');
  }

  private static String plain(Element element, String text) {
    return switch (element.getNodeName()) {
      case "mo" -> text.equals("-") ? "\u2212" : text.equals("\u0304") ? "\u00af" : text;
      case "mi" -> text.equals("'") ? "\u2032" : text;
      default -> text;
    };
  }

  /** MathML Core has no fences: they are operators that grow with what they enclose. */
  private void fenced(Element element, String variant) throws UnknownElementException {
    List<Node> children = children(element);
    boolean isCases = element.getAttribute("close").isEmpty();
    html.append(isCases ? "<mrow class=\"cases\">" : "<mrow>");
    fence(element.getAttribute("open"), "prefix");
    boolean isFirst = true;
    for (Node child : children) {
      if (!isFirst) {
        html.append("<mo separator=\"true\">,</mo>");
      }
      write(child, variant);
      isFirst = false;
    }
    fence(element.getAttribute("close"), "postfix");
    html.append("</mrow>");
  }

  private void fence(String fence, String form) {
    if (!fence.isEmpty()) {
      html.append("<mo fence=\"true\" stretchy=\"true\" form=\"")
          .append(form)
          .append("\">")
          .append(Html.escape(fence))
          .append("</mo>");
    }
  }
}
