package vethbook.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vethbook.linux.ExperimentException;
import vethbook.linux.process.Command;

/** The programs that a virtual machine takes, and the Debian packages that bring them. */
final class Needs {
  private static final Map<String, String> PACKAGES = new LinkedHashMap<>();

  static {
    PACKAGES.put("qemu-system-x86_64", "qemu-system-x86");
    PACKAGES.put("busybox", "busybox-static");
    PACKAGES.put("modprobe", "kmod");
    PACKAGES.put("depmod", "kmod");
    PACKAGES.put("xz", "xz-utils");
    PACKAGES.put("setsid", "util-linux");
  }

  private Needs() {}

  /**
   * Says all that is missing at once.
   *
   * @throws ExperimentException when something is
   */
  static void check() {
    if (!System.getProperty("os.arch").equals("amd64")) {
      throw new ExperimentException(
          "Cannot start a virtual machine on " + System.getProperty("os.arch"),
          null,
          null,
          "it takes an x86-64 machine",
          null);
    }
    Set<String> missing = new LinkedHashSet<>();
    Set<String> packages = new LinkedHashSet<>();
    PACKAGES.forEach(
        (program, from) -> {
          Optional<Path> file = Command.find(program);
          if (file.isEmpty() || (program.equals("busybox") && !isStatic(file.get()))) {
            missing.add(program.equals("busybox") ? "a static busybox" : program);
            packages.add(from);
          }
        });
    if (!missing.isEmpty()) {
      throw new ExperimentException(
          "Cannot start a virtual machine: " + String.join(", ", missing) + " not found",
          null,
          null,
          "sudo apt-get install --no-install-recommends " + String.join(" ", packages),
          null);
    }
  }

  /** In the guest's first file system there is no library that a program could be linked with. */
  private static boolean isStatic(Path program) {
    try {
      String bytes = new String(Files.readAllBytes(program), StandardCharsets.ISO_8859_1);
      return !bytes.contains("/ld-linux") && !bytes.contains("/ld-musl");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + program, e);
    }
  }
}
