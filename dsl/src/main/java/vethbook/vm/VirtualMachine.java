package vethbook.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vethbook.linux.CountedTime;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;
import vethbook.linux.process.Folders;

/**
 * Boots one of Debian's Linux versions on this machine's own file system and runs one script there.
 *
 * <p>The guest has what Debian's Linux has (ipvlan, netem, VLAN, ...), loads modules by itself, and
 * has no network but two cards on a wire of its own. It can read all files of this machine that its
 * user can; what it writes is in its memory, but for the folders named. QEMU ends with this process
 * at the latest, and leaves no file. No root and no KVM are needed.
 */
public final class VirtualMachine {
  /** The series of Debian's Linux that has all that Vethbook can build. */
  public static final String USUAL = "6.12";

  /** Where the guest sees the shared folder. */
  public static final String SHARED = "/run/shared";

  private static final String QEMU = "qemu-system-x86_64";
  private static final int MEMORY_MIB = 4096;
  private static final int COUNTED_MEMORY_MIB = 3072;

  private final LinuxImage image;
  private final boolean isCounted;
  private final List<Path> folders;
  private final List<Path> programs;

  private VirtualMachine(
      LinuxImage image, boolean isCounted, List<Path> folders, List<Path> programs) {
    this.image = image;
    this.isCounted = isCounted;
    this.folders = folders;
    this.programs = programs;
  }

  /** Why no machine can be had here, ready to be shown as the reason of a skipped test. */
  public static Optional<String> whyNot() {
    return whyNot(USUAL);
  }

  /** The same for a series of Linux. */
  public static Optional<String> whyNot(String series) {
    try {
      create(series);
      return Optional.empty();
    } catch (ExperimentException e) {
      return Optional.of(
          "needs a virtual machine: " + e.operation() + (e.next() == null ? "" : "; " + e.next()));
    }
  }

  /** A machine with 2 CPUs and 4 GiB of memory. */
  public static VirtualMachine create() {
    return create(USUAL);
  }

  /**
   * The same with another Linux.
   *
   * @param linux a series of Debian's, such as {@code 6.1}, or the folder of an unpacked
   *     linux-image package
   * @throws ExperimentException when QEMU, a program that helps, or that Linux is not to be had
   */
  public static VirtualMachine create(String linux) {
    Needs.check();
    return new VirtualMachine(LinuxImage.find(linux), false, List.of(), List.of());
  }

  /**
   * This machine with one CPU and a clock that counts instructions: each takes a nanosecond, so
   * that what is measured inside does not depend on what else this machine does. While the guest
   * has nothing to do its clock follows the real one; without that it would jump over every time
   * limit while the guest waits for a file.
   *
   * @see "QEMU: TCG Instruction Counting (-icount)"
   */
  public VirtualMachine counted() {
    return new VirtualMachine(image, true, folders, programs);
  }

  /**
   * This machine with folders of this machine that its script can write to, at their own paths.
   *
   * @param read files in them that will be read often and never change, such as a program's jar
   */
  public VirtualMachine writing(List<Path> written, List<Path> read) {
    return new VirtualMachine(image, isCounted, List.copyOf(written), List.copyOf(read));
  }

  /** The guest's {@code uname -r}. */
  public String release() {
    return image.release();
  }

  /** QEMU's version, such as {@code 7.2.17}. */
  public static String qemuVersion() {
    return LinuxImage.run(QEMU, "--version").replaceAll("(?s).*?version\\s+(\\S+).*", "$1");
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
    try (Guest guest = start(script, shared)) {
      return guest.waitFor(limit);
    }
  }

  /** The same without waiting for its end. */
  public Guest start(String script, Path shared) {
    Path work = null;
    try {
      work = Folders.make("vm");
      Path result = Files.createDirectory(work.resolve("result"));
      writeInitramfs(script, work);
      return new Guest(release(), work, command(work, shared, result));
    } catch (IOException | ExperimentException e) {
      if (work != null) {
        Folders.delete(work);
      }
      throw e instanceof ExperimentException known
          ? known
          : new UncheckedIOException("Cannot start a virtual machine", (IOException) e);
    }
  }

  private Command command(Path work, Path shared, Path result) {
    // a session of its own: Ctrl-C in a terminal is for Vethbook, which tells the guest
    List<String> argv = new ArrayList<>(List.of("setsid", QEMU, "-cpu", "max"));
    argv.addAll(isCounted ? countedClock() : realClock());
    argv.addAll(List.of("-display", "none", "-monitor", "none", "-no-reboot"));
    argv.addAll(List.of("-serial", "file:" + work.resolve("console")));
    argv.addAll(List.of("-serial", "unix:" + work.resolve("control") + ",server=on,wait=off"));
    for (String wire : List.of("wire0", "wire1")) {
      argv.addAll(List.of("-netdev", "hubport,id=" + wire + ",hubid=0"));
      argv.addAll(List.of("-device", "virtio-net-pci,netdev=" + wire));
    }
    argv.addAll(List.of("-kernel", image.vmlinuz().toString()));
    argv.addAll(List.of("-initrd", work.resolve("initramfs").toString()));
    argv.addAll(List.of("-append", commandLine()));
    argv.addAll(List.of("-virtfs", share(Path.of("/"), "root") + ",readonly=on"));
    argv.addAll(List.of("-virtfs", share(shared, "shared")));
    argv.addAll(List.of("-virtfs", share(result, "result")));
    for (int i = 0; i < folders.size(); i++) {
      argv.addAll(List.of("-virtfs", share(folders.get(i), "folder" + i)));
    }
    return Command.of(argv).nice(isCounted ? 0 : 10);
  }

  private static List<String> realClock() {
    return List.of("-m", Integer.toString(MEMORY_MIB), "-smp", "2", "-accel", "tcg,thread=multi");
  }

  private static List<String> countedClock() {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("-m", Integer.toString(COUNTED_MEMORY_MIB), "-smp", "1"));
    argv.addAll(List.of("-accel", "tcg,thread=single", "-icount", "shift=0,sleep=on"));
    // what the guest takes for chance, and its date, follow from the start and the counted time
    argv.addAll(List.of("-seed", "1", "-rtc", "base=utc,clock=vm"));
    return argv;
  }

  private String commandLine() {
    String usual = "console=ttyS0 quiet panic=-1";
    return isCounted
        ? usual + " nokaslr norandmaps " + CountedTime.PARAMETER + "=" + qemuVersion()
        : usual;
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
    initramfs.file("folders", lines(folders));
    initramfs.file("programs", lines(programs));
    initramfs.file("script", script);
    initramfs.writeTo(work.resolve("initramfs"));
  }

  private static String lines(List<Path> paths) {
    StringBuilder lines = new StringBuilder();
    paths.forEach(path -> lines.append(path).append('\n'));
    return lines.toString();
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
}
