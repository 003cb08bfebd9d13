package vethbook.tool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/**
 * The programs that are run, with the ways to find out whether they are there and which they are.
 */
public enum Tool {
  NETPERF("netperf", "netperf", "the built-in engine measures instead", "-V"),
  NETSERVER("netserver", "netperf", "the built-in engine measures instead", "-V"),
  IPERF3("iperf3", "iperf3", "no iperf3", "--version"),
  SOCKPERF("sockperf", "sockperf", "no sockperf", "--version"),
  WRK("wrk", "wrk", "no wrk", "-v"),
  NGINX("nginx", "nginx-light", "no web server for wrk", "-v"),
  REDIS_SERVER("redis-server", "redis-server", "no redis server to measure", "--version"),
  REDIS_BENCHMARK("redis-benchmark", "redis-tools", "no redisBenchmark", "--version"),
  PING("ping", "iputils-ping", "no ping", "-V"),
  FPING("fping", "fping", "no fping", "-v"),
  TCPDUMP("tcpdump", "tcpdump", "no capture", "--version"),
  PERF("perf", "linux-perf", "no perfStat and no perfRecord", "--version");

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*\\S*");

  private final String program;
  private final String debianPackage;
  private final String effect;
  private final String versionOption;

  Tool(String program, String debianPackage, String effect, String versionOption) {
    this.program = program;
    this.debianPackage = debianPackage;
    this.effect = effect;
    this.versionOption = versionOption;
  }

  /** Its file name: {@code redis-server}. */
  public String program() {
    return program;
  }

  public String debianPackage() {
    return debianPackage;
  }

  /** What is not possible without it. */
  public String effect() {
    return effect;
  }

  public List<String> versionArguments() {
    return List.of(versionOption);
  }

  /** All but netperf and ping, which every lab uses. */
  public static List<Tool> servedByWords() {
    return Arrays.stream(values())
        .filter(tool -> tool != NETPERF && tool != NETSERVER && tool != PING)
        .toList();
  }

  /** The programs by name, as {@code needs:} takes them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Tool::program).toList();
  }

  public static Optional<Tool> named(String program) {
    return Arrays.stream(values()).filter(tool -> tool.program.equals(program)).findFirst();
  }

  /** Its version, such as {@code 3.12}; empty when it is not installed. */
  public Optional<String> version() {
    if (Command.find(program).isEmpty()) {
      return Optional.empty();
    }
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(versionArguments());
    // some print it to standard error, wrk with an exit status of 1
    Command.Output output = Command.of(argv).run(LIMIT);
    return Optional.of(version(output.out() + "\n" + output.err()));
  }

  /** The first number with dots or digits; "of unknown version" where none is. */
  static String version(String said) {
    Matcher matcher = VERSION.matcher(said.replaceFirst("iperf3?", "").replace("v=", ""));
    while (matcher.find()) {
      if (matcher.group().contains(".")) {
        return matcher.group().replaceAll("[^0-9A-Za-z.+-]+$", "");
      }
    }
    return "of unknown version";
  }

  /** Why it cannot be run; empty when it can. */
  public Optional<String> absence() {
    return Command.find(program).isPresent()
        ? Optional.empty()
        : Optional.of(program + " is not installed (Debian package " + debianPackage + ")");
  }

  /**
   * The name and version that results carry: {@code iperf3 3.12}.
   *
   * @throws ExperimentException when it is not installed
   */
  public String require() {
    return version()
        .map(version -> program + " " + version)
        .orElseThrow(
            () ->
                new ExperimentException(
                    "Cannot run " + program + ": it is not installed",
                    null,
                    null,
                    "install the Debian package " + debianPackage,
                    null));
  }
}
