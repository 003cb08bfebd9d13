package vethbook.dsl;

import java.util.List;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.tool.ToolResult;

/** How what the words about tools return shows itself. */
final class ToolRenderers {
  private ToolRenderers() {}

  static List<Renderer<?>> all() {
    return List.of(Renderer.of(ToolResult.class, result -> MimeBundle.plain(result.toString())));
  }
}
