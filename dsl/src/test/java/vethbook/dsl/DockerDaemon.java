package vethbook.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import vethbook.linux.process.Command;

/**
 * A Docker engine of the test's own: in network and mount namespaces of its own, with its files in
 * a temporary folder, so that it touches nothing of the machine's. Its one image is a busybox.
 */
public final class DockerDaemon implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final Path BUSYBOX = Path.of("/bin/busybox");
  private static final List<String> PROGRAMS = List.of("docker", "dockerd", "containerd", "runc");

  /** /run gets a file system of its own because containerd and its shims have sockets there. */
  private static final String START =
      """
      mount --make-rprivate /
      mount -t tmpfs tmpfs /run
      ip link set lo up
      exec dockerd --data-root "$1/data" --exec-root "$1/exec" --pidfile "$1/pid" \\
        -H "unix://$1/socket" --storage-driver vfs --ip6tables=false --cgroup-parent "$2" $3
      """;

  private static final String NO_BRIDGE =
      "--bridge none --iptables=false --ip-forward=false --ip-masq=false";

  private final Path folder;
  private final String cgroup = "vethbook-test-" + ProcessHandle.current().pid();
  private final Process daemon;

  /** One whose containers have no network of Docker's. */
  DockerDaemon(Path folder) throws IOException {
    this(folder, NO_BRIDGE);
  }

  /** One that has its usual bridge and publishes ports, in its own network namespace. */
  public static DockerDaemon bridged(Path folder) throws IOException {
    return new DockerDaemon(folder, "");
  }

  /** Starts it and imports the image {@code tiny}. */
  private DockerDaemon(Path folder, String network) throws IOException {
    this.folder = folder;
    daemon =
        new ProcessBuilder(
                "unshare",
                "-m",
                "-n",
                "sh",
                "-c",
                START,
                "sh",
                folder.toString(),
                "/" + cgroup,
                network)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      assertThat(answers()).as(Files.readString(folder.resolve("log"))).isTrue();
      Path root = Files.createDirectories(folder.resolve("image/bin"));
      Files.copy(BUSYBOX, root.resolve("busybox"));
      Files.createSymbolicLink(root.resolve("sh"), Path.of("busybox"));
      run("tar", "-C", folder.resolve("image").toString(), "-cf", folder + "/image.tar", ".");
      docker("import", folder + "/image.tar", "tiny");
    } catch (RuntimeException | IOException | AssertionError e) {
      close();
      throw e;
    }
  }

  /** Why there can be no such daemon here; empty when there can. */
  public static Optional<String> absence() {
    for (String program : PROGRAMS) {
      if (Command.find(program).isEmpty()) {
        return Optional.of(program + " is not installed (Debian package docker.io)");
      }
    }
    if (!Files.exists(CGROUPS.resolve("devices"))
        && !Files.exists(CGROUPS.resolve("cgroup.procs"))) {
      return Optional.of("no control groups are mounted");
    }
    return Files.exists(BUSYBOX)
        ? Optional.empty()
        : Optional.of("busybox is not installed (Debian package busybox-static)");
  }

  /** For the environment of the docker command. */
  public String host() {
    return "unix://" + folder.resolve("socket");
  }

  private boolean answers() {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (daemon.isAlive() && System.nanoTime() < deadline) {
      if (Files.exists(folder.resolve("socket"))
          && command("docker", "version").run(LIMIT).exit() == 0) {
        return true;
      }
    }
    return false;
  }

  /** Starts a container that waits. */
  void start(String name, String... options) {
    List<String> argv = new ArrayList<>(List.of("run", "-d", "--name", name));
    argv.addAll(List.of(options));
    argv.addAll(List.of("tiny", "/bin/busybox", "sleep", "600"));
    docker(argv.toArray(String[]::new));
  }

  String docker(String... arguments) {
    List<String> argv = new ArrayList<>(List.of("docker"));
    argv.addAll(List.of(arguments));
    return run(argv.toArray(String[]::new));
  }

  private String run(String... argv) {
    Command.Output output = command(argv).run(LIMIT);
    assertThat(output.exit()).as(String.join(" ", argv) + ": " + output.err()).isZero();
    return output.out();
  }

  private Command command(String... argv) {
    return Command.of(argv).environment("DOCKER_HOST", host());
  }

  /** Ends the containers, the daemon and what it has started, and removes its control groups. */
  @Override
  public void close() throws IOException {
    if (daemon.isAlive() && Files.exists(folder.resolve("socket"))) {
      List<String> containers = docker("ps", "-aq").lines().toList();
      containers.forEach(id -> docker("rm", "-f", id));
    }
    daemon.destroy(); // it ends containerd, which would stay if it were killed
    try {
      assertThat(daemon.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> groups = Files.walk(CGROUPS, 3)) {
      for (Path group :
          groups
              .filter(path -> path.toString().contains(cgroup) && Files.isDirectory(path))
              .sorted(Comparator.reverseOrder())
              .toList()) {
        delete(group);
      }
    }
  }

  /** A control group is busy for a moment after its last process has ended. */
  private static void delete(Path group) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (FileSystemException busy) {
        if (System.nanoTime() > deadline) {
          throw busy;
        }
      }
    }
  }
}
