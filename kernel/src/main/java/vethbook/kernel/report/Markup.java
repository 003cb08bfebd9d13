package vethbook.kernel.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import vethbook.kernel.notebook.Cell;

/** The Markdown of one notebook, and its headings. */
final class Markup {
  /** One tilde alone is "about" in front of a number. */
  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(),
          StrikethroughExtension.builder().requireTwoTildes(true).build());

  private final Parser parser =
      Parser.builder()
          .extensions(EXTENSIONS)
          .customBlockParserFactory(new MathBlock.Factory())
          .customBlockParserFactory(new FootnoteSyntax.Definitions())
          .linkProcessor(FootnoteSyntax::reference)
          .postProcessor(new TaskLists())
          .customInlineContentParserFactory(new TexMath.Dollars())
          .customInlineContentParserFactory(new TexMath.Backslashes())
          .build();
  private final TextContentRenderer words =
      TextContentRenderer.builder()
          .extensions(EXTENSIONS)
          .nodeRendererFactory(TexMath.InText::new)
          .build();
  private final Formulas formulas = new Formulas();
  private final Footnotes notes = new Footnotes(this::text);
  private final HtmlRenderer renderer;
  private final Images.Source pictures;
  private final List<Title> titles = new ArrayList<>();

  /**
   * A heading.
   *
   * @param level 1 to 6
   * @param id for links to it
   */
  record Title(int level, String id, String text) {}

  Markup(Path folder) {
    pictures = new Images.Source(folder);
    renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .nodeRendererFactory(context -> new TexMath.InHtml(context, formulas))
            .nodeRendererFactory(SimpleTags::new)
            .nodeRendererFactory(TaskLists.InHtml::new)
            .nodeRendererFactory(context -> notes.new InHtml(context))
            .nodeRendererFactory(context -> new Images(context, pictures))
            .attributeProviderFactory(context -> this::identify)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();
  }

  /** Reads the footnotes that cells define for each other. */
  void read(List<Cell> cells) {
    cells.stream()
        .filter(Cell::isMarkdown)
        .forEach(cell -> notes.collect(parser.parse(cell.source())));
  }

  /** The footnotes that cells and outputs so far refer to; empty for none. */
  String footnotes() {
    return notes.section(renderer::render);
  }

  /** A cell's text, less its heading where that is the report's title. */
  String cell(Cell cell, String title) {
    pictures.cell(cell.attachments());
    Node document = parser.parse(cell.source());
    if (document.getFirstChild() instanceof Heading first
        && first.getLevel() == 1
        && text(first).equals(title)) {
      first.unlink();
    }
    return render(document);
  }

  /** What a cell showed. */
  String output(String markdown) {
    return render(parser.parse(markdown));
  }

  private String render(Node document) {
    notes.enter(document);
    return renderer.render(document);
  }

  /** What a cell showed as LaTeX: a formula, or text with formulas in it. */
  String latex(String text) {
    return TexMath.whole(text).map(tex -> formulas.html(tex, true)).orElseGet(() -> output(text));
  }

  /** All headings so far, in order. */
  List<Title> titles() {
    return List.copyOf(titles);
  }

  /** Plain text of a line of Markdown. */
  String plain(String markdown) {
    return text(parser.parse(markdown));
  }

  private String text(Node node) {
    return words.render(node).strip();
  }

  private void identify(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Heading heading) {
      String text = text(heading);
      String id =
          "s%d-%s"
              .formatted(
                  titles.size() + 1,
                  text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-"));
      titles.add(new Title(heading.getLevel(), id, text));
      attributes.put("id", id);
    }
  }
}
