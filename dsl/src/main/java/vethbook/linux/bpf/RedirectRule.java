package vethbook.linux.bpf;

import java.util.List;
import vethbook.linux.Cidr;

/**
 * Where packets go.
 *
 * @param action how they get there
 * @param linkIndex the device that the action takes, in the namespace where the program runs
 * @param destinations which packets: those for these networks; empty for every frame, whatever it
 *     carries
 */
public record RedirectRule(Action action, int linkIndex, List<Cidr> destinations) {
  public RedirectRule {
    destinations = List.copyOf(destinations);
  }

  /** The ways to redirect (man 7 bpf-helpers). */
  public enum Action {
    /** {@code bpf_redirect_peer}: into the peer of the device. */
    PEER(Helper.REDIRECT_PEER),
    /** {@code bpf_redirect_neigh}: out of the device, with the neighbour's MAC address. */
    NEIGHBOUR(Helper.REDIRECT_NEIGH),
    /** {@code bpf_redirect}: out of the device, the frame unchanged. */
    FRAME(Helper.REDIRECT);

    private final Helper helper;

    Action(Helper helper) {
      this.helper = helper;
    }

    Helper helper() {
      return helper;
    }

    /** {@code bpf_redirect_peer} and so on. */
    public String function() {
      return helper.function();
    }
  }
}
