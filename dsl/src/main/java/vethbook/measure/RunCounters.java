package vethbook.measure;

import java.util.List;
import java.util.function.Predicate;

/** Which counters of a namespace every experiment keeps of each run. */
public final class RunCounters {
  /** How many namespaces are read at most: more would take milliseconds around each run. */
  public static final int MOST_NAMESPACES = 32;

  /** What explains a rate or a time: packets, retransmissions, reordering, drops. */
  static final Predicate<String> USUAL =
      CounterNames.matching(
          List.of(
              "Ip.InReceives",
              "Ip.ForwDatagrams",
              "Ip.OutRequests",
              "Ip.InDiscards",
              "Ip.OutDiscards",
              "Ip.ReasmReqds",
              "Ip.FragCreates",
              "Tcp.ActiveOpens",
              "Tcp.InSegs",
              "Tcp.OutSegs",
              "Tcp.RetransSegs",
              "Tcp.EstabResets",
              "TcpExt.TCPFastRetrans",
              "TcpExt.TCPSACKReorder",
              "TcpExt.TCPTSReorder",
              "TcpExt.TCPOFOQueue",
              "TcpExt.TCPDSACKRecv",
              "TcpExt.TCPLossProbes",
              "TcpExt.TCPTimeouts",
              "TcpExt.TCPBacklogCoalesce",
              "TcpExt.TCPBacklogDrop",
              "TcpExt.TCPRcvCoalesce",
              "TcpExt.TCPSpuriousRtxHostQueues",
              "TcpExt.ListenDrops",
              "Udp.InDatagrams",
              "Udp.OutDatagrams",
              "Udp.RcvbufErrors",
              "Udp.SndbufErrors",
              "dev.*.rx_packets",
              "dev.*.rx_dropped",
              "dev.*.tx_packets",
              "dev.*.tx_dropped"));

  private RunCounters() {}

  /** Whether a counter is of the whole machine: other traffic is in it. */
  public static boolean isOfMachine(String counter) {
    return !counter.contains(":");
  }
}
