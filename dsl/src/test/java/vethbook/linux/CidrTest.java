package vethbook.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.5/24, 10.0.0.0/24",
    "192.168.255.255/17, 192.168.128.0/17",
    "10.0.0.1/32, 10.0.0.1/32",
    "10.0.0.1/0, 0.0.0.0/0",
    "fd00::1:2/64, fd00::/64",
    "1:0:0:2:0:0:0:3/128, 1:0:0:2::3/128",
    "::1/128, ::1/128",
    "::ffff:10.0.0.1/112, ::ffff:a00:0/112",
    "::ffff:0:0/96, ::ffff:0:0/96"
  })
  void knowsItsNetwork(String cidr, String network) {
    assertThat(Cidr.parse(cidr).network()).hasToString(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0/24",
        "10.0.0.256/24",
        "localhost",
        "10.0.0.1/",
        "10.0.0.1/x",
        "10.0.0.1/-1",
        "10.0.0.1/24/3",
        "1:2:3/64",
        "::1::/64"
      })
  void refusesWhatIsNoAddressAndAsksNoNameServer(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void refusesAPrefixLengthBeyondTheFamily() {
    assertThatThrownBy(() -> Cidr.parse("10.0.0.1/33")).hasMessageContaining("0 to 32");
    assertThatThrownBy(() -> Cidr.parse("::1/129")).hasMessageContaining("0 to 128");
  }

  @Test
  void countsHostsAcrossByteBorders() {
    assertThat(Cidr.parse("10.0.0.0/16").host(258)).hasToString("10.0.1.2/16");
    assertThat(Cidr.parse("fd00::/64").host(1)).hasToString("fd00::1/64");
    assertThat(Cidr.parse("10.0.0.0/31").host(1)).hasToString("10.0.0.1/31");
  }

  @Test
  void doesNotHandOutTheBroadcastAddress() {
    Cidr small = Cidr.parse("10.0.0.0/30");
    assertThat(small.host(2)).hasToString("10.0.0.2/30");
    assertThatThrownBy(() -> small.host(3)).hasMessageContaining("is full");
  }

  @Test
  void containsOnlyItsOwnFamily() {
    Cidr net = Cidr.parse("10.0.0.0/8");
    assertThat(net.contains(Cidr.parseAddress("10.255.0.1"))).isTrue();
    assertThat(net.contains(Cidr.parseAddress("11.0.0.1"))).isFalse();
    assertThat(net.contains(Cidr.parseAddress("::1"))).isFalse();
  }
}
