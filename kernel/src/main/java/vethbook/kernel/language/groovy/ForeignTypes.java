package vethbook.kernel.language.groovy;

import java.util.Map;
import java.util.function.Supplier;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Lets Groovy cells name the classes that cells of another language have declared. */
final class ForeignTypes extends CompilationCustomizer {
  private final Supplier<Map<String, Class<?>>> types;

  /**
   * @param types by the names that cells know them by
   */
  ForeignTypes(Supplier<Map<String, Class<?>>> types) {
    super(CompilePhase.CONVERSION);
    this.types = types;
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    ModuleNode module = source.getAST();
    types
        .get()
        .forEach(
            (name, type) -> {
              boolean isOwn =
                  module.getImport(name) != null
                      || module.getClasses().stream()
                          .anyMatch(each -> each.getNameWithoutPackage().equals(name));
              if (!isOwn) {
                module.addImport(name, ClassHelper.make(type));
              }
            });
  }
}
