package vethbook.lab;

import vethbook.linux.rtnetlink.Route;

/** Phrases that several texts share. */
final class Text {
  private Text() {}

  /** {@code eth0 in netns client}. */
  static String place(Device device) {
    return device.name() + " in netns " + device.netns().name();
  }

  /** A route for {@code ip}, which has to be told that a default route is IPv6's. */
  static String route(Route route, String device) {
    String text = route.text(device);
    return route.isDefault() && route.destination().isIpv6()
        ? text.replace("default", "::/0")
        : text;
  }
}
