package vethbook.dsl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import vethbook.linux.process.ChildJvm;

/**
 * A JVM of a user without privileges, in a user and mount namespace of its own, as the launcher
 * starts one. Its classes are copied to where that user may read: a build's folders may be root's.
 */
final class Unprivileged {
  /** The user nobody: owns nothing, and is in no group. */
  private static final String NOBODY = "65534";

  /** On most machines everybody may open this file; where it is root's, here it is not. */
  private static final String[] TUN_FOR_ALL = {
    "unshare",
    "-m",
    "sh",
    "-ec",
    "mknod $0 c 10 200; chmod 666 $0; mount --bind $0 /dev/net/tun; exec \"$@\""
  };

  private static final String[] USER = {
    "setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "unshare", "-Ur", "-m"
  };

  private Unprivileged() {}

  /** Why there is none here, if so. */
  static Optional<String> whyNot() throws IOException {
    List<String> argv = new ArrayList<>(List.of(USER));
    argv.add("true");
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Starts the class with its arguments, standard error joined to its output.
   *
   * @param folder where its classes are put, and its files: it may write there
   */
  static Process start(Path folder, Class<?> main, List<String> arguments) throws IOException {
    List<String> argv = new ArrayList<>(List.of(TUN_FOR_ALL));
    argv.add(folder.resolve("tun").toString());
    argv.addAll(List.of(USER));
    argv.add(ProcessHandle.current().info().command().orElse("java"));
    argv.addAll(ChildJvm.options());
    argv.addAll(List.of("-Djava.io.tmpdir=" + folder, "-Duser.home=" + folder));
    argv.addAll(List.of("-cp", classes(folder), main.getName()));
    argv.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    return builder.redirectErrorStream(true).start();
  }

  private static String classes(Path folder) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path copy = folder.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      if (Files.exists(Path.of(entry))) {
        copy(Path.of(entry), copy);
        copies.add(copy.toString());
      }
    }
    for (Path above = folder; above.getNameCount() > 1; above = above.getParent()) {
      Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
