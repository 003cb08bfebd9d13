package vethbook.linux.sysctl;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vethbook.linux.libc.Errno;
import vethbook.linux.netns.NetnsHandle;

/**
 * Kernel parameters (man 5 sysctl.d, man 8 sysctl): {@code net.ipv4.ip_forward} is the file {@code
 * /proc/sys/net/ipv4/ip_forward}. Which namespace's value a file shows is decided by the thread
 * that opens it.
 */
public final class Sysctl {
  private static final File ROOT = new File("/proc/sys");

  private Sysctl() {}

  /**
   * Reads a parameter of the namespace.
   *
   * @param key with dots, or with slashes where a device's name has dots
   * @return its text, without the final newline
   * @throws SysctlException when there is no such key in this namespace
   */
  public static String read(NetnsHandle netns, String key) {
    return netns.call(() -> read(key, netns));
  }

  /**
   * Writes a parameter of the namespace.
   *
   * @throws SysctlException when there is no such key here, or Linux refuses the value
   */
  public static void write(NetnsHandle netns, String key, String value) {
    netns.call(
        () -> {
          File file = file(key, netns);
          try {
            write(file, value);
          } catch (IOException e) {
            throw new SysctlException(
                "Cannot set sysctl %s to '%s' in %s".formatted(key, value, netns),
                key,
                Errno.in(e) + "   [write " + file + "]",
                file.canWrite()
                    ? null
                    : "it is read-only inside a namespace; the host's value applies",
                e);
          }
          return null;
        });
  }

  /** A parameter of the calling thread's namespace; empty when it has no such key. */
  public static Optional<String> here(String key) {
    File file = new File(ROOT, path(key));
    if (!file.canRead()) {
      return Optional.empty();
    }
    try {
      return Optional.of(text(file));
    } catch (IOException e) {
      throw new SysctlException("Cannot read sysctl " + key, key, Errno.in(e), null, e);
    }
  }

  private static String text(File file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      // one read of enough bytes: these files answer with their end to a second one at any offset
      byte[] buffer = new byte[64 * 1024];
      int length = in.read(buffer);
      return new String(buffer, 0, Math.max(0, length), StandardCharsets.UTF_8).stripTrailing();
    }
  }

  /** Writes a parameter that not every Linux has, in the calling thread's namespace. */
  public static void writeHereIfPresent(String path, String value) {
    File file = new File(ROOT, path);
    try {
      write(file, value);
    } catch (IOException e) {
      // asked only now: to look a name up in a new namespace costs more than to write the file
      if (file.exists()) {
        throw new SysctlException(
            "Cannot set sysctl " + path + " to '" + value + "'", path, Errno.in(e), null, e);
      }
    }
  }

  /** All keys below a prefix that the namespace has, with dots, such as {@code net.ipv4}. */
  public static List<String> keys(NetnsHandle netns, String prefix) {
    return netns.call(() -> keysHere(prefix));
  }

  /** The values of all keys below a prefix that can be read, by key. */
  public static Map<String, String> values(NetnsHandle netns, String prefix) {
    return netns.call(
        () -> {
          Map<String, String> values = new TreeMap<>();
          for (String key : keysHere(prefix)) {
            if (new File(ROOT, path(key)).canRead()) {
              readable(key, netns).ifPresent(value -> values.put(key, value));
            }
          }
          return values;
        });
  }

  /** Some files answer with an error though their mode allows reading, such as an unset secret. */
  private static Optional<String> readable(String key, NetnsHandle netns) {
    try {
      return Optional.of(read(key, netns));
    } catch (SysctlException e) {
      return Optional.empty();
    }
  }

  /** The keys below a prefix that the namespace shows but cannot change. */
  public static List<String> readOnlyKeys(NetnsHandle netns, String prefix) {
    return netns.call(() -> keysHere(prefix).stream().filter(key -> !isWritable(key)).toList());
  }

  /** By its mode: root may write what has no mode for it, and then Linux refuses. */
  private static boolean isWritable(String key) {
    try {
      return Files.getPosixFilePermissions(new File(ROOT, path(key)).toPath())
          .contains(PosixFilePermission.OWNER_WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> keysHere(String prefix) {
    List<String> found = new ArrayList<>();
    collect(new File(ROOT, prefix.replace('.', '/')), prefix, found);
    found.sort(null);
    return found;
  }

  private static String path(String key) {
    return key.contains("/") ? key : key.replace('.', '/');
  }

  private static void collect(File folder, String prefix, List<String> into) {
    File[] files = folder.listFiles();
    if (files == null) {
      return;
    }
    for (File file : files) {
      boolean dotted = file.getName().contains(".");
      String key =
          dotted ? prefix.replace('.', '/') + "/" + file.getName() : prefix + "." + file.getName();
      if (file.isDirectory()) {
        collect(file, key, into);
      } else {
        into.add(key);
      }
    }
  }

  private static String read(String key, NetnsHandle netns) {
    File file = file(key, netns);
    try {
      return text(file);
    } catch (IOException e) {
      throw new SysctlException(
          "Cannot read sysctl " + key + " in " + netns, key, Errno.in(e), null, e);
    }
  }

  private static void write(File file, String value) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write((value + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static File file(String key, NetnsHandle netns) {
    String path = path(key);
    File file = new File(ROOT, path);
    if (key.isBlank() || path.contains("..") || !file.isFile()) {
      throw new SysctlException(
          "Cannot find sysctl '" + key + "' in " + netns, key, null, next(path), null);
    }
    return file;
  }

  private static String next(String path) {
    File folder = new File(ROOT, path).getParentFile();
    while (folder != null && !folder.isDirectory()) {
      folder = folder.getParentFile();
    }
    String wanted = path.substring(path.lastIndexOf('/') + 1);
    String[] there = folder == null ? new String[0] : folder.list();
    List<String> near =
        vethbook.extension.Nearest.of(wanted, List.of(there == null ? new String[0] : there));
    String inside = folder == null ? "" : ROOT.toPath().relativize(folder.toPath()).toString();
    return near.isEmpty()
        ? "some keys exist on the host only; list those of a namespace with sysctlKeys"
        : "did you mean "
            + String.join(
                " or ", near.stream().map(name -> inside.replace('/', '.') + "." + name).toList())
            + "?";
  }
}
