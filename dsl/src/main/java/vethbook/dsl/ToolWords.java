package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.tool.Iperf3Result;

/**
 * Words that run other measuring tools than netperf. Each starts its server where {@code to:} is in
 * this lab, pins both ends, and ends the server with the run. Options that all have: {@code from},
 * {@code to} (a netns, a device or an address), {@code time}, {@code port}, {@code cpus} of both
 * ends or {@code clientCpus} and {@code serverCpus}, {@code nice}.
 */
public interface ToolWords {
  /**
   * Sends as much as goes, or so much, with iperf3 (man 1 iperf3), and shows it over time: {@code
   * iperf3 from: client, to: server, streams: 4, interval: 0.1.seconds}.
   *
   * <p>Besides the options of all tools: {@code streams} (default 1), {@code reverse} (the server
   * sends), {@code udp}, {@code rate} of each stream (default: as much as goes), {@code length} of
   * writes or datagrams, {@code interval} of the series (0.1 to 60 seconds, default 1), {@code
   * omit} (seconds at the beginning that do not count), {@code congestion} ('cubic', 'bbr'), {@code
   * window}, {@code mss}.
   */
  default Iperf3Result iperf3(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("time"),
            @NamedParam("streams"),
            @NamedParam("reverse"),
            @NamedParam("udp"),
            @NamedParam("rate"),
            @NamedParam("length"),
            @NamedParam("interval"),
            @NamedParam("omit"),
            @NamedParam("congestion"),
            @NamedParam("window"),
            @NamedParam("mss"),
            @NamedParam("port"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice")
          })
          Map<String, ?> options) {
    return LabScript.session(this).tools().iperf3(new Options(ToolWords.class, "iperf3", options));
  }
}
