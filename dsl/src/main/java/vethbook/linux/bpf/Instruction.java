package vethbook.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One instruction of eight bytes ({@code linux/bpf.h}: struct bpf_insn).
 *
 * @param opcode class, operation and source of the operand
 * @param destination the register that is changed or compared
 * @param source the register that is read; {@link Register#R0} where the operand is the constant
 * @param offset of memory in bytes, or of a jump in instructions after this one
 * @param constant the operand, or a helper's number
 */
record Instruction(int opcode, Register destination, Register source, int offset, int constant) {
  static final int BYTES = 8;

  void write(ByteBuffer to) {
    boolean isLittle = to.order() == ByteOrder.LITTLE_ENDIAN;
    int low = isLittle ? destination.number() : source.number();
    int high = isLittle ? source.number() : destination.number();
    to.put((byte) opcode).put((byte) (high << 4 | low));
    to.putShort((short) offset).putInt(constant);
  }
}
