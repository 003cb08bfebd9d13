package vethbook.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A finished BPF program. Two with the same instructions are equal. */
public record Program(List<Instruction> instructions) {
  public Program {
    instructions = List.copyOf(instructions);
  }

  /** The smallest program there is: it returns 0. */
  public static Program empty() {
    return new Assembler().set(Register.R0, 0).exit().program();
  }

  /** As Linux wants it, in a direct buffer. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(instructions.size() * Instruction.BYTES);
    bytes.order(ByteOrder.nativeOrder());
    instructions.forEach(instruction -> instruction.write(bytes));
    return bytes.flip();
  }
}
