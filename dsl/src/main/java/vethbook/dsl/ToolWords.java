package vethbook.dsl;

import groovy.lang.Closure;
import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.lab.Netns;
import vethbook.tool.Fping;
import vethbook.tool.Iperf3Result;
import vethbook.tool.Redis;
import vethbook.tool.Sockperf;
import vethbook.tool.WebServer;
import vethbook.tool.Wrk;

/**
 * Words that run other measuring tools than netperf. Each starts its server where {@code to:} is in
 * this lab, pins both ends, and ends the server with the run. Options that all have: {@code from},
 * {@code to} (a netns, a device or an address), {@code time}, {@code port}, {@code cpus} of both
 * ends or {@code clientCpus} and {@code serverCpus}, {@code nice}.
 *
 * <ul>
 *   <li>{@code filter}: a filter in tcpdump's language, such as 'tcp port 80'; default all packets
 *   <li>{@code whole}: true keeps packets with all their bytes
 *   <li>{@code most}: so many packets at most, 1 or more
 *   <li>{@code streams}: connections at a time, 1 or more; default 1
 *   <li>{@code reverse}: true lets the server send; default false
 *   <li>{@code udp}: true for UDP instead of TCP; default false
 *   <li>{@code rate}: bits per second that are sent, such as 100.mbit
 *   <li>{@code length}: bytes of each write, such as 1400.bytes
 *   <li>{@code omit}: time at the beginning that is not counted; default 0
 *   <li>{@code congestion}: the congestion control, such as 'cubic' or 'bbr'; default the
 *       namespace's
 *   <li>{@code window}: size of the socket buffer, such as 256.kib
 *   <li>{@code mss}: the largest TCP segment, such as 1400.bytes
 *   <li>{@code port}: the server's port, 1 to 65535
 *   <li>{@code workers}: processes of the server, 1 or more
 *   <li>{@code body}: size of each answer, such as 1.kib
 *   <li>{@code frequency}: samples each second, 1 or more
 *   <li>{@code events}: names of events that perf knows, such as 'context-switches'
 *   <li>{@code test}: the command that is measured, such as 'get' or 'set'
 *   <li>{@code clients, connections}: connections at a time, 1 or more
 *   <li>{@code requests}: so many requests, 1 or more
 *   <li>{@code pipeline}: requests that are sent at once, 1 or more; default 1
 *   <li>{@code mode}: what sockperf does, such as 'ping-pong'
 *   <li>{@code messagesPerSecond}: so many messages each second, 1 or more
 *   <li>{@code processes}: so many processes at a time, 1 or more; default 1
 *   <li>{@code tcp}: true for TCP instead of UDP; default false
 *   <li>{@code threads}: threads of the client, 1 or more
 *   <li>{@code path}: the path that is asked for, such as '/'
 * </ul>
 *
 * @see MeasureWords
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

  /**
   * Sends small messages with sockperf: {@code sockperf from: client, to: server}. The times are
   * those there and back; a throughput counts what the servers received.
   *
   * <p>Besides the options of all tools: {@code mode} ('ping_pong', 'throughput', 'under_load';
   * default ping_pong), {@code size} of messages (default 64 bytes), {@code messagesPerSecond} of
   * each process, {@code processes} (each with a server on a port of its own), {@code tcp}
   * (default: UDP).
   */
  default Sockperf.Result sockperf(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("mode"),
            @NamedParam("time"),
            @NamedParam("size"),
            @NamedParam("messagesPerSecond"),
            @NamedParam("processes"),
            @NamedParam("tcp"),
            @NamedParam("port"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice")
          })
          Map<String, ?> options) {
    return LabScript.session(this)
        .tools()
        .sockperf(new Options(ToolWords.class, "sockperf", options));
  }

  /**
   * Asks a web server for as much as goes with wrk: {@code wrk from: client, to: server,
   * connections: 16}. Where nothing listens on the port, nginx serves there meanwhile.
   *
   * <p>Besides the options of all tools: {@code connections} (default 8), {@code threads} of wrk
   * (default 1), {@code path} (default '/'), {@code body} of each answer of that nginx (default
   * 1024 bytes).
   */
  default Wrk.Result wrk(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("time"),
            @NamedParam("connections"),
            @NamedParam("threads"),
            @NamedParam("path"),
            @NamedParam("body"),
            @NamedParam("port"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice")
          })
          Map<String, ?> options) {
    return LabScript.session(this).tools().wrk(new Options(ToolWords.class, "wrk", options));
  }

  /**
   * Lets nginx serve in a namespace until the lab ends or {@code close()}: {@code web = nginx
   * server, port: 80}. Said again it goes on; said with other options it is started anew.
   *
   * <p>Options: {@code port} (default 80), {@code workers} (default 1), {@code body} of each answer
   * (default 1024 bytes), {@code cpus}, {@code nice}.
   */
  default WebServer nginx(
      @NamedParams({
            @NamedParam("port"),
            @NamedParam("workers"),
            @NamedParam("body"),
            @NamedParam("cpus"),
            @NamedParam("nice")
          })
          Map<String, ?> options,
      Netns netns) {
    return LabScript.session(this)
        .tools()
        .nginx(netns, new Options(ToolWords.class, "nginx", options));
  }

  /** The same on port 80. */
  default WebServer nginx(Netns netns) {
    return nginx(Map.of(), netns);
  }

  /**
   * Asks a redis-server for as much as goes with redis-benchmark: {@code redisBenchmark from:
   * client, to: server, test: 'get'}. Where nothing listens on the port, a redis-server that keeps
   * nothing on disk serves there meanwhile.
   *
   * <p>Options: {@code from}, {@code to}, {@code test} ('set', 'get', 'incr', ...; default get),
   * {@code clients} (default 50), {@code requests} in all (default 100000), {@code size} of values
   * (default 3 bytes), {@code pipeline} (default 1), {@code port}, {@code cpus} of both ends or
   * {@code clientCpus} and {@code serverCpus}, {@code nice}.
   */
  default Redis.Result redisBenchmark(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("test"),
            @NamedParam("clients"),
            @NamedParam("requests"),
            @NamedParam("size"),
            @NamedParam("pipeline"),
            @NamedParam("port"),
            @NamedParam("cpus"),
            @NamedParam("clientCpus"),
            @NamedParam("serverCpus"),
            @NamedParam("nice")
          })
          Map<String, ?> options) {
    return LabScript.session(this)
        .tools()
        .redisBenchmark(new Options(ToolWords.class, "redisBenchmark", options));
  }

  /**
   * Pings many addresses at a time with fping: {@code fping from: client, to: [server,
   * '10.0.0.9']}. That some do not answer is a result, not an error; {@code table} has a row for
   * each.
   *
   * <p>Options: {@code from}, {@code to} (namespaces, devices, addresses), {@code count} (default
   * 3), {@code interval} (default 100 ms), {@code timeout} (default 1 second), {@code size}
   * (default 56 bytes).
   */
  default Fping.Result fping(
      @NamedParams({
            @NamedParam("from"),
            @NamedParam("to"),
            @NamedParam("count"),
            @NamedParam("interval"),
            @NamedParam("timeout"),
            @NamedParam("size")
          })
          Map<String, ?> options) {
    return LabScript.session(this).tools().fping(new Options(ToolWords.class, "fping", options));
  }

  /**
   * The packets that devices see while a block runs, with tcpdump at all of them at once: {@code
   * capture(client.eth0, box.eth0, filter: 'icmp') { ping from: client, to: box }}. They are a
   * table; the files (pcap) are kept until the lab ends, {@code save 'folder'} copies them.
   *
   * <p>Options: {@code filter} (man 7 pcap-filter), {@code whole} (default false: the first 256
   * bytes of each packet are kept), {@code most} packets at each device (default 10000).
   */
  default CapturedPackets capture(
      @NamedParams({@NamedParam("filter"), @NamedParam("whole"), @NamedParam("most")})
          Map<String, ?> options,
      Object... devicesAndBlock) {
    return LabScript.session(this)
        .tools()
        .capture(new Options(ToolWords.class, "capture", options), devicesAndBlock);
  }

  default CapturedPackets capture(Object... devicesAndBlock) {
    return capture(Map.of(), devicesAndBlock);
  }

  /**
   * How often events happen on the whole machine while a block runs, with perf: {@code perfStat {
   * netperf TCP_RR, from: client, to: server }}. Without {@code events} it counts softirqs and what
   * packets go through. Where perf may not count, one error says so: {@code needs: 'perf'} asks
   * before.
   *
   * <p>Options: {@code events} (names, or a map of names and filters: {@code ['irq:softirq_entry':
   * 'vec == 3']}), {@code cpus} (default: all).
   */
  default PerfCounts perfStat(
      @NamedParams({@NamedParam("events"), @NamedParam("cpus")}) Map<String, ?> options,
      Closure<?> block) {
    return LabScript.session(this)
        .tools()
        .perfStat(new Options(ToolWords.class, "perfStat", options), block);
  }

  default PerfCounts perfStat(Closure<?> block) {
    return perfStat(Map.of(), block);
  }

  /**
   * Where the time goes while a block runs, with perf: functions of Linux and programs as a table,
   * the longest first.
   *
   * <p>Options: {@code cpus} (default: all), {@code frequency} (looks per second at each CPU,
   * default 997).
   */
  default HotFunctions perfRecord(
      @NamedParams({@NamedParam("cpus"), @NamedParam("frequency")}) Map<String, ?> options,
      Closure<?> block) {
    return LabScript.session(this)
        .tools()
        .perfRecord(new Options(ToolWords.class, "perfRecord", options), block);
  }

  default HotFunctions perfRecord(Closure<?> block) {
    return perfRecord(Map.of(), block);
  }
}
