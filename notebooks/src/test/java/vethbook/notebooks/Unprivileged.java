package vethbook.notebooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import vethbook.linux.process.Command;

/**
 * Runs notebooks as a user without privileges does: as nobody, inside the user namespace that the
 * launcher makes. Whoever is no root already runs them as himself.
 *
 * <p>The program and the Linux that was fetched may lie where only root can look. Mounts that end
 * with the run show them to nobody.
 */
final class Unprivileged {
  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final String NOBODY = "65534";

  /** The jar's folder, the cache, the notebook's folder, then the command. */
  private static final String SCRIPT =
      """
      mount --bind "$1" "$3/program" && { [ ! -d "$2" ] || mount --bind "$2" "$3/cache/vethbook"; } || exit
      cd "$3" && shift 3
      exec setpriv --reuid %1$s --regid %1$s --clear-groups -- unshare -Ur -m "$@"
      """
          .formatted(NOBODY);

  private Unprivileged() {}

  /** {@code vethbook run} in this folder, where the notebook's own files go. */
  static Command.Output runIn(Path folder, Object... arguments) throws IOException {
    boolean isRoot = System.getProperty("user.name").equals("root");
    Path program = folder.resolve("program");
    List<String> argv = new ArrayList<>();
    if (isRoot) {
      Files.createDirectories(program);
      Files.createDirectories(folder.resolve("cache/vethbook"));
      Path cache = Path.of(System.getProperty("user.home"), ".cache", "vethbook");
      argv.addAll(List.of("unshare", "-m", "sh", "-c", SCRIPT, "sh"));
      argv.addAll(List.of(jar().getParent().toString(), cache.toString(), folder.toString()));
      argv.addAll(List.of("env", "HOME=" + folder, "XDG_CACHE_HOME=" + folder.resolve("cache")));
      give(folder);
    } else {
      argv.addAll(List.of("env", "-C", folder.toString()));
    }
    argv.addAll(List.of(Vethbook.JAVA.toString(), "-Duser.home=" + home(isRoot, folder), "-jar"));
    argv.addAll(List.of((isRoot ? program.resolve(jar().getFileName()) : jar()).toString(), "run"));
    for (Object argument : arguments) {
      argv.add(argument.toString());
    }
    return Command.of(argv).run(LIMIT);
  }

  private static String home(boolean isRoot, Path folder) {
    return isRoot ? folder.toString() : System.getProperty("user.home");
  }

  private static Path jar() {
    return Vethbook.JAR.toAbsolutePath().normalize();
  }

  /** All in it becomes nobody's, who must be able to look into the folders above, too. */
  private static void give(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", Integer.parseInt(NOBODY));
      }
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
