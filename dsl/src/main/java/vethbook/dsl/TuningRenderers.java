package vethbook.dsl;

import java.util.List;
import vethbook.extension.MimeBundle;
import vethbook.extension.Renderer;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.LinkSpeed;
import vethbook.linux.ethtool.Rings;
import vethbook.view.TableView;

/** How what the words about queues and settings return shows itself. */
final class TuningRenderers {
  private TuningRenderers() {}

  static List<Renderer<?>> all() {
    return List.of(
        Renderer.of(DeviceQdiscs.class, shown -> TableView.bundle(shown.table())),
        Renderer.of(Offloads.class, shown -> TableView.bundle(shown.table())),
        Renderer.of(Channels.class, channels -> MimeBundle.plain(channels.toString())),
        Renderer.of(Rings.class, rings -> MimeBundle.plain(rings.toString())),
        Renderer.of(LinkSpeed.class, speed -> MimeBundle.plain(speed.toString())),
        Renderer.of(BitRate.class, rate -> MimeBundle.plain(rate.toString())),
        Renderer.of(Percent.class, percent -> MimeBundle.plain(percent.toString())));
  }
}
