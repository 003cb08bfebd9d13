package vethbook.dsl;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Host;

/** Runs cells as the kernel would, without the kernel. */
final class Cells implements AutoCloseable {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final LabSession session =
      new LabSession(Host.printing(new PrintStream(shown, true, StandardCharsets.UTF_8)), "test");
  private final GroovyShell shell;

  Cells() {
    ImportCustomizer imports = new ImportCustomizer();
    session.importedPackages().forEach(imports::addStarImports);
    session.importedStatics().forEach(imports::addStaticStars);
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(session.scriptBaseClass().getName());
    configuration.addCompilationCustomizers(imports);
    shell =
        new GroovyShell(new Binding(new java.util.HashMap<>(session.variables())), configuration);
  }

  /** The value of the cell's last expression. */
  @Nullable Object run(String cell) {
    Script script = shell.parse(cell);
    session.attach(script);
    return script.run();
  }

  /** What cells have shown besides their values, as text. */
  String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  LabSession session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
  }
}
