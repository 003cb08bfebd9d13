package vethbook.kernel.language.java;

import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.ClassWriter;
import groovyjarjarasm.asm.FieldVisitor;
import groovyjarjarasm.asm.Label;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts calls of {@link CellGuard} into the classes of Java cells: a check for interrupts where a
 * method begins and where a loop goes back, and a refusal in place of what would end the process.
 * What is not private becomes public, because each cell's classes have a loader, and so a package,
 * of their own; for the same reason a sealed class stops being one, which the compiler has seen to.
 *
 * <p>The calls take and leave nothing on the operand stack, so neither frames nor stack sizes
 * change. ASM is Groovy's copy, which knows the class files of the JDKs that Groovy knows.
 */
final class CellChecks {
  private static final String GUARD = CellGuard.class.getName().replace('.', '/');

  private CellChecks() {}

  static byte[] insert(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Checked(writer), 0);
    return writer.toByteArray();
  }

  private static final class Checked extends ClassVisitor {
    Checked(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    private static int opened(int access) {
      boolean isPrivate = (access & Opcodes.ACC_PRIVATE) != 0;
      return isPrivate ? access : (access & ~Opcodes.ACC_PROTECTED) | Opcodes.ACC_PUBLIC;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      super.visit(version, opened(access), name, signature, superName, interfaces);
    }

    @Override
    public void visitInnerClass(
        String name, @Nullable String outerName, @Nullable String innerName, int access) {
      super.visitInnerClass(
          name, outerName, innerName, name.startsWith("REPL/") ? opened(access) : access);
    }

    @Override
    public void visitPermittedSubclass(String permittedSubclass) {
      // they may be in other cells
    }

    @Override
    public FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      return super.visitField(opened(access), name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      boolean isClassStart = name.equals("<clinit>");
      MethodVisitor next =
          super.visitMethod(
              isClassStart ? access : opened(access), name, descriptor, signature, exceptions);
      return isClassStart ? next : new CheckedMethod(next, !name.equals("<init>"));
    }
  }

  private static final class CheckedMethod extends MethodVisitor {
    private final Set<Label> passed = new HashSet<>();
    private final boolean atStart;

    CheckedMethod(MethodVisitor next, boolean atStart) {
      super(Opcodes.ASM9, next);
      this.atStart = atStart;
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "check", "()V", false);
    }

    private void checkBefore(List<Label> targets) {
      if (targets.stream().anyMatch(passed::contains)) {
        check();
      }
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (atStart) {
        check();
      }
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      checkBefore(List.of(label));
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
      checkBefore(List.of(other));
      checkBefore(List.of(labels));
      super.visitTableSwitchInsn(min, max, other, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
      checkBefore(List.of(other));
      checkBefore(List.of(labels));
      super.visitLookupSwitchInsn(other, keys, labels);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean ends = (name.equals("exit") || name.equals("halt")) && descriptor.equals("(I)V");
      if (ends && owner.equals("java/lang/System")) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, name, "(I)V", false);
      } else if (ends && owner.equals("java/lang/Runtime")) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, name, "(Ljava/lang/Runtime;I)V", false);
      } else {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }
    }
  }
}
