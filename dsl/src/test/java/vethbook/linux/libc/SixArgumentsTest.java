package vethbook.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds down why {@link LibC} declares seven parameters where six would do. */
class SixArgumentsTest {
  private static final int SYS_MMAP_X86_64 = 9;

  @Test
  void theSixthArgumentOfASystemCallArrives() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        System.getProperty("os.arch").equals("amd64"), "skipped: the numbers are those of x86-64");
    Path file = Files.createTempFile("six", ".bin");
    Files.write(file, new byte[8192]);
    int fd = Call.open(file.toString());
    try {
      // mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, offset): an offset off a page is EINVAL
      long mapped = LibC.Loaded.LIBC.syscall(SYS_MMAP_X86_64, 0, 4096, 1, 2, fd, 4096);
      assertThat(mapped).isGreaterThan(0);
      long refused = LibC.Loaded.LIBC.syscall(SYS_MMAP_X86_64, 0, 4096, 1, 2, fd, 1);
      assertThat(refused).isEqualTo(-1);
      assertThat(Call.lastError()).isEqualTo(Errno.EINVAL);
    } finally {
      Call.close(fd);
      Files.delete(file);
    }
  }

  @Test
  void errnoHasANameAndLinuxText() {
    assertThat(Errno.EOPNOTSUPP).hasToString("EOPNOTSUPP (Operation not supported)");
    assertThat(new Errno(4095).name()).isEqualTo("errno 4095");
  }
}
