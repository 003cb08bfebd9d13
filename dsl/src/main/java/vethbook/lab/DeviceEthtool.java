package vethbook.lab;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vethbook.linux.ethtool.Channels;
import vethbook.linux.ethtool.Ethtool;
import vethbook.linux.ethtool.Feature;
import vethbook.linux.ethtool.LinkSpeed;
import vethbook.linux.ethtool.Rings;
import vethbook.linux.libc.Errno;
import vethbook.linux.netlink.NetlinkException;

/** The settings of a device that {@code ethtool} knows. */
public final class DeviceEthtool {
  private final Device device;

  public DeviceEthtool(Device device) {
    this.device = device;
  }

  /** Everything that can be switched or that is fixed: {@code ethtool -k}. */
  public List<Feature> features() {
    return read("offloads", ethtool -> ethtool.features(device.name()));
  }

  /**
   * Switches features on and off: {@code ethtool -K}. Nothing happens when they are as wanted.
   *
   * @param wanted by the names of {@code ethtool -K}, short or long, or Linux's own
   * @throws PlanException for what is fixed, or stays as it was because of something else
   */
  public void offload(Map<String, Boolean> wanted) {
    device.existing();
    if (!isReal()) {
      device.netns().lab().apply(List.of(SetFeatures.planned(device, wanted)));
      return;
    }
    FeaturePlan plan = new FeaturePlan(device, features());
    wanted.forEach(plan::add);
    if (!plan.isEmpty()) {
      device.netns().lab().apply(List.of(plan.change()));
    }
  }

  public Channels channels() {
    return read("channels", ethtool -> ethtool.channels(device.name()));
  }

  /**
   * {@code ethtool -L}. Nothing happens when they are so many.
   *
   * @param wanted numbers of 0 or more
   * @throws PlanException for more than the device has
   */
  public void channels(Channels wanted) {
    Channels old = channels();
    requireMost("rx", wanted.rx(), old.most().rx(), old);
    requireMost("tx", wanted.tx(), old.most().tx(), old);
    requireMost("combined", wanted.combined(), old.most().combined(), old);
    if (!wanted.equals(old)) {
      device.netns().lab().apply(List.of(new SetChannels(device, wanted, old)));
    }
  }

  private void requireMost(String name, int wanted, int most, Channels old) {
    if (wanted > most) {
      throw new PlanException(
          "Cannot use %d %s channels on device %s: it has %d"
              .formatted(wanted, name, Text.place(device), most),
          "its channels: " + old + "; a veth has as many as it is made with (queues:)");
    }
  }

  public Rings rings() {
    return read("rings", ethtool -> ethtool.rings(device.name()));
  }

  /**
   * {@code ethtool -G}. Nothing happens when they are so long.
   *
   * @throws PlanException for more than the device takes
   */
  public void rings(Rings wanted) {
    Rings old = rings();
    if (wanted.rx() > old.mostRx() || wanted.tx() > old.mostTx()) {
      throw new PlanException(
          "Cannot make rings of %s with rx %d and tx %d"
              .formatted(Text.place(device), wanted.rx(), wanted.tx()),
          "its rings: " + old);
    }
    if (!wanted.equals(old)) {
      device.netns().lab().apply(List.of(new SetRings(device, wanted, old)));
    }
  }

  public LinkSpeed speed() {
    return read("speed", ethtool -> ethtool.speed(device.name()));
  }

  /** The driver's own counters by name, in its order; empty for a driver without. */
  public Map<String, Long> driverStatistics() {
    return read("driver statistics", ethtool -> ethtool.driverStatistics(device.name()));
  }

  private boolean isReal() {
    return device.netns().view().isReal(device.name());
  }

  private <T> T read(String what, Function<Ethtool, T> question) {
    device.existing();
    if (!isReal()) {
      throw new PlanException(
          "Cannot read the %s of device %s: it is only planned".formatted(what, Text.place(device)),
          "say it outside of lab.plan");
    }
    try (Ethtool ethtool = Ethtool.in(device.netns().handle())) {
      return question.apply(ethtool);
    } catch (NetlinkException e) {
      throw e.during(
          "Cannot read the %s of device %s".formatted(what, Text.place(device)),
          e.errno().equals(Errno.EOPNOTSUPP) ? "its driver has no " + what : null);
    }
  }
}
