package vethbook.lab;

import java.util.List;
import java.util.Optional;
import vethbook.linux.rtnetlink.Addresses;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Neighbour;
import vethbook.linux.rtnetlink.Route;
import vethbook.linux.rtnetlink.Rule;
import vethbook.linux.sysfs.QueueAttribute;

/** What words see of a namespace before they change it: Linux, or what a plan has made of it. */
interface View {
  List<Link> links();

  Optional<Link> link(String name);

  List<Addresses.Assigned> addresses();

  List<Addresses.Assigned> addresses(int linkIndex);

  List<Route> routes();

  /** Those of one table and family, or more. */
  default List<Route> routes(int table, boolean isIpv6) {
    return routes();
  }

  List<Rule> rules();

  List<Neighbour> neighbours();

  List<Neighbour> forwarding();

  String sysctl(String key);

  /** Whether Linux has this device, so that more can be asked about it than stands here. */
  boolean isReal(String device);

  /** One value for each queue. */
  List<String> queues(String device, QueueAttribute attribute);
}
