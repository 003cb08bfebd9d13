package vethbook.linux.bpf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes BPF instructions one after the other; jumps name labels, which may come later.
 *
 * @see "Documentation/bpf/standardization/instruction-set.rst"
 */
final class Assembler {
  // classes
  private static final int LDX = 0x01;
  private static final int ALU32 = 0x04;
  private static final int JMP = 0x05;
  private static final int JMP32 = 0x06;
  private static final int ALU64 = 0x07;
  // operand: a constant or a register
  private static final int CONSTANT = 0x00;
  private static final int REGISTER = 0x08;
  // operations
  private static final int WORD_OF_MEMORY = 0x60;
  private static final int ADD = 0x00;
  private static final int AND = 0x50;
  private static final int MOVE = 0xb0;
  private static final int ALWAYS = 0x00;
  private static final int EQUAL = 0x10;
  private static final int ABOVE = 0x20;
  private static final int NOT_EQUAL = 0x50;
  private static final int CALL = 0x80;
  private static final int EXIT = 0x90;

  private final List<Instruction> written = new ArrayList<>();
  private final Map<Integer, String> jumps = new HashMap<>();
  private final Map<String, Integer> labels = new HashMap<>();

  /** {@code to = value}, with the sign extended to 64 bits. */
  Assembler set(Register to, int value) {
    return write(ALU64 | MOVE | CONSTANT, to, Register.R0, 0, value);
  }

  /** {@code to = from}. */
  Assembler copy(Register to, Register from) {
    return write(ALU64 | MOVE | REGISTER, to, from, 0, 0);
  }

  /** {@code to += value}, in 64 bits. */
  Assembler add(Register to, int value) {
    return write(ALU64 | ADD | CONSTANT, to, Register.R0, 0, value);
  }

  /** {@code to &= value}, in 32 bits; the upper half becomes zero. */
  Assembler and32(Register to, int value) {
    return write(ALU32 | AND | CONSTANT, to, Register.R0, 0, value);
  }

  /** {@code to = *(u32 *)(from + offset)}. */
  Assembler load32(Register to, Register from, int offset) {
    return write(LDX | WORD_OF_MEMORY, to, from, offset, 0);
  }

  Assembler jump(String label) {
    return jump(JMP | ALWAYS, Register.R0, Register.R0, 0, label);
  }

  /** Compares the lower 32 bits. */
  Assembler jumpIfEqual32(Register register, int value, String label) {
    return jump(JMP32 | EQUAL | CONSTANT, register, Register.R0, value, label);
  }

  /** Compares the lower 32 bits. */
  Assembler jumpUnlessEqual32(Register register, int value, String label) {
    return jump(JMP32 | NOT_EQUAL | CONSTANT, register, Register.R0, value, label);
  }

  /** Compares 64 bits without sign. */
  Assembler jumpIfAbove(Register register, Register limit, String label) {
    return jump(JMP | ABOVE | REGISTER, register, limit, 0, label);
  }

  Assembler call(Helper helper) {
    return write(JMP | CALL, Register.R0, Register.R0, 0, helper.number());
  }

  /** Ends the program; its result is in {@link Register#R0}. */
  Assembler exit() {
    return write(JMP | EXIT, Register.R0, Register.R0, 0, 0);
  }

  /** Names the place of the next instruction. */
  Assembler label(String name) {
    if (labels.put(name, written.size()) != null) {
      throw new IllegalStateException("two labels " + name);
    }
    return this;
  }

  private Assembler jump(int opcode, Register register, Register other, int value, String label) {
    jumps.put(written.size(), label);
    return write(opcode, register, other, 0, value);
  }

  private Assembler write(
      int opcode, Register destination, Register source, int offset, int constant) {
    written.add(new Instruction(opcode, destination, source, offset, constant));
    return this;
  }

  /**
   * The program, each jump with its distance.
   *
   * @throws IllegalStateException when a label is missing or too far for 16 bits
   */
  Program program() {
    List<Instruction> finished = new ArrayList<>(written);
    jumps.forEach((index, label) -> finished.set(index, resolved(index, label)));
    return new Program(finished);
  }

  private Instruction resolved(int index, String label) {
    Integer target = labels.get(label);
    if (target == null || target - index > Short.MAX_VALUE) {
      throw new IllegalStateException("no label " + label + " within reach");
    }
    Instruction jump = written.get(index);
    return new Instruction(
        jump.opcode(), jump.destination(), jump.source(), target - index - 1, jump.constant());
  }
}
