package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import vethbook.lab.Device;
import vethbook.lab.Netns;

/**
 * Words that turn the knobs of Linux.
 *
 * @see DeviceWords
 */
public interface TuningWords {
  /** Reads a kernel parameter of a namespace. */
  default String sysctl(Netns netns, String key) {
    return netns.sysctl(key);
  }

  /** Sets a kernel parameter of a namespace: {@code sysctl -w}. */
  default void sysctl(Netns netns, String key, @Nullable Object value) {
    NetnsWords.sysctl(netns, key, value);
  }

  /**
   * The kernel parameters below {@code net} and what a new namespace gets of each: machine-wide (it
   * has none of its own), read-only, reset to Linux's default, or the same as the host's. Changes
   * nothing; {@code host.sysctlInventory()} finds out more.
   */
  default Table sysctlInventory() {
    return SysctlWords.table(LabScript.session(this).lab().sysctls().byLooking());
  }

  /** The kernel parameters in which two namespaces differ. */
  default Table sysctlDiff(Netns a, Netns b) {
    return SysctlWords.sysctlDiff(a, b);
  }

  /** Spreads a device's received packets over CPUs: {@code rps server.eth0, cpus: none}. */
  default Device rps(
      @NamedParams({@NamedParam("cpus"), @NamedParam("queue")}) Map<String, ?> options,
      Device device) {
    return DeviceWords.rps(device, options);
  }
}
