package vethbook.lab;

import java.nio.file.Path;
import java.util.Locale;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.sysfs.QueueAttribute;
import vethbook.linux.sysfs.Queues;

/** An attribute of a queue in a journal: {@code eth0 rps_cpus 0}. */
record QueuePlace(String device, QueueAttribute attribute, int queue) {
  static QueuePlace parse(String text) {
    String[] parts = text.split(" ");
    QueueAttribute attribute = QueueAttribute.valueOf(parts[1].toUpperCase(Locale.ROOT));
    return new QueuePlace(parts[0], attribute, Integer.parseInt(parts[2]));
  }

  String text() {
    return device + " " + attribute.file() + " " + queue;
  }

  String read(NetnsHandle netns) {
    return new Queues(netns, device).read(attribute, queue);
  }

  /** False when it has the value already. */
  boolean putBack(NetnsHandle netns, String old) {
    boolean differs = !read(netns).equals(old);
    if (differs) {
      new Queues(netns, device).write(attribute, queue, old);
    }
    return differs;
  }

  /** Where it is on the host. */
  Path file() {
    return Path.of("/sys/class/net", device, "queues")
        .resolve(attribute.side() + "-" + queue)
        .resolve(attribute.file());
  }
}
