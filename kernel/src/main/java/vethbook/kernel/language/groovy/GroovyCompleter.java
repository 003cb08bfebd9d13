package vethbook.kernel.language.groovy;

import groovy.lang.Closure;
import groovy.lang.GroovyObject;
import groovy.lang.Script;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Slot;
import vethbook.extension.Suggestion;
import vethbook.kernel.language.Language.Completions;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/** What could stand at the cursor of a Groovy cell, found without running anything. */
final class GroovyCompleter {
  private static final Pattern IMPORT =
      Pattern.compile("^\\s*import\\s+(?:static\\s+)?((?:\\w+\\.)*)(\\w*)$");
  private static final Pattern EXPANDED = Pattern.compile("\\$((?:\\w+\\.)*\\w*)$");
  private static final Set<String> TAKES_A_PATH =
      Set.of("File", "Path", "Paths", "of", "readString", "load", "path", "readLines");
  private static final List<String> KEYWORDS =
      List.of(
          "assert", "class", "def", "else", "false", "for", "if", "import", "new", "null", "return",
          "switch", "throw", "true", "try", "while");
  private static final int MOST = 1000;

  private final Vocabulary words;
  private final List<ExtensionSession> sessions;

  GroovyCompleter(Vocabulary words, List<ExtensionSession> sessions) {
    this.words = words;
    this.sessions = sessions;
  }

