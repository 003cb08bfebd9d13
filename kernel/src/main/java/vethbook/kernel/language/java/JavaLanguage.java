package vethbook.kernel.language.java;

import groovy.lang.Binding;
import groovy.lang.Script;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;
import vethbook.extension.ExtensionSession;
import vethbook.extension.MimeBundle;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.Language;
import vethbook.kernel.language.Libraries;

/** Java cells: each is one or more JShell snippets. JShell starts with the first use. */
public final class JavaLanguage implements Language, AutoCloseable {
  public static final Info INFO =
      new Info("java", System.getProperty("java.version"), "text/x-java", ".jsh");

  /** What JShell's users and IJava's know without an import. */
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.nio.file.*",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*",
          "static " + CellWords.class.getName() + ".*");

  /** The variable that has the words of the DSL as its methods. */
  private static final String WORDS = "words";

  private static final Set<Snippet.SubKind> SHOWN =
      Set.of(
          Snippet.SubKind.VAR_VALUE_SUBKIND,
          Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          Snippet.SubKind.OTHER_EXPRESSION_SUBKIND);

  private final List<ExtensionSession> sessions;
  private final Map<String, Object> shared;
  private final Predicate<String> isShared;
  private final CellSources sources;
  private final Libraries libraries;
  private final CellServices services;
  private final ReentrantLock lock = new ReentrantLock();
  private final SnippetClasses classes;
  private final CellExecution execution;
  private final JavaPlaces places = new JavaPlaces();
  private volatile Map<String, Class<?>> types = Map.of();
  private volatile Map<String, List<Class<?>>> methods = Map.of();
  private final Set<String> reusable = new HashSet<>();
  private @Nullable Session session;

  /**
   * @param sessions the DSLs that cells can use through the variable {@code words}
   * @param shared the variables of all languages
   * @param isShared false for names in it that Java cells are not to see
   * @param sources the texts of all cells
   */
  public JavaLanguage(
      List<ExtensionSession> sessions,
      Map<String, Object> shared,
      Predicate<String> isShared,
      CellSources sources,
      Libraries libraries,
      CellServices services) {
    this.sessions = List.copyOf(sessions);
    this.shared = shared;
    this.isShared = isShared;
    this.sources = sources;
    this.libraries = libraries;
    this.services = services;
    classes = new SnippetClasses(libraries);
    execution = new CellExecution(classes, lock);
    libraries.lookIn(classes::findClass);
  }

  /** The classes whose static fields belong to one notebook. */
  public static Set<String> ownedClasses() {
    return Set.of(CellWords.class.getName());
  }

  /** JShell with what cells need of it. */
  private record Session(JShell jshell, SourceCodeAnalysis analysis, JavaVariables variables) {}

  /** Starts JShell ahead of the first cell. */
  public void warmUp() {
    lock.lock();
    try {
      session();
    } finally {
      lock.unlock();
    }
  }

  private Session session() {
    Session known = session;
    if (known == null) {
      requireCompiler();
      known = open();
      session = known;
    }
    return known;
  }

  private static void requireCompiler() {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new IllegalStateException(
          "Java cells need a JDK: this Java (%s) has no module jdk.jshell"
              .formatted(System.getProperty("java.home")));
    }
  }

  private Session open() {
    handOver();
    JShell jshell =
        JShell.builder()
            .executionEngine(execution.provider(), Map.of())
            .compilerOptions("-g", "-parameters", "-proc:none")
            .build();
    libraries.onAdded(path -> addToClassPath(jshell, path.toString()));
    List<String> imports = new ArrayList<>(IMPORTS);
    for (ExtensionSession each : sessions) {
      each.importedPackages().forEach(name -> imports.add(name + ".*"));
      each.importedStatics().forEach(name -> imports.add("static " + name + ".*"));
    }
    imports.forEach(name -> jshell.eval("import " + name + ";"));
    TypeNames types = new TypeNames(this::isKnown);
    JavaVariables variables =
        new JavaVariables(
            shared, isShared, types, (type, name) -> jshell.eval(type + " " + name + ";"));
    return new Session(jshell, jshell.sourceCodeAnalysis(), variables);
  }

  private void addToClassPath(JShell jshell, String path) {
    lock.lock();
    try {
      jshell.addToClasspath(path);
    } finally {
      lock.unlock();
    }
  }

  /** Gives this notebook's copy of {@link CellWords} what it works with. */
  private void handOver() {
    try {
      Field field =
          Class.forName(CellWords.class.getName(), true, libraries).getDeclaredField("services");
      field.setAccessible(true);
      field.set(null, services);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the words of Java cells are not there", e);
    }
  }

  /** Whether a cell can name a class: on the compiler's class path, or a Java cell's own. */
  private boolean isKnown(Class<?> type) {
    if (type.getName().startsWith("REPL.")) {
      // the class around it has no name, and one that was declared anew is another class
      boolean isWrapper = type.getEnclosingClass() == null;
      return isWrapper || types.containsValue(type);
    }
    ClassLoader loader = type.getClassLoader();
    boolean isOnClassPath =
        loader == null
            || loader == libraries
            || loader == JavaLanguage.class.getClassLoader()
            || loader == ClassLoader.getPlatformClassLoader();
    return isOnClassPath && TypeNames.isOpen(type);
  }

  @Override
  public Info info() {
    return INFO;
  }

  @Override
  public @Nullable Object evaluate(String code, int number) throws Throwable {
    sources.add(number, code);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(libraries);
    lock.lock();
    try {
      Session now = session();
      give(now, code);
      try {
        return snippets(now, code, number);
      } finally {
        tidy(now);
      }
    } finally {
      execution.forget();
      lock.unlock();
      thread.setContextClassLoader(before);
    }
  }

  private void give(Session now, String code) {
    // the words are Java's alone: other languages say them without an object
    boolean needsWords =
        JavaVariables.names(code).contains(WORDS)
            && !shared.containsKey(WORDS)
            && now.jshell().variables().noneMatch(variable -> variable.name().equals(WORDS));
    if (needsWords) {
      shared.put(WORDS, words());
    }
    now.variables().give(code, () -> fields(now.jshell()));
    if (needsWords) {
      shared.remove(WORDS);
    }
  }

  /** The words of the DSL on an object: its script class, as a cell without a line. */
  private @Nullable Object words() {
    if (sessions.isEmpty()) {
      return null;
    }
    ClassLoader loader = JavaLanguage.class.getClassLoader();
    String type = sessions.get(0).scriptBaseClass().getName();
    org.codehaus.groovy.control.CompilerConfiguration configuration =
        new org.codehaus.groovy.control.CompilerConfiguration();
    configuration.setScriptBaseClass(type);
    Class<?> compiled;
    try (groovy.lang.GroovyClassLoader compiler =
        new groovy.lang.GroovyClassLoader(loader, configuration)) {
      compiled = compiler.parseClass("null");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Script script = InvokerHelper.createScript(compiled, new Binding(shared));
    sessions.forEach(each -> each.attach(script));
    return script;
  }

  /** Where JShell keeps each variable. */
  private Map<String, Field> fields(JShell jshell) {
    Map<String, Field> fields = new LinkedHashMap<>();
    SourceCodeAnalysis analysis = jshell.sourceCodeAnalysis();
    jshell
        .variables()
        .filter(variable -> variable.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
        .filter(variable -> jshell.status(variable).isDefined())
        .forEach(
            variable -> {
              try {
                Class<?> type = classes.findClass(analysis.wrapper(variable).fullClassName());
                Field field = type.getDeclaredField(variable.name());
                field.setAccessible(true);
                fields.put(variable.name(), field);
              } catch (ClassNotFoundException | NoSuchFieldException e) {
                throw new IllegalStateException("JShell lost variable " + variable.name(), e);
              }
            });
    return fields;
  }

  private @Nullable Object snippets(Session now, String code, int number) throws Throwable {
    Object result = null;
    String rest = code;
    Set<DeclarationSnippet> declared = new LinkedHashSet<>();
    CompletionInfo info = now.analysis().analyzeCompletion(rest);
    while (info.completeness() != SourceCodeAnalysis.Completeness.EMPTY) {
      int start = code.length() - rest.length();
      boolean isWhole = info.completeness().isComplete();
      result = snippet(now, isWhole ? info.source() : rest, start, code, number, declared);
      rest = isWhole ? info.remaining() : "";
      info = now.analysis().analyzeCompletion(rest);
    }
    declared.forEach(declaration -> sayWhatIsMissing(now, declaration));
    return result;
  }

  private @Nullable Object snippet(
      Session now,
      String source,
      int start,
      String code,
      int number,
      Set<DeclarationSnippet> declared)
      throws Throwable {
    execution.forget();
    List<SnippetEvent> events = now.jshell().eval(source);
    Object result = null;
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() != null) {
        continue; // what depends on it
      }
      int at = begin(code, start, snippet.source());
      if (snippet.kind() == Snippet.Kind.ERRONEOUS || event.status() == Snippet.Status.REJECTED) {
        throw new CompilationException(number, code, problems(now, snippet, at));
      }
      if (snippet.kind() != Snippet.Kind.IMPORT) {
        places.add(snippet, new JavaPlaces.Start(number, 1 + JavaPlaces.lines(code, at)));
      }
      rethrow(now, event);
      if (snippet instanceof DeclarationSnippet declaration) {
        declared.add(declaration);
      }
      result = SHOWN.contains(snippet.subKind()) ? execution.result() : null;
    }
    forgetExpressions(now, events);
    return result;
  }

  /** Where JShell's text of a snippet begins, which it has trimmed. */
  private static int begin(String code, int start, String source) {
    String first = source.lines().findFirst().orElse("");
    String known = first.endsWith(";") ? first.substring(0, first.length() - 1) : first;
    int found = code.indexOf(known, start);
    return found < 0 ? start : found;
  }

  private static List<CompilationException.Problem> problems(
      Session now, Snippet snippet, int start) {
    return now.jshell()
        .diagnostics(snippet)
        .filter(Diag::isError)
        .map(
            diag ->
                new CompilationException.Problem(
                    start + (int) Math.max(0, diag.getPosition()), diag.getMessage(Locale.ROOT)))
        .distinct()
        .toList();
  }

  /** Throws what the cell threw itself, with its frames as lines of cells. */
  private void rethrow(Session now, SnippetEvent event) throws Throwable {
    if (event.exception() == null) {
      return;
    }
    Throwable thrown = execution.thrown();
    if (thrown != null && !(event.exception() instanceof UnresolvedReferenceException)) {
      places.translate(thrown, now.analysis());
      throw thrown;
    }
    throw event.exception() instanceof UnresolvedReferenceException unresolved
        ? new NotYetDeclaredException(
            unresolved.getSnippet(), missing(now, unresolved.getSnippet()))
        : event.exception();
  }

  private static List<String> missing(Session now, DeclarationSnippet snippet) {
    return now.jshell().unresolvedDependencies(snippet).sorted().toList();
  }

  /** JShell takes a method that uses what is not there yet; whoever wrote it wants to know. */
  private static void sayWhatIsMissing(Session now, DeclarationSnippet declared) {
    Snippet.Status status = now.jshell().status(declared);
    if (status == Snippet.Status.RECOVERABLE_DEFINED
        || status == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
      System.err.println(
          "%s is declared, but cannot be used before: %s"
              .formatted(declared.name(), String.join(", ", missing(now, declared))));
    }
  }

  /** Expressions and statements have run; what they hold is to be free. */
  private static void forgetExpressions(Session now, List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      boolean isDone =
          event.causeSnippet() == null
              && (snippet.kind() == Snippet.Kind.STATEMENT
                  || snippet.kind() == Snippet.Kind.EXPRESSION
                  || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND);
      if (isDone && now.jshell().status(snippet).isActive()) {
        now.jshell().drop(snippet);
      }
    }
  }

  /**
   * Lets the classes go that no declaration needs any more. JShell itself keeps every snippet's
   * source and class file, and javac every name it has read: some 10 KB for each cell, which no
   * call of JShell frees. A new JShell in its place would have to declare all anew: initial values
   * would be computed twice, and objects that cells hold would be of classes of another time.
   */
  private void tidy(Session now) {
    now.variables().take(() -> fields(now.jshell()));
    Set<String> live = new HashSet<>(reusable);
    now.jshell()
        .snippets()
        .filter(PersistentSnippet.class::isInstance)
        .filter(snippet -> snippet.kind() != Snippet.Kind.IMPORT)
        .filter(snippet -> now.jshell().status(snippet).isActive())
        .forEach(snippet -> live.add(now.analysis().wrapper(snippet).fullClassName()));
    classes.keepOnly(live);
    types = declaredTypes(now);
    shareMethods(now);
  }

  /** The classes that cells have declared, by their names; other languages may ask at any time. */
  public Map<String, Class<?>> types() {
    return types;
  }

  private Map<String, Class<?>> declaredTypes(Session now) {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    now.jshell()
        .types()
        .filter(type -> now.jshell().status(type) == Snippet.Status.VALID)
        .forEach(type -> found.put(type.name(), loaded(now, type, "$" + type.name())));
    return Map.copyOf(found);
  }

  private Class<?> loaded(Session now, Snippet snippet, String inner) {
    try {
      return classes.findClass(now.analysis().wrapper(snippet).fullClassName() + inner);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("JShell lost " + snippet.source(), e);
    }
  }

  /** Makes methods of Java cells functions of the others, by their names. */
  private void shareMethods(Session now) {
    Map<String, List<Class<?>>> owners = new LinkedHashMap<>();
    now.jshell()
        .methods()
        .filter(method -> now.jshell().status(method) == Snippet.Status.VALID)
        .forEach(
            method ->
                owners
                    .computeIfAbsent(method.name(), name -> new ArrayList<>())
                    .add(loaded(now, method, "")));
    methods = owners;
    synchronized (shared) {
      shared
          .entrySet()
          .removeIf(
              each -> each.getValue() instanceof JavaMethods && !owners.containsKey(each.getKey()));
      owners
          .keySet()
          .forEach(
              name ->
                  shared.putIfAbsent(
                      name, new JavaMethods(name, () -> methods.getOrDefault(name, List.of()))));
    }
  }

  /** Gives frames in Java cells the cells' names and lines. */
  public void name(Throwable error) {
    Session now = session;
    if (now != null) {
      places.translate(error, now.analysis());
    }
  }

  @Override
  public CellError explain(Throwable error) {
    name(error);
    Set<String> known = new TreeSet<>(variables().keySet());
    Session now = session;
    if (now != null) {
      lock.lock();
      try {
        now.jshell().methods().map(MethodSnippet::name).forEach(known::add);
        now.jshell().types().map(TypeDeclSnippet::name).forEach(known::add);
        now.jshell().variables().map(VarSnippet::name).forEach(known::add);
      } finally {
        lock.unlock();
      }
    }
    for (var method : CellWords.class.getMethods()) {
      known.add(method.getName());
    }
    return new JavaErrors(sources, known).explain(error);
  }

  @Override
  public Completeness completeness(String code) {
    lock.lock();
    try {
      return JavaText.completeness(session().analysis(), code);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Completions complete(String code, int cursor) {
    lock.lock();
    try {
      Session now = session();
      give(now, code);
      return JavaText.complete(now.analysis(), code, cursor, sharedNames());
    } finally {
      lock.unlock();
    }
  }

  private Collection<String> sharedNames() {
    return variables().keySet().stream().sorted().toList();
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, boolean detailed) {
    lock.lock();
    try {
      Session now = session();
      give(now, code);
      return JavaText.inspect(now.analysis(), code, cursor, detailed).map(MimeBundle::plain);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, Object> variables() {
    Map<String, Object> all;
    synchronized (shared) { // others may be at work
      all = new LinkedHashMap<>(shared);
    }
    all.keySet().removeIf(isShared.negate());
    return all;
  }

  @Override
  public void forget(Collection<String> names) {
    lock.lock();
    try {
      names.stream().filter(isShared).forEach(shared::remove);
      Session now = session;
      if (now == null) {
        return;
      }
      fields(now.jshell()).entrySet().stream()
          .filter(each -> names.isEmpty() || names.contains(each.getKey()))
          .forEach(each -> JavaVariables.clear(each.getValue()));
      // JShell takes the same class for the same declaration later
      now.jshell()
          .snippets()
          .filter(DeclarationSnippet.class::isInstance)
          .filter(snippet -> now.jshell().status(snippet).isActive())
          .forEach(snippet -> reusable.add(now.analysis().wrapper(snippet).fullClassName()));
      now.jshell()
          .snippets()
          .filter(snippet -> now.jshell().status(snippet).isActive())
          .filter(DeclarationSnippet.class::isInstance)
          .map(DeclarationSnippet.class::cast)
          .filter(snippet -> names.isEmpty() || isVariable(snippet, names))
          .toList()
          .forEach(now.jshell()::drop);
      tidy(now);
    } finally {
      lock.unlock();
    }
  }

  private static boolean isVariable(DeclarationSnippet snippet, Collection<String> names) {
    return snippet instanceof VarSnippet && names.contains(snippet.name());
  }

  @Override
  public void close() {
    Session now = session;
    if (now != null) {
      now.jshell().close();
    }
  }
}
