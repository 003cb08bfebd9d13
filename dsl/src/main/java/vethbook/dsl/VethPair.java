package vethbook.dsl;

import vethbook.lab.Device;

/**
 * Both ends of a veth pair, as a cell's result.
 *
 * @param a one end
 * @param b the other
 */
public record VethPair(Device a, Device b) {
  @Override
  public String toString() {
    return end(a) + " ── " + end(b);
  }

  private static String end(Device device) {
    return device.addresses().isEmpty() ? device.toString() : device + " " + device.addresses();
  }
}
