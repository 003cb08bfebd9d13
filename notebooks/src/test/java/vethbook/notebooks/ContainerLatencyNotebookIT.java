package vethbook.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.process.Command;
import vethbook.vm.VirtualMachine;

class ContainerLatencyNotebookIT {
  private static final Path NOTEBOOK = Vethbook.NOTEBOOKS.resolve("01-container-latency.ipynb");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void answersInBatchWithAReportAndLeavesNothing() throws Exception {
    Leftovers before = Leftovers.now();
    Path executed = folder.resolve("executed.ipynb");
    Path report = folder.resolve("report.html");

    Command.Output output =
        Vethbook.run(LIMIT, NOTEBOOK, "-p", "rounds=3", "--output", executed, "--html", report);

    assertThat(output.exit()).as(output.err()).isZero();
    String shown = Vethbook.outputs(Vethbook.read(executed));
    // wide apart on any machine, however busy: by hand -17 and -30 %
    assertThat(rate(shown, "veth + bridge + NAT")).isLessThan(rate(shown, "host"));
    assertThat(shown).contains("softnet.processed", "“A container on veth is 12.5 % slower");
    assertReport(Files.readString(report));
    before.assertSettled();
  }

  private static void assertReport(String html) {
    assertThat(html).contains("<svg", "veth, routed", "How this was measured", "rounds=3");
    assertThat(html).doesNotContain("<script").doesNotContainPattern("(src|href)=\"https?:");
  }

  @Test
  void measuresIpvlanUnderALinuxThatHasIt() throws Exception {
    Optional<String> reason = VirtualMachine.whyNot();
    assumeTrue(reason.isEmpty(), () -> "skipped: " + reason.orElseThrow());
    VirtualMachine machine = VirtualMachine.create();

    Command.Output output =
        machine.run(
            """
            "%s" -XX:TieredStopAtLevel=1 -jar "%s" run "%s" -p rounds=1 \\
              --output /run/shared/executed.ipynb
            """
                .formatted(Vethbook.JAVA, Vethbook.JAR, NOTEBOOK),
            folder,
            Duration.ofMinutes(15));

    assertThat(output.exit()).as(output.out() + output.err()).isZero();
    String shown = Vethbook.outputs(Vethbook.read(folder.resolve("executed.ipynb")));
    assertThat(shown).doesNotContain("skipped");
    assertThat(rate(shown, "veth + IPIP")).isGreaterThan(10);
    assertThat(rate(shown, "netkit + BPF redirect")).isGreaterThan(10);
    assertThat(rate(shown, "ipvlan L2")).isGreaterThan(10);
    assertThat(rate(shown, "ipvlan L3")).isGreaterThan(10);
  }

  /** The rate of a setting in the text form of the comparison. */
  static double rate(String shown, String setting) throws IOException {
    Matcher row =
        Pattern.compile(
                "(?m)^\\s*" + Pattern.quote(setting) + "\\s{2,}(\\d[0-9\u202f\u2009  ,]*?)\\s{2,}")
            .matcher(shown);
    assertThat(row.find()).as("a row of '%s' in%n%s", setting, shown).isTrue();
    return Double.parseDouble(row.group(1).replaceAll("[^0-9.]", ""));
  }
}
