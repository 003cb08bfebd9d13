package vethbook.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/**
 * A Debian linux-image package, unpacked: what a virtual machine boots and the modules it loads.
 *
 * @param root the folder it is unpacked in
 * @param release its {@code uname -r}
 */
record LinuxImage(Path root, String release) {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String VMLINUZ = "vmlinuz-";
  private static final Pattern SERIES = Pattern.compile("\\d+\\.\\d+");

  /**
   * The Linux to boot: of a series the one that was fetched before, else this machine's own from
   * /boot, else the newest that apt offers, which is downloaded (no root needed).
   *
   * @param linux a series such as {@code 6.12}, or a folder with {@code boot/vmlinuz-*} and {@code
   *     lib/modules}, as {@code dpkg-deb -x} makes it of a linux-image package
   * @throws ExperimentException when there is none
   */
  static LinuxImage find(String linux) {
    if (linux.contains("/")) {
      return in(Path.of(linux).toAbsolutePath().normalize(), "")
          .orElseThrow(
              () ->
                  new ExperimentException(
                      "Cannot find a Linux in " + linux,
                      null,
                      null,
                      "give a folder with boot/vmlinuz-* and lib/modules: 'dpkg-deb -x' makes one"
                          + " of a linux-image package",
                      null));
    }
    if (!SERIES.matcher(linux).matches()) {
      throw new ExperimentException(
          "Cannot find Linux '" + linux + "'",
          null,
          null,
          "say a series such as 6.12 or 6.1, or the folder of an unpacked linux-image package",
          null);
    }
    Path cache = cache();
    return newestIn(cache, linux)
        .or(() -> in(Path.of("/"), linux + "."))
        .orElseGet(() -> fetchInto(cache, linux));
  }

  /** The newest in a folder laid out as a machine's root, whose release begins so. */
  private static Optional<LinuxImage> in(Path root, String beginning) {
    Path boot = root.resolve("boot");
    if (!Files.isDirectory(boot)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(boot)) {
      return files
          .filter(Files::isReadable)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(VMLINUZ + beginning))
          .map(name -> new LinuxImage(root, name.substring(VMLINUZ.length())))
          .filter(image -> Files.isDirectory(image.modules()))
          .max(Comparator.comparing(image -> numbers(image.release())))
          .map(LinuxImage::indexed);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for a Linux in " + boot, e);
    }
  }

  /** An unpacked package has no list of its modules yet: installing it would make one. */
  private LinuxImage indexed() {
    if (!Files.exists(modules().resolve("modules.dep"))) {
      run("depmod", "-b", root.toString(), release);
    }
    return this;
  }

  /** As in {@code linux-image-6.1.0-56-amd64} and {@code linux-image-6.12.9+deb12-amd64}. */
  private static Pattern packages(String series) {
    return Pattern.compile(
        "^linux-image-(%s\\.\\d+(?:-\\d+|\\+deb\\d+)-amd64) ".formatted(Pattern.quote(series)),
        Pattern.MULTILINE);
  }

  private static Path cache() {
    String home = System.getenv("XDG_CACHE_HOME");
    Path base =
        home == null || home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(home);
    return base.resolve("vethbook/linux");
  }

  private static Optional<LinuxImage> newestIn(Path cache, String series) {
    if (!Files.isDirectory(cache)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(cache)) {
      return folders
          .filter(folder -> packages(series).matcher(folder.getFileName() + " ").find())
          .max(Comparator.comparing(folder -> numbers(folder.getFileName().toString())))
          .map(
              folder ->
                  new LinuxImage(
                      folder, folder.getFileName().toString().substring("linux-image-".length())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two processes may fetch at once; the second waits and finds what the first has fetched. */
  private static LinuxImage fetchInto(Path cache, String series) {
    try {
      Files.createDirectories(cache);
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        Optional<LinuxImage> other = newestIn(cache, series);
        return other.isPresent() ? other.get() : fetch(cache, series);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a linux-image in " + cache, e);
    }
  }

  private static LinuxImage fetch(Path cache, String series) throws IOException {
    String name = newestPackage(series);
    Path work = Files.createTempDirectory(cache, "fetching");
    try {
      // in a user namespace apt believes to be root, and could not change to its own user
      String download = "cd \"$1\" && exec apt-get -q -o APT::Sandbox::User=root download \"$2\"";
      run("sh", "-c", download, "sh", work.toString(), name);
      Path unpacked = Files.createDirectory(work.resolve("unpacked"));
      run("dpkg-deb", "-x", onlyPackageIn(work).toString(), unpacked.toString());
      String release = name.substring("linux-image-".length());
      run("depmod", "-b", unpacked.toString(), release);
      Path kept = cache.resolve(name);
      Files.move(unpacked, kept, StandardCopyOption.ATOMIC_MOVE);
      return new LinuxImage(kept, release);
    } finally {
      run("rm", "-r", work.toString());
    }
  }

  private static String newestPackage(String series) {
    String found = run("apt-cache", "search", "-n", "^linux-image-" + series.replace(".", "\\."));
    return packages(series)
        .matcher(found)
        .results()
        .map(match -> match.group().strip())
        .max(Comparator.comparing(LinuxImage::numbers))
        .orElseThrow(
            () ->
                new ExperimentException(
                    "Cannot find a linux-image-" + series + " package",
                    "apt-cache",
                    found.isBlank() ? "knows none" : "knows " + found.lines().count() + " others",
                    "update the list of packages ('sudo apt-get update'), or name the folder of an"
                        + " unpacked linux-image package instead of a series",
                    null));
  }

  private static Path onlyPackageIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".deb")).findFirst().orElseThrow();
    }
  }

  /** 6.12.9 comes before 6.12.10: each number, with leading zeros. */
  private static String numbers(String name) {
    return Pattern.compile("\\d+")
        .matcher(name)
        .replaceAll(match -> String.format("%08d", Long.parseLong(match.group())));
  }

  Path vmlinuz() {
    return root.resolve("boot/" + VMLINUZ + release);
  }

  Path modules() {
    return root.resolve("lib/modules/" + release);
  }

  /** The module and those it needs, in the order to load them; built-in ones are left out. */
  List<Path> modulesFor(String module) {
    String shown = run("modprobe", "-d", root.toString(), "-S", release, "--show-depends", module);
    List<Path> files = new ArrayList<>();
    for (String line : shown.lines().toList()) {
      if (line.startsWith("insmod ")) {
        files.add(Path.of(line.substring("insmod ".length()).strip()));
      }
    }
    return files;
  }

  static String run(String... argv) {
    Command.Output output = Command.of(argv).run(LIMIT);
    if (output.exit() != 0) {
      throw new ExperimentException(
          "Cannot run " + String.join(" ", argv), argv[0], output.err().strip(), null, null);
    }
    return output.out();
  }
}
