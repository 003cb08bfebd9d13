package vethbook.view;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;
import vethbook.extension.MimeBundle;
import vethbook.packet.PacketLog;
import vethbook.packet.ThrownText;

/** The packets of a program, one in each row, and below them what is not in the rows. */
public final class PacketTable {
  private PacketTable() {}

  /** Sizes in bytes, times in seconds since the first row; direction is as Linux sees it. */
  public static Table table(PacketLog log) {
    return TableView.table(log.getName(), log.rows());
  }

  /** The table and what it does not show: how many were not kept, and what the program threw. */
  public static MimeBundle bundle(PacketLog log) {
    Sheet sheet = TableView.sheet(table(log));
    List<String> notes = new ArrayList<>(sheet.notes());
    long gone = log.getCount() - log.getKept().size();
    if (gone > 0) {
      notes.add(
          "%s packets were counted, of which the first %s are no longer kept."
              .formatted(
                  Numbers.fixed((double) log.getCount(), 0), Numbers.fixed((double) gone, 0)));
    }
    if (log.getFailures() > 0) {
      String last = log.getLastFailure().map(ThrownText::of).orElse("");
      notes.add(
          "Packets on which the program failed: %d; the last time: %s"
              .formatted(log.getFailures(), last));
    }
    return new Sheet(sheet.caption(), sheet.headings(), sheet.rows(), notes).bundle();
  }
}
