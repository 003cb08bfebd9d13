package vethbook.lab;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import vethbook.linux.process.Cpus;
import vethbook.linux.sysfs.RxQueues;

record SetRps(Device device, int queue, Set<Integer> cpus, Set<Integer> old) implements Change {
  @Override
  public void apply() {
    new RxQueues(device.netns().handle(), device.name()).setRps(queue, cpus);
  }

  @Override
  public void undo() {
    new RxQueues(device.netns().handle(), device.name()).setRps(queue, old);
  }

  @Override
  public String command() {
    return "ip netns exec %s sh -c 'echo %s > /sys/class/net/%s/queues/rx-%d/rps_cpus'"
        .formatted(device.netns().name(), Cpus.mask(cpus), device.name(), queue);
  }

  @Override
  public List<Netns> places() {
    return List.of(device.netns());
  }

  @Override
  public Optional<HostChange> onHost() {
    return Optional.of(HostChange.rps(device.name(), queue, old));
  }

  @Override
  public String purpose() {
    return "set rps cpus "
        + (cpus.isEmpty() ? "none" : Cpus.list(cpus))
        + " on "
        + device.name()
        + " rx-"
        + queue
        + " in netns "
        + device.netns().name();
  }
}
