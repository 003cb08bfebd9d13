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

  /**
   * The newest of a series that apt offers, from the cache when it was fetched before.
   *
   * @param series such as {@code 6.12}
   */
  static LinuxImage find(String series) {
    Path cache = cache();
    return newestIn(cache, series).orElseGet(() -> fetchInto(cache, series));
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
      run("sh", "-c", "cd \"$1\" && exec apt-get -q download \"$2\"", "sh", work.toString(), name);
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
            () -> new ExperimentException("Cannot find a linux-image-" + series + " package"));
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
    return root.resolve("boot/vmlinuz-" + release);
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
