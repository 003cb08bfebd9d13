package vethbook.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/**
 * Boots one of Debian's Linux versions on this machine's own file system and runs one script there.
 *
 * <p>The guest has what Debian's Linux has (ipvlan, netem, VLAN, ...), loads modules by itself, and
 * has no network but two cards on a wire of its own. It can read all files of this machine; what it
 * writes is in its memory, but for one shared folder. QEMU ends with this process at the latest,
 * and leaves no file.
 */
public final class VirtualMachine {
  /** The series of Debian's Linux that has all that Vethbook can build. */
  public static final String USUAL = "6.12";

  /** Where the guest sees the shared folder. */
  public static final String SHARED = "/run/shared";

  private static final List<String> TOOLS =
      List.of("qemu-system-x86_64", "busybox", "modprobe", "depmod", "xz", "apt-get", "dpkg-deb");

  private final LinuxImage image;
  private final int cpus;
  private final int memoryMiB;

  private VirtualMachine(LinuxImage image, int cpus, int memoryMiB) {
    this.image = image;
    this.cpus = cpus;
    this.memoryMiB = memoryMiB;
  }

  /** Why no machine can be had here, ready to be shown as the reason of a skipped test. */
  public static Optional<String> whyNot() {
    return whyNot(USUAL);
  }

  /** The same for a series of Linux. */
  static Optional<String> whyNot(String series) {
    if (!System.getProperty("os.arch").equals("amd64")) {
      return Optional.of("needs x86-64 for a virtual machine");
    }
    for (String tool : TOOLS) {
      if (Command.find(tool).isEmpty()) {
        return Optional.of("needs " + tool + " for a virtual machine");
      }
    }
    try {
      LinuxImage.find(series);
      return Optional.empty();
    } catch (ExperimentException e) {
      return Optional.of("needs a linux-image-" + series + " package: " + e.getMessage());
    }
  }

  /** A machine with 2 CPUs and 4 GiB of memory. */
  public static VirtualMachine create() {
    return create(USUAL);
  }

  /** The same with Debian's Linux of a series, such as {@code 6.1}. */
  static VirtualMachine create(String series) {
    return new VirtualMachine(LinuxImage.find(series), 2, 4096);
  }

  /** The guest's {@code uname -r}. */
  public String release() {
    return image.release();
  }

  /**
   * Boots, runs a bash script as root, and powers off. Booting takes about 10 s.
   *
   * @param shared a folder of this machine that the script can write to, as {@link #SHARED}
   * @param limit for all of it
   * @return the script's exit status and output; err has the console after it, for a look at what
   *     Linux said
   * @throws ExperimentException when the limit is over (QEMU is ended) or the guest does not come
   *     up
   */
  public Command.Output run(String script, Path shared, Duration limit) {
    try {
      Path work = Files.createTempDirectory("vethbook-vm");
      try {
        return boot(script, shared, work, limit);
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run a virtual machine", e);
    }
  }

  private Command.Output boot(String script, Path shared, Path work, Duration limit)
      throws IOException {
    Path result = Files.createDirectory(work.resolve("result"));
    writeInitramfs(script, work);
    Command.Output qemu;
    try {
      qemu = Command.of(argv(work, shared, result)).nice(10).run(limit);
    } catch (ExperimentException e) {
      throw new ExperimentException(
          "Cannot finish a script in a virtual machine within " + limit.toSeconds() + " s",
          "console",
          tail(read(work.resolve("console")) + read(result.resolve("out"))),
          null,
          e);
    }
    Path exit = result.resolve("exit");
    String console = read(work.resolve("console"));
    if (!Files.exists(exit)) {
      throw new ExperimentException(
          "Cannot boot Linux " + image.release() + " in a virtual machine",
          "qemu, exit " + qemu.exit(),
          qemu.err() + tail(console),
          null,
          null);
    }
    return new Command.Output(
        Integer.parseInt(read(exit).strip()),
        read(result.resolve("out")),
        read(result.resolve("err")) + console,
        qemu.took());
  }

  private List<String> argv(Path work, Path shared, Path result) {
    return List.of(
        "qemu-system-x86_64",
        "-m",
        Integer.toString(memoryMiB),
        "-smp",
        Integer.toString(cpus),
        "-cpu",
        "max",
        "-accel",
        "tcg,thread=multi",
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "file:" + work.resolve("console"),
        "-netdev",
        "hubport,id=wire0,hubid=0",
        "-device",
        "virtio-net-pci,netdev=wire0",
        "-netdev",
        "hubport,id=wire1,hubid=0",
        "-device",
        "virtio-net-pci,netdev=wire1",
        "-no-reboot",
        "-kernel",
        image.vmlinuz().toString(),
        "-initrd",
        work.resolve("initramfs").toString(),
        "-append",
        "console=ttyS0 quiet panic=-1",
        "-virtfs",
        share(Path.of("/"), "root") + ",readonly=on",
        "-virtfs",
        share(shared, "shared"),
        "-virtfs",
        share(result, "result"));
  }

  private static String share(Path folder, String tag) {
    String path = folder.toAbsolutePath().toString().replace(",", ",,");
    return "local,path=" + path + ",mount_tag=" + tag + ",security_model=none,multidevs=remap";
  }

  private void writeInitramfs(String script, Path work) throws IOException {
    Initramfs initramfs = new Initramfs();
    for (String folder : List.of("bin", "modules", "proc", "sys", "host", "cover", "root")) {
      initramfs.directory(folder);
    }
    Path busybox = Command.find("busybox").orElseThrow();
    initramfs.file("bin/busybox", Files.readAllBytes(busybox));
    Set<Path> modules = new LinkedHashSet<>();
    for (String module : List.of("virtio_pci", "9pnet_virtio", "9p", "overlay")) {
      modules.addAll(image.modulesFor(module));
    }
    int number = 100;
    for (Path module : modules) {
      initramfs.file("modules/" + number++, unpacked(module, work));
    }
    initramfs.file("init", resource("init"));
    initramfs.file("guest", resource("guest"));
    initramfs.file("environment", environment());
    initramfs.file("script", script);
    initramfs.writeTo(work.resolve("initramfs"));
  }

  private String environment() {
    return "export PATH='%s' HOME=/root LC_ALL=C JAVA_HOME='%s' MODULES='%s' RELEASE='%s'%n"
        .formatted(
            quoted(System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")),
            quoted(System.getProperty("java.home")),
            quoted(image.modules().toString()),
            image.release());
  }

  private static String quoted(String text) {
    return text.replace("'", "'\\''");
  }

  private static byte[] unpacked(Path module, Path work) throws IOException {
    if (!module.toString().endsWith(".xz")) {
      return Files.readAllBytes(module);
    }
    Path packed = Files.copy(module, work.resolve(module.getFileName().toString()));
    LinuxImage.run("xz", "-d", packed.toString());
    return Files.readAllBytes(
        Path.of(packed.toString().substring(0, packed.toString().length() - 3)));
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = VirtualMachine.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r", "")
        : "";
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 2000)).strip();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
