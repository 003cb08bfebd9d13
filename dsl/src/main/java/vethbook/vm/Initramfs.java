package vethbook.vm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The archive that Linux unpacks as its first root file system.
 *
 * @see "Documentation/driver-api/early-userspace/buffer-format.rst"
 */
final class Initramfs {
  private static final int DIRECTORY = 0040755;
  private static final int PROGRAM = 0100755;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int inode;

  Initramfs directory(String name) {
    entry(name, DIRECTORY, new byte[0]);
    return this;
  }

  Initramfs file(String name, byte[] content) {
    entry(name, PROGRAM, content);
    return this;
  }

  Initramfs file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  void writeTo(Path path) throws IOException {
    entry("TRAILER!!!", 0, new byte[0]);
    try (OutputStream out = Files.newOutputStream(path)) {
      bytes.writeTo(out);
    }
  }

  /** One header of format "newc" (thirteen fields of eight hexadecimal digits), name, content. */
  private void entry(String name, int mode, byte[] content) {
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    int[] fields = {++inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, nameBytes.length, 0};
    StringBuilder header = new StringBuilder("070701");
    for (int field : fields) {
      header.append(String.format(Locale.ROOT, "%08X", field));
    }
    bytes.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(nameBytes);
    pad();
    bytes.writeBytes(content);
    pad();
  }

  private void pad() {
    while (bytes.size() % 4 != 0) {
      bytes.write(0);
    }
  }
}
