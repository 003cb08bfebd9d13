package vethbook.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.Rule;
import vethbook.linux.sysctl.Sysctl;
import vethbook.linux.sysfs.QueueAttribute;
import vethbook.linux.sysfs.Queues;

/** A namespace as Linux has it now: each question is asked anew. */
record LinuxView(NetnsHandle handle) implements View {
  @Override
  public List<Link> links() {
    return handle.links().list();
  }

  @Override
  public Optional<Link> link(String name) {
    return handle.links().find(name);
  }

  @Override
  public List<Addresses.Assigned> addresses() {
    return handle.addresses().list();
  }

  @Override
  public List<Addresses.Assigned> addresses(int linkIndex) {
    return handle.addresses().of(linkIndex);
  }

  @Override
  public List<Route> routes() {
    return handle.routes().list();
  }

  @Override
  public List<Route> routes(int table, boolean isIpv6) {
    return handle.routes().list(table, isIpv6);
  }

  @Override
  public List<Rule> rules() {
    return handle.rules().list();
  }

  @Override
  public List<Neighbour> neighbours() {
    return handle.neighbours().list();
  }

  @Override
  public List<Neighbour> forwarding() {
    return handle.neighbours().forwarding();
  }

  @Override
  public String sysctl(String key) {
    return Sysctl.read(handle, key);
  }

  @Override
  public boolean isReal(String device) {
    return link(device).isPresent();
  }

  @Override
  public List<String> queues(String device, QueueAttribute attribute) {
    Queues queues = new Queues(handle, device);
    return IntStream.range(0, queues.count(attribute))
        .mapToObj(queue -> queues.read(attribute, queue))
        .toList();
  }
}
