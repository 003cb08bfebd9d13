package vethbook.linux.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vethbook.linux.bpf.Register.R0;
import static vethbook.linux.bpf.Register.R1;
import static vethbook.linux.bpf.Register.R6;
import static vethbook.linux.bpf.Register.R7;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vethbook.linux.Cidr;
import vethbook.linux.bpf.RedirectRule.Action;

/** Expected bytes follow the tables of RFC 9669 for a little-endian machine. */
class ProgramTest {
  @BeforeEach
  void onLittleEndian() {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
        "skipped: the expected bytes are those of a little-endian machine");
  }

  @Test
  void theEmptyProgramReturnsZero() {
    assertThat(hex(Program.empty())).isEqualTo("b700000000000000" + "9500000000000000");
  }

  @Test
  void eachInstructionHasItsBytes() {
    Assembler to = new Assembler().copy(R6, R1).load32(R7, R6, 76).add(R7, 14).and32(R7, 0xff00);
    to.set(R0, -1).call(Helper.REDIRECT_PEER).exit();

    assertThat(hex(to.program()))
        .isEqualTo(
            "bf16000000000000" // r6 = r1
                + "61674c0000000000" // r7 = *(u32 *)(r6 + 76)
                + "070700000e000000" // r7 += 14
                + "5407000000ff0000" // w7 &= 0xff00
                + "b7000000ffffffff" // r0 = -1
                + "850000009b000000" // call 155
                + "9500000000000000");
  }

  @Test
  void jumpsCountTheInstructionsBetween() {
    Assembler to = new Assembler().jumpIfEqual32(R1, 8, "end").jumpUnlessEqual32(R1, 9, "end");
    to.jumpIfAbove(R6, R7, "end").jump("end").set(R0, 0).label("end").exit();

    assertThat(hex(to.program()))
        .isEqualTo(
            "1601040008000000" // if w1 == 8 goto +4
                + "5601030009000000" // if w1 != 9 goto +3
                + "2d76020000000000" // if r6 > r7 goto +2
                + "0500010000000000" // goto +1
                + "b700000000000000"
                + "9500000000000000");
  }

  @Test
  void aLabelThatIsMissingOrThereTwiceIsAMistakeInTheProgram() {
    assertThatThrownBy(() -> new Assembler().jump("nowhere").program())
        .hasMessageContaining("nowhere");
    assertThatThrownBy(() -> new Assembler().label("a").label("a")).hasMessageContaining("a");
  }

  @Test
  void everyFrameNeedsNoLookAtIt() {
    Program program =
        RedirectProgram.of(List.of(new RedirectRule(Action.FRAME, 7, List.of())), List.of());

    assertThat(hex(program))
        .isEqualTo(
            "bf16000000000000"
                + "b701000007000000" // r1 = 7
                + "b702000000000000" // r2 = 0
                + "8500000017000000" // call 23
                + "9500000000000000");
  }

  @Test
  void addressesOfItsOwnNamespaceCountOnlyWhereARuleCoversThem() throws Exception {
    List<InetAddress> own = List.of(InetAddress.getByName("10.0.0.1"));

    assertThat(of("10.1.0.0/16", own)).isEqualTo(of("10.1.0.0/16", List.of()));
    assertThat(of("10.0.0.0/16", own)).isNotEqualTo(of("10.0.0.0/16", List.of()));
  }

  private static Program of(String network, List<InetAddress> own) {
    return RedirectProgram.of(
        List.of(new RedirectRule(Action.PEER, 7, List.of(Cidr.parse(network)))), own);
  }

  private static String hex(Program program) {
    ByteBuffer bytes = program.bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
