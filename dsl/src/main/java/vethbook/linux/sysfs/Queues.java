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
 * The receive and transmit queues of a device, and what can be set of each.
 *
 * @see "Documentation/networking/scaling.rst"
 */
public final class Queues {
  private final NetnsHandle netns;
  private final String device;

  public Queues(NetnsHandle netns, String device) {
    this.netns = netns;
    this.device = device;
  }

  /** How many queues have the attribute. */
  public int count(QueueAttribute attribute) {
    String[] queues = folder().list();
    int count = 0;
    for (String queue : queues == null ? new String[0] : queues) {
      count += queue.startsWith(attribute.side() + "-") ? 1 : 0;
    }
    return count;
  }

  /**
   * The value as Linux writes it, without the final newline: a mask of CPUs or a number.
   *
   * @throws SysfsException ENOENT for xps_cpus of a device with one transmit queue
   */
  public String read(QueueAttribute attribute, int queue) {
    try (FileInputStream in = new FileInputStream(file(attribute, queue))) {
      byte[] buffer = new byte[8192];
      int length = in.read(buffer);
      return new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      String answer = Errno.in(e);
      throw new SysfsException(
          "Cannot read %s of %s".formatted(attribute.file(), where(attribute, queue)),
          answer,
          next(attribute, answer, ""),
          e);
    }
  }

  /** The CPUs of a mask attribute; empty when it is off. */
  public Set<Integer> cpus(QueueAttribute attribute, int queue) {
    return Cpus.ofMask(read(attribute, queue));
  }

  /**
   * Sets an attribute: {@code echo VALUE > /sys/class/net/DEV/queues/rx-N/FILE}.
   *
   * @throws SysfsException EPERM without CAP_NET_ADMIN in the initial user namespace, EOVERFLOW or
   *     EINVAL when a mask names a CPU that Linux does not know
   */
  public void write(QueueAttribute attribute, int queue, String value) {
    try (FileOutputStream out = new FileOutputStream(file(attribute, queue))) {
      out.write((value + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      String answer = Errno.in(e);
      throw new SysfsException(
          "Cannot set %s on %s".formatted(shown(attribute, value), where(attribute, queue)),
          "%s   [write \"%s\" to %s]".formatted(answer, value, attribute.file()),
          next(attribute, answer, value),
          e);
    }
  }

  /** {@code rps cpus 0-3}. */
  public static String shown(QueueAttribute attribute, String value) {
    return switch (attribute) {
      case RPS_CPUS -> "rps cpus " + list(value);
      case RPS_FLOW_CNT -> "rfs flows " + value;
      case XPS_CPUS -> "xps cpus " + list(value);
    };
  }

  private static String list(String mask) {
    Set<Integer> cpus = Cpus.ofMask(mask);
    return cpus.isEmpty() ? "none" : Cpus.list(cpus);
  }

  private static @Nullable String next(QueueAttribute attribute, String answer, String value) {
    int cpuCount = Runtime.getRuntime().availableProcessors();
    boolean isMask = attribute != QueueAttribute.RPS_FLOW_CNT && !value.isEmpty();
    if (isMask && Cpus.ofMask(value).stream().anyMatch(cpu -> cpu >= cpuCount)) {
      return "this machine has CPUs 0-" + (cpuCount - 1);
    }
    if (answer.startsWith("ENOENT") && attribute == QueueAttribute.XPS_CPUS) {
      return "it takes a device with two transmit queues or more, such as vethPair ..., queues: 2";
    }
    if (!answer.startsWith("EPERM") && !answer.startsWith("EACCES")) {
      return null;
    }
    return attribute == QueueAttribute.RPS_CPUS
        ? "RPS masks can only be written by root of the machine, not in a user namespace; what"
            + " rpsDefault sets before the device is made can"
        : "only root of the machine may write it, not a user namespace";
  }

  private String where(QueueAttribute attribute, int queue) {
    return device + " " + attribute.side() + "-" + queue + " in " + netns;
  }

  private File folder() {
    return new File(netns.sysfs() + "/class/net/" + device + "/queues");
  }

  private File file(QueueAttribute attribute, int queue) {
    return new File(folder(), attribute.side() + "-" + queue + "/" + attribute.file());
  }
}
