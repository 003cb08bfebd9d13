package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.sysfs.QueueAttribute;
import vethbook.linux.sysfs.Queues;

/** Sets what can be set of one queue of a device. Values are as Linux writes them. */
record SetQueue(Device device, QueueAttribute attribute, int queue, String value, String old)
    implements Change {
  @Override
  public void apply() {
    new Queues(device.netns().handle(), device.name()).write(attribute, queue, value);
  }

  @Override
  public void undo() {
    new Queues(device.netns().handle(), device.name()).write(attribute, queue, old);
  }

  @Override
  public String command() {
    return "ip netns exec %s sh -c 'echo %s > /sys/class/net/%s/queues/%s-%d/%s'"
        .formatted(
            device.netns().name(), value, device.name(), attribute.side(), queue, attribute.file());
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<HostChange> onHost() {
    return Optional.of(HostChange.queue(device.name(), attribute, queue, old));
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return device.lasting(() -> onHost().stream().toList());
  }

  @Override
  public String purpose() {
    return "set %s on %s %s-%d in netns %s"
        .formatted(
            Queues.shown(attribute, value),
            device.name(),
            attribute.side(),
            queue,
            device.netns().name());
  }
}
