package vethbook.view;

import com.caoccao.javet.enums.JSRuntimeType;
import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.interop.loader.IJavetLibLoadingListener;
import com.caoccao.javet.interop.loader.JavetLibLoader;
import com.caoccao.javet.interop.options.V8RuntimeOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads V8's native library and leaves no file behind.
 *
 * <p>Javet unpacks 40 MB into the temp directory and leaves them for a later process to remove.
 * Once Linux has mapped the library the file is not needed any more, so it is removed at once.
 */
final class V8Library {
  /**
   * V8's compiler crashed this process under QEMU's emulation (Javet 5.0.6, Linux 6.12 in the
   * guest), taking the experiment with it. Its interpreter did not, and draws a chart just as fast
   * (a first one in 0.5 s, later ones in 20 ms), since no chart lives long enough to be compiled.
   */
  private static final String WITHOUT_COMPILER = "--jitless";

  private V8Library() {}

  /**
   * V8, with its library loaded; the process can load it only once, whoever asks.
   *
   * @throws IllegalStateException if the library is missing or cannot be loaded here
   */
  static V8Host load() {
    synchronized (V8Library.class) {
      Path directory = temporaryDirectory();
      try {
        requireForThisMachine();
        JavetLibLoader.setLibLoadingListener(new Into(directory.toFile()));
        V8RuntimeOptions.V8_FLAGS.setCustomFlags(WITHOUT_COMPILER);
        V8Host host = V8Host.getV8Instance();
        if (!host.isLibraryLoaded() && !host.loadLibrary()) {
          throw new IllegalStateException(
              "V8's library could not be loaded", host.getLastException());
        }
        return host;
      } catch (LinkageError e) {
        throw new IllegalStateException("V8's library could not be loaded: " + e.getMessage(), e);
      } finally {
        remove(directory);
      }
    }
  }

  /** Asks before Javet does, which would write a stack trace to the terminal. */
  private static void requireForThisMachine() {
    try {
      new JavetLibLoader(JSRuntimeType.V8).getResourceFileName();
    } catch (JavetException e) {
      throw new IllegalStateException(
          "there is no V8 for this machine (" + e.getMessage() + ")", e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("vethbook-v8-");
    } catch (IOException e) {
      throw new UncheckedIOException("no room for V8's library in the temp directory", e);
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }

  /** Has Javet unpack into our directory. */
  private record Into(File directory) implements IJavetLibLoadingListener {
    @Override
    public File getLibPath(JSRuntimeType runtime) {
      return directory;
    }

    @Override
    public boolean isDeploy(JSRuntimeType runtime) {
      return true;
    }
  }
}
