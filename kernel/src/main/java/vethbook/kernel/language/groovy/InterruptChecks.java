package vethbook.kernel.language.groovy;

import groovy.transform.ThreadInterrupt;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.transform.ThreadInterruptibleASTTransformation;

/**
 * Compiles a check for interrupts into each loop, method and closure. Groovy's own customizer for
 * annotations would do it too, but is itself a dynamic Groovy program: it takes 20 ms of the start.
 */
final class InterruptChecks extends CompilationCustomizer {
  InterruptChecks() {
    super(CompilePhase.CANONICALIZATION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    AnnotationNode annotation = new AnnotationNode(ClassHelper.make(ThreadInterrupt.class));
    annotation.setSourcePosition(node);
    new ThreadInterruptibleASTTransformation().visit(new ASTNode[] {annotation, node}, source);
  }
}
