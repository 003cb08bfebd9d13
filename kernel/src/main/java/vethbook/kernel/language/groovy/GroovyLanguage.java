package vethbook.kernel.language.groovy;

import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import groovy.lang.GroovyShell;
import groovy.lang.GroovySystem;
import groovy.lang.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.MethodClosure;
import org.codehaus.groovy.util.ReleaseInfo;
import org.jspecify.annotations.Nullable;
import vethbook.extension.ExtensionSession;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.Libraries;

/**
 * Groovy cells. Each is compiled as a script of its own, {@code cell_3.groovy}; variables (with or
 * without {@code def}), imports, methods and classes of one cell are known in the next. Loops,
 * methods and closures are compiled with a check for interrupts.
 */
public final class GroovyLanguage implements Language {
  private static final String SUFFIX = ".groovy";

  /** Known without starting Groovy, which takes a while. */
  public static final Info INFO =
      new Info("groovy", ReleaseInfo.getVersion(), "text/x-groovy", SUFFIX);

  private final Binding binding;
  private final List<ExtensionSession> sessions;
  private final Imports imports = new Imports();
  private final StaleVariables stale = new StaleVariables();
  private final TypedCell typed = new TypedCell();
  private final CellLoader loader;
  private final Class<?> baseClass;
  private final CellSources sources;
  private volatile Supplier<Map<String, Class<?>>> foreignTypes = Map::of;
  private volatile Consumer<Throwable> onError = error -> {};
  private final Map<String, Object> defined = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> constants = new TreeSet<>();

  /** A language of its own, for use without others. */
  public GroovyLanguage(List<ExtensionSession> sessions) {
    this(
        sessions,
        Collections.synchronizedMap(new LinkedHashMap<>()),
        new CellSources(),
        new Libraries(GroovyLanguage.class.getClassLoader(), Set.of()));
  }

  /**
   * @param sessions the DSLs whose words cells know; the first one's base class is extended
   * @param variables what cells share, also with those of other languages
   * @param sources the texts of all cells
   * @param libraries what cells may import beside the kernel's own classes
   */
  public GroovyLanguage(
      List<ExtensionSession> sessions,
      Map<String, Object> variables,
      CellSources sources,
      ClassLoader libraries) {
    lookForNoMetaClasses();
    binding = new Binding(variables);
    this.sources = sources;
    this.sessions = List.copyOf(sessions);
    baseClass = sessions.isEmpty() ? Script.class : sessions.get(0).scriptBaseClass();
    sessions.forEach(session -> session.variables().forEach(binding::setVariable));
    loader = new CellLoader(libraries, configuration());
    sessions.forEach(
        session -> session.importedStatics().forEach(type -> constants.addAll(constants(type))));
  }

  /**
   * No search for classes such as groovy.runtime.metaclass.cell_7MetaClass, which nobody writes:
   * the application's loader keeps a lock for each name that it was asked for.
   */
  private static void lookForNoMetaClasses() {
    GroovySystem.getMetaClassRegistry()
        .getMetaClassCreationHandler()
        .setDisableCustomMetaClassLookup(true);
  }

