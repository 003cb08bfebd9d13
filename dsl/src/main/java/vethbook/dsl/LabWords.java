package vethbook.dsl;

import groovy.lang.Closure;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.lab.Lab;
import vethbook.lab.Netns;

/** The lab itself, and what the machine can do. */
public interface LabWords {
  /** The lab of this notebook; as the last line of a cell it shows itself as a picture. */
  default Lab getLab() {
    return LabScript.session(this).lab();
  }

  /** What the running Linux can do: {@code linux.has('ipvlan')}. */
  default Features getLinux() {
    return LabScript.session(this).features();
  }

  /**
   * The machine's own namespace, for what is asked of it by this name: {@code host.sysctl
   * 'net.core.rps_sock_flow_entries', 32768}. Old values come back when the lab ends.
   */
  default Netns getHost() {
    return getLab().host();
  }

  /** No CPU: turns RPS off. */
  default Set<Integer> getNone() {
    return Set.of();
  }

  /** The network namespace of this name, made if there is none: {@code ip netns add}. */
  default Netns netns(String name) {
    return getLab().netns(name);
  }

  /**
   * Runs the block only where Linux has a feature; elsewhere shows why not, and goes on.
   *
   * @return what the block returns; null when it was skipped
   */
  default @Nullable Object needs(String feature, Closure<?> block) {
    var absence = getLinux().absence(feature);
    if (absence.isPresent()) {
      LabScript.session(this).host().display(MimeBundle.plain("skipped: " + absence.get()));
      return null;
    }
    return block.call();
  }
}
