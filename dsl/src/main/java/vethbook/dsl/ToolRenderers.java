package vethbook.dsl;

import java.util.List;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.tool.Fping;
import vethbook.tool.Tabular;
import vethbook.tool.ToolResult;
import vethbook.tool.WebServer;
import vethbook.view.TableView;

/** How what the words about tools return shows itself. */
final class ToolRenderers {
  private ToolRenderers() {}

  static List<Renderer<?>> all() {
    return List.of(
        Renderer.of(CapturedPackets.class, CapturedPackets::bundle),
        Renderer.of(PerfCounts.class, ToolRenderers::table),
        Renderer.of(HotFunctions.class, ToolRenderers::table),
        Renderer.of(TcpSeries.class, ToolRenderers::table),
        Renderer.of(Fping.Result.class, ToolRenderers::table),
        Renderer.of(ToolResult.class, ValueRenderers::tool),
        Renderer.of(WebServer.class, server -> MimeBundle.plain(server.toString())));
  }

  private static MimeBundle table(Tabular result) {
    return TableView.bundle(TableView.table(result.title(), result.rows()));
  }
}
