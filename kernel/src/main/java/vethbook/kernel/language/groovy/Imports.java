package vethbook.kernel.language.groovy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.jspecify.annotations.Nullable;

/** Gives each cell the imports of the cells before it. */
final class Imports extends CompilationCustomizer {
  private final Map<String, Consumer<ModuleNode>> kept = new LinkedHashMap<>();
  private final Map<String, Consumer<ModuleNode>> found = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private @Nullable ModuleNode seen;

  Imports() {
    super(CompilePhase.CONVERSION);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode node) {
    ModuleNode module = source.getAST();
    if (module == seen) {
      return; // once a cell, not once a class
    }
    seen = module;
    found.clear();
    module.getImports().forEach(this::find);
    module.getStarImports().forEach(this::findStar);
    module.getStaticImports().forEach((alias, each) -> findStatic(alias, each));
    module.getStaticStarImports().forEach((name, each) -> findStaticStar(each));
    kept.forEach(
        (text, add) -> {
          if (!found.containsKey(text)) {
            add.accept(module);
          }
        });
  }

  /** Full names of the classes that cells have imported. */
  Collection<String> classes() {
    return kept.keySet().stream()
        .filter(key -> key.startsWith("import "))
        .map(key -> names.getOrDefault(key.substring("import ".length()), ""))
        .toList();
  }

  /** Names of the packages all of whose classes cells have imported. */
  Collection<String> packages() {
    return kept.keySet().stream()
        .filter(key -> key.startsWith("star "))
        .map(key -> key.substring("star ".length()).replaceFirst("\\.$", ""))
        .toList();
  }

  /** The cell compiled: its imports stay. */
  void keep() {
    kept.putAll(found);
  }

  /** Cells know none from now on. */
  void forget() {
    kept.clear();
  }

  private void find(ImportNode node) {
    String name = node.getClassName();
    String alias = node.getAlias();
    names.put(alias, name);
    found.put("import " + alias, module -> module.addImport(alias, ClassHelper.make(name)));
  }

  private void findStar(ImportNode node) {
    String name = node.getPackageName();
    found.put("star " + name, module -> module.addStarImport(name));
  }

  private void findStatic(String alias, ImportNode node) {
    String type = node.getClassName();
    String field = node.getFieldName();
    found.put(
        "static " + alias, module -> module.addStaticImport(ClassHelper.make(type), field, alias));
  }

  private void findStaticStar(ImportNode node) {
    String type = node.getClassName();
    found.put(
        "static star " + type, module -> module.addStaticStarImport(type, ClassHelper.make(type)));
  }
}
