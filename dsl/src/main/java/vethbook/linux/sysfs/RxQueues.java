package vethbook.linux.sysfs;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.linux.libc.Errno;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Cpus;

/**
 * The receive queues of a device and the CPUs each spreads its packets over (receive packet
 * steering, RPS).
 *
 * @see "Documentation/networking/scaling.rst, RPS: Receive Packet Steering"
 */
public final class RxQueues {
  private final NetnsHandle netns;
  private final String device;

  public RxQueues(NetnsHandle netns, String device) {
    this.netns = netns;
    this.device = device;
  }

  /** How many receive queues the device has. */
  public int count() {
    String[] queues = new File(netns.sysfs() + "/class/net/" + device + "/queues").list();
    int count = 0;
    for (String queue : queues == null ? new String[0] : queues) {
      count += queue.startsWith("rx-") ? 1 : 0;
    }
    return count;
  }

  /** The CPUs of a queue; empty when RPS is off. */
  public Set<Integer> rps(int queue) {
    try (FileInputStream in = new FileInputStream(file(queue))) {
      byte[] buffer = new byte[8192];
      int length = in.read(buffer);
      return Cpus.ofMask(new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new SysfsException("Cannot read the rps cpus of " + where(queue), Errno.in(e), null, e);
    }
  }

  /**
   * Spreads received packets of a queue over the given CPUs. Equals {@code echo MASK >
   * queues/rx-N/rps_cpus}; an empty set turns RPS off.
   *
   * @throws SysfsException EPERM without CAP_NET_ADMIN in the initial user namespace, EOVERFLOW or
   *     EINVAL when the set names a CPU that Linux does not know
   */
  public void setRps(int queue, Set<Integer> cpus) {
    String mask = Cpus.mask(cpus);
    try (FileOutputStream out = new FileOutputStream(file(queue))) {
      out.write((mask + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      String text = Errno.in(e);
      throw new SysfsException(
          "Cannot set rps cpus %s on %s"
              .formatted(cpus.isEmpty() ? "none" : Cpus.list(cpus), where(queue)),
          text + "   [write \"" + mask + "\" to rps_cpus]",
          next(text, cpus),
          e);
    }
  }

  private @Nullable String next(String answer, Set<Integer> cpus) {
    int cpuCount = Runtime.getRuntime().availableProcessors();
    if (cpus.stream().anyMatch(cpu -> cpu >= cpuCount)) {
      return "this machine has CPUs 0-" + (cpuCount - 1);
    }
    return answer.startsWith("EPERM") || answer.startsWith("EACCES")
        ? "RPS masks can only be written by root of the machine, not in a user namespace;"
            + " net.core.rps_default_mask, set before the device is made, can"
        : null;
  }

  private String where(int queue) {
    return device + " rx-" + queue + " in " + netns;
  }

  private File file(int queue) {
    return new File(netns.sysfs() + "/class/net/" + device + "/queues/rx-" + queue + "/rps_cpus");
  }
}
