package vethbook.linux.bpf;

/**
 * A register of the BPF machine. {@link #R0} holds results, {@link #R1} to {@link #R5} arguments,
 * which a call destroys; {@link #R6} to {@link #R9} survive calls.
 *
 * @see "Documentation/bpf/standardization/instruction-set.rst"
 */
enum Register {
  R0(0),
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  R6(6),
  R7(7),
  R8(8),
  R9(9);

  private final int number;

  Register(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
