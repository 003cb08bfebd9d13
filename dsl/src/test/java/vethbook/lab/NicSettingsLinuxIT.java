package vethbook.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NicSettingsLinuxIT {
  @Test
  void whatALabHasChangedIsPutBack() {
    try (Lab lab = new Lab("NicSettingsLinuxIT")) {
      Device device = lab.netns("a").device("eth0");
      DeviceOptions twoQueues = new DeviceOptions(java.util.List.of(), 0, 2);
      lab.vethPair(device, lab.netns("b").device("eth0"), null, twoQueues);
      DeviceEthtool ethtool = new DeviceEthtool(device);
      ethtool.channels(ethtool.channels().with(1, 1, 0));
      NicSettings before = NicSettings.of(device.netns().handle(), "eth0");
      assertThat(before.channels()).containsExactly(1, 1, 0);
      assertThat(before.rings()).as("veth has none").isEmpty();

      ethtool.offload(Map.of("tso", false, "gro", true, "tx", false));
      ethtool.channels(ethtool.channels().with(2, 1, 0));
      assertThat(NicSettings.of(device.netns().handle(), "eth0")).isNotEqualTo(before);

      before.restore(device.netns().handle(), "eth0");

      assertThat(NicSettings.of(device.netns().handle(), "eth0")).isEqualTo(before);
      before.restore(device.netns().handle(), "eth0");
    }
  }

  @Test
  void aCardWrittenDownByAnOlderVersionIsRead() {
    String old = "{\"name\":\"eth0\",\"mac\":\"m\",\"up\":true,\"addresses\":[],\"routes\":[]}";
    assertThat(HostNic.parse(old).settings()).isNull();
  }
}
