package vethbook.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void readsTheMachineFromLinuxsFiles() throws IOException {
    file("proc/sys/kernel/osrelease", "6.18.44\n");
    file("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu hypervisor\n");
    file("proc/meminfo", "MemTotal:        4034800 kB\nMemFree: 1 kB\n");
    file("proc/loadavg", "1.46 0.75 0.45 1/87 13337\n");
    file("sys/class/dmi/id/sys_vendor", "QEMU\n");
    file("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
    file("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: IBRS\n");
    MachineRecord machine = new MachineFiles(root.toString()).capture();

    assertThat(machine.linux()).isEqualTo("6.18.44");
    assertThat(machine.cpuModel()).isEqualTo("Some CPU");
    assertThat(machine.virtualisation()).isEqualTo("virtual machine, QEMU");
    assertThat(machine.memoryBytes()).isEqualTo(4_034_800L * 1024);
    assertThat(machine.loadAverage()).isEqualTo(1.46);
    assertThat(machine.mitigations()).containsOnlyKeys("spectre_v2");
    assertThat(machine.governor()).isEmpty();
    assertThat(machine.with("netperf", "2.7.0").tools()).containsEntry("netperf", "2.7.0");
  }

  @Test
  void aMachineThatTellsNothingHasEmptyTexts() {
    MachineRecord machine = new MachineFiles(root.toString()).capture();
    assertThat(machine.linux()).isEmpty();
    assertThat(machine.virtualisation()).isEmpty();
    assertThat(machine.memoryBytes()).isZero();
    assertThat(machine.loadAverage()).isNaN();
    assertThat(machine.cpus()).isPositive();
  }

  /** The JDK's own methods cut the integers of /proc/sys to one digit. */
  @Test
  void integersOfProcSysAreReadWhole() {
    assertThat(ProcFile.read("/proc/sys/kernel/pid_max").orElseThrow().strip()).matches("\\d{4,}");
    try (ProcFile open = ProcFile.open("/proc/sys/kernel/pid_max")) {
      assertThat(open.read()).isEqualTo(open.read()).hasSizeGreaterThan(4);
    }
  }
}
