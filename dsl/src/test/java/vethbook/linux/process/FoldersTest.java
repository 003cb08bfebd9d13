package vethbook.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir private Path temporary;

  @Test
  void thoseOfAKilledProcessAreDeletedWithWhatIsInThem() throws IOException {
    Path folder = folder("vethbook-capture-" + gone() + "-123");
    Files.createDirectory(folder.resolve("hop"));
    Files.createFile(folder.resolve("hop/a.pcap"));

    assertThat(Folders.deleteOrphansIn(temporary)).containsExactly("deleted folder " + folder);

    assertThat(folder).doesNotExist();
    assertThat(Folders.deleteOrphansIn(temporary)).isEmpty();
  }

  @Test
  void thoseOfLivingProcessesOfOtherNamespacesAndOfOthersStay() throws IOException {
    folder("vethbook-nginx-" + Strays.nameOfThis() + "-1");
    folder("vethbook-nginx-7-1-1-1");
    folder("vethbook-nginx-123");
    folder("other-nginx-" + gone() + "-1");
    Path target = folder("target");
    Files.createSymbolicLink(temporary.resolve("vethbook-vm-" + gone() + "-1"), target);

    assertThat(Folders.deleteOrphansIn(temporary)).isEmpty();

    assertThat(temporary.toFile().list()).hasSize(6);
  }

  @Test
  void aNewOneBearsItsMakersName() {
    Path folder = Folders.make("capture");
    assertThat(folder.getFileName().toString())
        .startsWith("vethbook-capture-" + ProcessHandle.current().pid() + "-");
    assertThat(Folders.deleteOrphans()).doesNotContain("deleted folder " + folder);
    assertThat(folder).isDirectory();
    Folders.delete(folder);
    assertThat(folder).doesNotExist();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(temporary.resolve(name));
  }

  /** A process that has ended, in a file's name. */
  private static String gone() {
    String[] own = Strays.nameOfThis().split("-");
    return own[0] + "-1-" + own[2];
  }
}
