package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.rtnetlink.Netkit;

record SetNetkitPolicies(Device primary, NetkitOptions options, Netkit old) implements Change {
  @Override
  public void apply() {
    primary.netns().handle().links().netkitPolicies(primary.index(), options.netkit());
  }

  @Override
  public void undo() {
    primary.netns().handle().links().netkitPolicies(primary.index(), old);
  }

  @Override
  public String command() {
    return "ip -n %s link set dev %s type netkit %s"
        .formatted(primary.netns().name(), primary.name(), options.policies());
  }

  @Override
  public List<Netns> places() {
    return List.of(primary.netns());
  }

  @Override
  public Optional<List<HostChange>> lasting(Netns place) {
    return primary.lastingIfOwn();
  }

  @Override
  public String purpose() {
    return "set policy %s of netkit %s".formatted(options.policies(), Text.place(primary));
  }
}
