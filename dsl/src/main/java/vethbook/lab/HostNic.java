package vethbook.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.Cidr;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.rtnetlink.Link;
import vethbook.linux.rtnetlink.Links;
import vethbook.linux.rtnetlink.Route;

/**
 * What a network card of the host had before it was moved into a namespace. Linux itself returns
 * hardware to the host when its namespace goes, but without its addresses and routes, and down.
 *
 * @param mac by which it is found again: Linux may have to rename it
 * @param addresses as in {@code ip address}
 * @param routes that leave through it and need no other
 * @param settings of ethtool, which stay with it; null as written down by older versions
 */
record HostNic(
    String name,
    String mac,
    boolean up,
    List<String> addresses,
    List<Entry> routes,
    @Nullable NicSettings settings) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS = 40;
  private static final long PAUSE_MS = 50;

  /** A route of the main table. */
  record Entry(String destination, String via) {
    Route route(int index) {
      InetAddress gateway = via.isEmpty() ? null : Cidr.parseAddress(via);
      return Route.to(Cidr.parse(destination), gateway, index);
    }
  }

  /**
   * @throws PlanException for a device that would not return by itself
   */
  static HostChange before(Device device) {
    Link link = device.existing();
    if (!link.kind().isEmpty() || link.mac().isEmpty() || device.name().equals("lo")) {
      throw new PlanException(
          "Cannot move %s device %s away from the host"
              .formatted(link.kind().isEmpty() ? "the" : link.kind(), device.name()),
          "only hardware returns to the host when its namespace goes; Linux destroys a virtual"
              + " device with it. Make one in the lab instead");
    }
    NetnsHandle host = device.netns().handle();
    List<Entry> routes =
        host.routes().list().stream()
            .filter(route -> route.linkIndex() == link.index() && route.table() == Route.MAIN)
            .map(HostNic::entry)
            .toList();
    List<String> addresses = device.addresses().stream().map(Cidr::toString).toList();
    NicSettings settings = NicSettings.of(host, device.name());
    HostNic nic = new HostNic(device.name(), link.mac(), link.isUp(), addresses, routes, settings);
    return HostChange.nic(nic.name, nic.json());
  }

  private static Entry entry(Route route) {
    return new Entry(
        route.destination().toString(), route.via() == null ? "" : Cidr.text(route.via()));
  }

  private String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static HostNic parse(String json) {
    try {
      return JSON.readValue(json, HostNic.class);
    } catch (JsonProcessingException e) {
      throw new PlanException("Cannot read what a device of the host had: " + json, null);
    }
  }

  /**
   * Gives it back what it had.
   *
   * @throws PlanException when the card is not back after two seconds: Linux returns it some time
   *     after the last process in its namespace has ended
   */
  void restore(NetnsHandle host) {
    Links links = host.links();
    Link link = await(links);
    int index = link.index();
    if (!link.name().equals(name)) {
      links.setUp(index, false);
      links.rename(index, name);
    }
    if (settings != null) {
      settings.restore(host, name);
    }
    links.setUp(index, up);
    List<Cidr> there = host.addresses().of(index).stream().map(given -> given.cidr()).toList();
    addresses.stream()
        .map(Cidr::parse)
        .filter(cidr -> !there.contains(cidr))
        .forEach(cidr -> host.addresses().add(index, cidr));
    if (up) {
      routes.forEach(entry -> host.routes().replace(entry.route(index)));
    }
  }

  private Link await(Links links) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      for (Link link : links.list()) {
        if (link.mac().equals(mac) && link.kind().isEmpty()) {
          return link;
        }
      }
      pause();
    }
    throw new PlanException(
        "Cannot give host device " + name + " back what it had: it is not on the host",
        "it returns when the last process in the namespace it was moved to has ended; run"
            + " 'vethbook clean' then");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlanException("Interrupted while waiting for a device of the host", null);
    }
  }
}