  Completions complete(String code, int cursor) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    String before = code.substring(0, at);
    Matcher imported = IMPORT.matcher(before.substring(before.lastIndexOf('\n') + 1));
    if (imported.matches()) {
      return names(inPackage(imported.group(1)), imported.group(2), at);
    }
    CellTokens cell = CellTokens.of(before);
    if (cell.inComment()) {
      return new Completions(List.of(), at, at);
    }
    if (cell.text() >= 0) {
      return inText(cell, before);
    }
    return inCode(cell.tokens(), at);
  }

  private Completions inCode(List<Token> all, int at) {
    Token last = all.isEmpty() ? null : all.get(all.size() - 1);
    boolean isTyping =
        last != null && last.end() == at && (last.isName() || last.kind() == Kind.NUMBER);
    String typed = isTyping ? last.text() : "";
    int end = all.size() - (isTyping ? 1 : 0);
    CellTypes types = words.types(all);
    Token previous = end == 0 ? null : all.get(end - 1);
    if (previous != null && Chain.isDot(previous)) {
      Known owner = types.before(end - 1);
      return owner == null
          ? names(inPackage(path(all, end)), typed, at)
          : suggestions(members(owner).values(), typed, at);
    }
    if (previous != null && previous.is("new")) {
      return names(words.classes().known(), typed, at);
    }
    CallSite site = CallSite.around(all, end);
    Map<String, Suggestion> found = new LinkedHashMap<>();
    if (site != null) {
      addValues(found, site, types, end, false, typed);
      boolean isDone = typed.isEmpty() && !found.isEmpty() && !site.option().isEmpty();
      if (isDone) {
        return suggestions(found.values(), typed, at);
      }
      addOptions(found, site, types, end);
    }
    if (last == null || last.kind() != Kind.NUMBER || !isTyping) {
      addNames(found, types, end, typed);
    }
    return suggestions(found.values(), typed, at);
  }

  /** {@code java.util.} of the tokens before a dot. */
  private static String path(List<Token> all, int end) {
    StringBuilder path = new StringBuilder();
    for (Token token : all.subList(Chain.start(all, end - 1), end)) {
      path.append(token.is("new") ? "" : token.text());
    }
    return path.toString();
  }

  private Collection<String> inPackage(String path) {
    return words.classes().in(path.isEmpty() ? "" : path.substring(0, path.length() - 1));
  }

  private static Completions names(Collection<String> names, String typed, int at) {
    return suggestions(
        names.stream()
            .map(
                name ->
                    Suggestion.of(name, name.endsWith(".") ? Suggestion.MODULE : Suggestion.CLASS))
            .toList(),
        typed,
        at);
  }

  private static Completions suggestions(Collection<Suggestion> all, String typed, int at) {
    List<Suggestion> fitting =
        all.stream().filter(each -> each.text().startsWith(typed)).limit(MOST).toList();
    if (fitting.isEmpty() && !typed.isEmpty()) {
      String lower = typed.toLowerCase(Locale.ROOT);
      fitting =
          all.stream()
              .filter(each -> each.text().toLowerCase(Locale.ROOT).startsWith(lower))
              .limit(MOST)
              .toList();
    }
    return new Completions(fitting, at - typed.length(), at);
  }

  // ---- names that stand alone

  private void addNames(Map<String, Suggestion> found, CellTypes types, int at, String typed) {
    Map<String, Suggestion> names = new TreeMap<>();
    for (Class<?> delegate : types.delegates(at)) {
      addWords(names, delegate);
    }
    for (String local : types.locals(at)) {
      Known known = types.name(local, at);
      String detail = known == null ? "" : known.type().getSimpleName();
      names.put(local, new Suggestion(local, Suggestion.INSTANCE, detail));
    }
    words.variables().forEach((name, value) -> names.put(name, ofVariable(name, value)));
    addWords(names, words.baseClass());
    for (String name : List.of("println", "print", "printf", "sleep")) {
      names.putIfAbsent(name, Suggestion.of(name, Suggestion.FUNCTION));
    }
    names.forEach(found::putIfAbsent);
    words
        .constants()
        .forEach(name -> found.putIfAbsent(name, Suggestion.of(name, Suggestion.INSTANCE)));
    KEYWORDS.forEach(word -> found.putIfAbsent(word, Suggestion.of(word, Suggestion.KEYWORD)));
    if (!typed.isEmpty() && Character.isUpperCase(typed.charAt(0))) {
      words
          .classes()
          .known()
          .forEach(name -> found.putIfAbsent(name, Suggestion.of(name, Suggestion.CLASS)));
    }
    if (!typed.isEmpty() && Character.isLowerCase(typed.charAt(0))) {
      words.classes().in("").stream()
          .filter(name -> name.endsWith("."))
          .map(name -> name.substring(0, name.length() - 1))
          .forEach(name -> found.putIfAbsent(name, Suggestion.of(name, Suggestion.MODULE)));
    }
  }

  private static Suggestion ofVariable(String name, @Nullable Object value) {
    if (value instanceof Closure<?>) {
      return Suggestion.of(name, Suggestion.FUNCTION);
    }
    String type = value == null ? "null" : value.getClass().getSimpleName();
    return new Suggestion(name, Suggestion.INSTANCE, type);
  }

  private static void addWords(Map<String, Suggestion> names, Class<?> type) {
    for (Method method : Members.of(type)) {
      boolean isWord =
          method.getDeclaringClass() != Script.class
              && method.getDeclaringClass() != GroovyObject.class
              && !Members.isAdded(method, type);
      if (isWord) {
        addWord(names, method, Members.property(method, type));
      }
    }
  }

  private static void addWord(
      Map<String, Suggestion> names, Method method, @Nullable String property) {
    String name = method.getName();
    if (property != null) {
      String detail = method.getReturnType().getSimpleName();
      names.put(property, new Suggestion(property, Suggestion.INSTANCE, detail));
      return;
    }
    boolean isScripts = name.equals("run") && method.getParameterCount() == 0;
    if (!isScripts && !name.matches("(get|set)[A-Z].*|main")) {
      String detail = Signatures.of(method);
      names.merge(name, new Suggestion(name, Suggestion.FUNCTION, detail), GroovyCompleter::longer);
    }
  }

  private static Suggestion longer(Suggestion a, Suggestion b) {
    return a.detail().length() >= b.detail().length() ? a : b;
  }

  // ---- what stands behind a dot

  /** Properties and methods, the parts that only the DSL knows first, what Groovy adds last. */
  private Map<String, Suggestion> members(Known owner) {
    Map<String, Suggestion> found = new LinkedHashMap<>();
    Object value = owner.value();
    if (owner.isStatic()) {
      addStatics(found, owner.type());
      return found;
    }
    if (value instanceof Map<?, ?> map && Known.isOfJdk(value)) {
      for (Object key : map.keySet()) {
        String text = String.valueOf(key);
        String name = text.matches("[A-Za-z_]\\w*") ? text : "'" + text + "'";
        found.put(name, Suggestion.of(name, Suggestion.PROPERTY));
      }
    }
    if (value != null) {
      for (ExtensionSession session : sessions) {
        session
            .parts(value)
            .forEach(
                (name, part) ->
                    found.put(
                        name,
                        new Suggestion(
                            name, Suggestion.PROPERTY, part.getClass().getSimpleName())));
      }
    }
    Class<?> type = owner.type();
    Map<String, Suggestion> added = new TreeMap<>();
    Map<String, Suggestion> own = new TreeMap<>();
    Map<String, Suggestion> groovys = new TreeMap<>();
    for (Method method : Members.of(type)) {
      boolean isAdded = Members.isAdded(method, type);
      if (Modifier.isStatic(method.getModifiers()) && !isAdded) {
        continue;
      }
      Map<String, Suggestion> home = Members.isGroovys(method) ? groovys : isAdded ? added : own;
      String property = Members.property(method, type);
      if (property != null) {
        String detail = method.getReturnType().getSimpleName();
        home.put(property, new Suggestion(property, Suggestion.PROPERTY, detail));
      } else if (!method.getName().matches("(get|set)[A-Z].*") || method.getParameterCount() > 1) {
        addMethod(home, method, isAdded);
      }
    }
    for (Field field : type.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        String detail = field.getType().getSimpleName();
        own.put(field.getName(), new Suggestion(field.getName(), Suggestion.PROPERTY, detail));
      }
    }
    added.forEach(found::putIfAbsent);
    own.forEach(found::putIfAbsent);
    groovys.forEach(found::putIfAbsent);
    return found;
  }

  /** With brackets when it takes nothing: without them Groovy would look for a property. */
  private static void addMethod(Map<String, Suggestion> home, Method method, boolean isAdded) {
    String name = method.getName();
    boolean takesNothing = method.getParameterCount() == (isAdded ? 1 : 0);
    String text = takesNothing && !home.containsKey(name) ? name + "()" : name;
    if (!takesNothing) {
      home.remove(name + "()");
    }
    home.merge(
        text,
        new Suggestion(text, Suggestion.FUNCTION, Signatures.of(method)),
        GroovyCompleter::longer);
  }

  private static void addStatics(Map<String, Suggestion> found, Class<?> type) {
    Map<String, Suggestion> names = new TreeMap<>();
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers())) {
        String detail = field.getType().getSimpleName();
        names.put(field.getName(), new Suggestion(field.getName(), Suggestion.INSTANCE, detail));
      }
    }
    for (Method method : type.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) && !method.getName().contains("$")) {
        addMethod(names, method, false);
      }
    }
    for (Class<?> nested : type.getClasses()) {
      names.put(nested.getSimpleName(), Suggestion.of(nested.getSimpleName(), Suggestion.CLASS));
    }
    names.put("class", Suggestion.of("class", Suggestion.KEYWORD));
    found.putAll(names);
  }

  // ---- arguments

  private void addOptions(Map<String, Suggestion> found, CallSite site, CellTypes types, int at) {
    if (!site.isFresh() || site.inList() || !site.option().isEmpty()) {
      return;
    }
    for (Method method : types.methods(site, at)) {
      Signatures.options(method)
          .forEach(
              (name, type) -> {
                if (!site.used().contains(name)) {
                  String detail = type == Object.class ? "" : type.getSimpleName();
                  String text = name + ": ";
                  found.putIfAbsent(text, new Suggestion(text, Suggestion.PARAM, detail));
                }
              });
    }
  }

  /** Values that fit: variables and their parts, constants, and what the DSL knows. */
  private void addValues(
      Map<String, Suggestion> found,
      CallSite site,
      CellTypes types,
      int at,
      boolean inText,
      String typed) {
    if (!site.isFresh()) {
      return;
    }
    Set<Class<?>> wanted = wanted(site, types, at);
    Known receiver = site.receiver().isEmpty() ? null : types.of(site.receiver(), at);
    Object said = receiver == null ? null : receiver.value();
    Class<?> one = wanted.isEmpty() ? Object.class : wanted.iterator().next();
    Slot slot =
        new Slot(
            site.word(),
            said,
            site.option(),
            site.position(),
            one,
            inText,
            typed,
            words.variables());
    if (!inText) {
      wanted.forEach(type -> addFitting(found, type));
    }
    for (ExtensionSession session : sessions) {
      session.suggest(slot).forEach(each -> found.putIfAbsent(each.text(), each));
    }
  }

  private static Set<Class<?>> wanted(CallSite site, CellTypes types, int at) {
    Set<Class<?>> wanted = new java.util.LinkedHashSet<>();
    for (Method method : types.methods(site, at)) {
      if (!site.option().isEmpty()) {
        Class<?> type = Signatures.options(method).get(site.option());
        if (type != null && type != Object.class) {
          wanted.add(type);
        }
      } else {
        List<Class<?>> positional = Signatures.positional(method);
        if (site.position() < positional.size()) {
          wanted.add(positional.get(site.position()));
        }
      }
    }
    wanted.remove(Object.class);
    return wanted;
  }

  private void addFitting(Map<String, Suggestion> found, Class<?> type) {
    if (Known.boxed(type) == Boolean.class) {
      List.of("true", "false")
          .forEach(text -> found.put(text, Suggestion.of(text, Suggestion.KEYWORD)));
      return;
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        String name = ((Enum<?>) constant).name();
        if (words.constants().contains(name)) {
          found.put(name, new Suggestion(name, Suggestion.INSTANCE, type.getSimpleName()));
        }
      }
    }
    if (type.getName().startsWith("java.lang.") || type.isPrimitive()) {
      return; // every text and number fits: no help
    }
    String kind = Suggestion.INSTANCE;
    words
        .variables()
        .forEach(
            (name, value) -> {
              if (type.isInstance(value)) {
                found.put(name, new Suggestion(name, kind, type.getSimpleName()));
              } else if (value != null) {
                addParts(found, name, value, type);
              }
            });
  }

  private void addParts(Map<String, Suggestion> found, String name, Object value, Class<?> type) {
    for (ExtensionSession session : sessions) {
      session
          .parts(value)
          .forEach(
              (part, each) -> {
                if (type.isInstance(each)) {
                  String text = name + "." + part;
                  found.put(text, new Suggestion(text, Suggestion.INSTANCE, type.getSimpleName()));
                }
              });
    }
  }

  // ---- within quotes

  private Completions inText(CellTokens cell, String before) {
    String typed = before.substring(cell.text());
    Matcher expanded = EXPANDED.matcher(typed);
    if (before.charAt(cell.text() - 1) == '"' && expanded.find()) {
      String path = expanded.group(1);
      return inCode(CellTokens.of(path).tokens(), path.length(), before.length());
    }
    CallSite site = CallSite.around(cell.tokens(), cell.tokens().size());
    Map<String, Suggestion> found = new LinkedHashMap<>();
    if (site != null) {
      CellTypes types = words.types(cell.tokens());
      addValues(found, site, types, cell.tokens().size(), true, typed);
    }
    List<Suggestion> fitting =
        found.values().stream().filter(each -> each.text().startsWith(typed)).limit(MOST).toList();
    boolean mayBePath = typed.contains("/") || (site != null && TAKES_A_PATH.contains(site.word()));
    return fitting.isEmpty() && mayBePath
        ? paths(typed, before.length())
        : new Completions(fitting, cell.text(), before.length());
  }

  private Completions inCode(List<Token> tokens, int length, int at) {
    Completions found = inCode(tokens, length);
    int shift = at - length;
    return new Completions(found.matches(), found.start() + shift, found.end() + shift);
  }

  /** Files and directories, the latter with a slash. */
  private static Completions paths(String typed, int at) {
    String directory = typed.substring(0, typed.lastIndexOf('/') + 1);
    String name = typed.substring(directory.length());
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(directory.isEmpty() ? "." : directory))) {
      for (Path file : files) {
        String each = file.getFileName().toString();
        boolean isWanted = each.startsWith(name) && (!each.startsWith(".") || name.startsWith("."));
        if (isWanted && names.size() < MOST) {
          names.add(each + (Files.isDirectory(file) ? File.separator : ""));
        }
      }
    } catch (IOException | InvalidPathException e) {
      return new Completions(List.of(), at, at); // no such directory: nothing to suggest
    }
    List<Suggestion> found = new ArrayList<>();
    names.forEach(each -> found.add(Suggestion.of(each, Suggestion.PATH)));
    return new Completions(found, at - name.length(), at);
  }
}
