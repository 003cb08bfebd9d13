package vethbook.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vethbook.linux.ExperimentException;

class LinuxImageTest {
  @TempDir private Path folder;

  @Test
  void takesTheNewestLinuxOfAnUnpackedPackageThatHasItsModules() throws IOException {
    add("6.1.9-amd64");
    add("6.1.10-amd64");
    Files.createFile(folder.resolve("boot/vmlinuz-6.9.1-amd64"));

    LinuxImage image = LinuxImage.find(folder.toString());

    assertThat(image.release()).isEqualTo("6.1.10-amd64");
    assertThat(image.vmlinuz()).isEqualTo(folder.resolve("boot/vmlinuz-6.1.10-amd64"));
  }

  private void add(String release) throws IOException {
    Path modules = Files.createDirectories(folder.resolve("lib/modules/" + release));
    Files.createFile(modules.resolve("modules.dep"));
    Files.createDirectories(folder.resolve("boot"));
    Files.createFile(folder.resolve("boot/vmlinuz-" + release));
  }

  @Test
  void saysWhatAFolderWithoutLinuxLacks() {
    assertThatThrownBy(() -> LinuxImage.find(folder.toString()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot find a Linux in " + folder)
        .hasMessageContaining("boot/vmlinuz-* and lib/modules");
  }

  @Test
  void refusesWhatIsNeitherASeriesNorAFolder() {
    assertThatThrownBy(() -> LinuxImage.find("6.12.1"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("Cannot find Linux '6.12.1'")
        .hasMessageContaining("say a series such as 6.12");
  }
}
