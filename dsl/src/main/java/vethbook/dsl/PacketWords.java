package vethbook.dsl;

import tech.tablesaw.api.Table;
import vethbook.lab.Device;
import vethbook.packet.PacketLog;
import vethbook.view.PacketTable;

/** What a cell can say about packets: {@code client.tun0.packets}. */
public final class PacketWords {
  private PacketWords() {}

  /** The packets that went through the program of a tun or tap device. */
  public static PacketLog getPackets(Device self) {
    return self.netns().lab().tuns().packets(self);
  }

  /** The kept packets as a table. */
  public static Table getTable(PacketLog self) {
    return PacketTable.table(self);
  }
}