  /** Loads what the compiler of the first cell would wait for; may run beside all else. */
  public static void warmUp() {
    try (GroovyClassLoader nothing = new GroovyClassLoader()) {
      nothing.parseClass("1 + 1", "first.groovy");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of a class's public constants, such as TCP_RR. */
  private static List<String> constants(String type) {
    try {
      return Arrays.stream(Class.forName(type).getFields())
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .map(Field::getName)
          .toList();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("an extension names a class that is not there", e);
    }
  }

  /** Lets cells name classes that cells of another language have declared. */
  public void knowTypes(Supplier<Map<String, Class<?>>> types) {
    foreignTypes = types;
  }

  /** Called with an error before it is explained: it may have frames of another language. */
  public void onError(Consumer<Throwable> task) {
    onError = task;
  }

  private CompilerConfiguration configuration() {
    ImportCustomizer known = new ImportCustomizer();
    sessions.forEach(session -> session.importedPackages().forEach(known::addStarImports));
    sessions.forEach(session -> session.importedStatics().forEach(known::addStaticStars));
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(baseClass.getName());
    configuration.addCompilationCustomizers(
        known,
        imports,
        new ForeignTypes(() -> foreignTypes.get()),
        new CellScope(typed),
        typed,
        new InterruptChecks());
    return configuration;
  }

  /** Makes a variable known to all cells; it is there again when a cell's own is forgotten. */
  public void define(String name, Object value) {
    defined.put(name, value);
    binding.setVariable(name, value);
  }

  @Override
  public Info info() {
    return INFO;
  }

  @Override
  public @Nullable Object evaluate(String code, int number) throws Throwable {
    sources.add(number, code);
    return run(compile(code, number), number);
  }

  /**
   * Runs a cell whose types are checked first: variables of the notebook have the types of their
   * values.
   *
   * @throws Throwable what Groovy's compiler finds, or whatever the cell throws
   */
  public @Nullable Object evaluateTyped(String code, int number) throws Throwable {
    sources.add(number, code);
    SessionTypes.know(all());
    typed.set(true);
    Class<?> compiled;
    try {
      compiled = compile(code, number);
    } finally {
      typed.set(false);
      SessionTypes.know(Map.of());
    }
    return run(compiled, number);
  }

  private @Nullable Object run(Class<?> compiled, int number) throws Throwable {
    imports.keep();
    if (!Script.class.isAssignableFrom(compiled)) {
      return null; // nothing but classes
    }
    // for services of libraries; and the JDK asks it for names such as cell_7BeanInfo, which the
    // loaders above would keep (see CellLoader)
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Script script = InvokerHelper.createScript(compiled, binding);
      sessions.forEach(session -> session.attach(script));
      try {
        return script.run();
      } finally {
        keepMethods(script);
        stale.ran(number, variables());
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Class<?> compile(String code, int number) {
    String file = CellSources.className(number) + SUFFIX;
    GroovyCodeSource source = new GroovyCodeSource(code, file, GroovyShell.DEFAULT_CODE_BASE);
    try {
      return loader.parseClass(source, false);
    } finally {
      loader.forget(CellSources.className(number));
    }
  }

  /** Methods that a cell defines become closures that later cells find by name. */
  private void keepMethods(Script script) {
    for (Method method : script.getClass().getDeclaredMethods()) {
      boolean isUsers =
          !method.isSynthetic()
              && !Modifier.isStatic(method.getModifiers())
              && !method.getName().equals("run")
              && !method.getName().contains("$");
      if (isUsers) {
        binding.setVariable(method.getName(), new MethodClosure(script, method.getName()));
      }
    }
  }

  @Override
  public CellError explain(Throwable error) {
    onError.accept(error);
    return new GroovyErrors(sources, vocabulary(), stale).explain(error);
  }

  @Override
  public Completeness completeness(String code) {
    Brackets brackets = Brackets.of(code);
    if (brackets.isOpen()) {
      return new Completeness("incomplete", "    ".repeat(brackets.depth()));
    }
    try {
      GroovyParser.parse(code);
      return Completeness.COMPLETE;
    } catch (CompilationFailedException e) {
      return Completeness.INVALID;
    }
  }

  @Override
  public Completions complete(String code, int cursor) {
    return new GroovyCompleter(vocabulary(), sessions).complete(code, cursor);
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, boolean detailed) {
    return new GroovyInspector(vocabulary()).inspect(code, cursor, detailed);
  }

  private Vocabulary vocabulary() {
    List<String> packages = new ArrayList<>(imports.packages());
    sessions.forEach(session -> packages.addAll(session.importedPackages()));
    ClassNames classes = new ClassNames(loader, packages, imports.classes());
    return new Vocabulary(all(), baseClass, constants, classes, sessions);
  }

  /** All variables, the kernel's words among them. */
  @SuppressWarnings("unchecked") // Groovy's binding holds a map with names as keys
  private Map<String, Object> all() {
    Map<String, Object> live = (Map<String, Object>) binding.getVariables();
    synchronized (live) {
      return new LinkedHashMap<>(live);
    }
  }

  @Override
  public Map<String, Object> variables() {
    Map<String, Object> all = all();
    all.values().removeIf(value -> value instanceof Hidden);
    return all;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void forget(Collection<String> names) {
    Map<String, Object> all = binding.getVariables();
    if (names.isEmpty()) {
      all.values().removeIf(value -> !(value instanceof Hidden));
      sessions.forEach(session -> session.variables().forEach(binding::setVariable));
      imports.forget();
    } else {
      names.forEach(all::remove);
    }
    defined.forEach(all::putIfAbsent);
  }

  /** Marks functions that the kernel gives to cells and that are no variables of the user's. */
  public interface Hidden {}
}
