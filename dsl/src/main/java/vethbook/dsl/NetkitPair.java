package vethbook.dsl;

import vethbook.lab.Device;

/**
 * Both ends of a netkit pair, as a cell's result.
 *
 * @param primary the end by which Linux manages the pair
 * @param peer the other
 */
public record NetkitPair(Device primary, Device peer) {
  @Override
  public String toString() {
    return new VethPair(primary, peer).toString();
  }
}
