package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import vethbook.lab.Device;
import vethbook.lab.Redirect;
import vethbook.lab.RedirectPlan;

/**
 * What a cell can say to a device about BPF: {@code host.eth0.bpfRedirect to: box.eth0}.
 *
 * @see BpfWords
 */
public final class BpfDeviceWords {
  private BpfDeviceWords() {}

  /**
   * Sends packets that arrive at a device straight on to another.
   *
   * @see BpfWords#bpfRedirect
   */
  public static Device bpfRedirect(
      Device self,
      @NamedParams({
            @NamedParam("to"),
            @NamedParam("when"),
            @NamedParam(value = "neighbour", type = Boolean.class)
          })
          Map<String, ?> options) {
    Options checked = new Options(BpfDeviceWords.class, "bpfRedirect", options);
    Object to = checked.value("to", "a device such as box.eth0, or none");
    if (to instanceof Collection<?> none && none.isEmpty()) {
      self.netns().lab().endBpfRedirects(self);
    } else {
      Boolean neighbour = checked.has("neighbour") ? checked.flag("neighbour") : null;
      RedirectPlan plan = new RedirectPlan(checked.device("to"), checked.cidrs("when"), neighbour);
      self.netns().lab().bpfRedirect(self, plan);
    }
    return self;
  }

  public static Device bpfRedirect(Device self) {
    return bpfRedirect(self, Map.of());
  }

  /** Where packets that arrive at a device are sent by {@code bpfRedirect}. */
  public static List<Redirect> getBpfRedirects(Device self) {
    return self.netns().lab().bpfRedirects(self);
  }
}
