package vethbook.kernel.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.text.TextContentRenderer;
import vethbook.kernel.notebook.Cell;

/**
 * Pictures that Markdown cells name: attachments and files beside the notebook go into the page
 * itself. What lies elsewhere is named and not fetched.
 */
final class Images implements NodeRenderer {
  private static final long LARGEST = 8L << 20;
  private static final Map<String, String> TYPES =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp",
          "svg", "image/svg+xml");

  private final HtmlNodeRendererContext context;
  private final Source source;

  /** Where pictures are looked for; changes with each cell. */
  static final class Source {
    private final Path folder;
    private JsonNode attachments = MissingNode.getInstance();

    Source(Path folder) {
      this.folder = folder;
    }

    void cell(JsonNode attached) {
      attachments = attached;
    }
  }

  Images(HtmlNodeRendererContext context, Source source) {
    this.context = context;
    this.source = source;
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(Image.class);
  }

  @Override
  public void render(Node node) {
    if (node instanceof Image image) {
      String place = image.getDestination();
      String alt = TextContentRenderer.builder().build().render(node).strip();
      String words = alt.replaceAll("^\"|\".*$", "");
      Optional<String> data = data(place);
      HtmlWriter writer = context.getWriter();
      if (data.isPresent()) {
        writer.tag("img", Map.of("src", data.get(), "alt", words), true);
      } else {
        writer.tag("em");
        writer.text("[picture" + (words.isEmpty() ? "" : ": " + words) + ", " + place + "]");
        writer.tag("/em");
      }
    }
  }

  private Optional<String> data(String place) {
    if (place.startsWith("data:image/")) {
      return Optional.of(place);
    }
    if (place.startsWith("attachment:")) {
      return attachment(place.substring("attachment:".length()));
    }
    String type = TYPES.get(place.substring(place.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    return type == null || place.contains(":") || place.startsWith("/")
        ? Optional.empty()
        : file(place, type);
  }

  private Optional<String> attachment(String name) {
    for (Map.Entry<String, JsonNode> one : source.attachments.path(name).properties()) {
      if (one.getKey().startsWith("image/")) {
        return Optional.of(
            "data:" + one.getKey() + ";base64," + Cell.text(one.getValue()).replace("\n", ""));
      }
    }
    return Optional.empty();
  }

  /** A file that is missing is no error: the report names it, as a front end would. */
  private Optional<String> file(String place, String type) {
    try {
      Path file = source.folder.resolve(place.replace("%20", " "));
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      return Optional.of(
          "data:"
              + type
              + ";base64,"
              + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
