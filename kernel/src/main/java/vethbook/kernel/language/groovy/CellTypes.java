package vethbook.kernel.language.groovy;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vethbook.extension.ExtensionSession;
import vethbook.kernel.language.groovy.CellTokens.Kind;
import vethbook.kernel.language.groovy.CellTokens.Token;

/**
 * Finds out what expressions of a cell are, by the values of variables, by declarations, and by
 * what the text assigns, without running anything: getters, which may do anything, are not called.
 */
final class CellTypes {
  private static final int DEEPEST = 12;
  private static final Set<String> GIVE_AN_ELEMENT =
      Set.of("first", "last", "get", "getAt", "find", "max", "min", "head", "pop", "next");

  private final List<Token> tokens;
  private final Map<String, Object> variables;
  private final Class<?> baseClass;
  private final ClassNames classes;
  private final List<ExtensionSession> sessions;
  private int depth;

  CellTypes(
      List<Token> tokens,
      Map<String, Object> variables,
      Class<?> baseClass,
      ClassNames classes,
      List<ExtensionSession> sessions) {
    this.tokens = tokens;
    this.variables = variables;
    this.baseClass = baseClass;
    this.classes = classes;
    this.sessions = sessions;
  }

  /** The expression that ends before token number {@code end}; null when not known. */
  @Nullable Known before(int end) {
    return of(tokens.subList(Chain.start(tokens, end), end), end);
  }

  /**
   * An expression.
   *
   * @param at the number of a token by which it is evaluated: closures around it give their
   *     parameters
   */
  @Nullable Known of(List<Token> chain, int at) {
    if (chain.isEmpty() || depth > DEEPEST) {
      return null;
    }
    depth++;
    try {
      return chain(chain, at);
    } finally {
      depth--;
    }
  }

  private @Nullable Known chain(List<Token> chain, int at) {
    int i;
    Known known;
    Token first = chain.get(0);
    if (first.is("new")) {
      i = 1;
      StringBuilder name = new StringBuilder();
      while (i < chain.size() && (chain.get(i).isName() || chain.get(i).is("."))) {
        name.append(chain.get(i++).text());
      }
      known = classes.find(name.toString()).map(Known::ofType).orElse(null);
      i = i < chain.size() && chain.get(i).is("(") ? Chain.closing(chain, i, chain.size()) + 1 : i;
    } else if (first.kind() == Kind.OPEN) {
      int close = Chain.closing(chain, 0, chain.size());
      known = bracketed(chain.subList(0, close), at);
      i = close + 1;
    } else if (first.kind() == Kind.NAME) {
      boolean isCall = chain.size() > 1 && chain.get(1).is("(");
      known = isCall ? called(null, first.text()) : name(first.text(), at);
      i = isCall ? Chain.closing(chain, 1, chain.size()) + 1 : 1;
      if (known == null && !isCall) {
        return packaged(chain);
      }
    } else {
      known = literal(first);
      i = 1;
    }
    return rest(known, chain, i);
  }

  /** {@code java.time.Duration} and what follows. */
  private @Nullable Known packaged(List<Token> chain) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < chain.size(); i++) {
      name.append(chain.get(i).text());
      boolean isType =
          chain.get(i).isName() && Character.isUpperCase(chain.get(i).text().charAt(0));
      Optional<Class<?>> found = isType ? classes.find(name.toString()) : Optional.empty();
      if (found.isPresent()) {
        return rest(Known.ofClass(found.get()), chain, i + 1);
      }
    }
    return null;
  }

  private @Nullable Known rest(@Nullable Known start, List<Token> chain, int from) {
    Known known = start;
    int i = from;
    while (known != null && i < chain.size()) {
      Token token = chain.get(i);
      if (Chain.isDot(token) && i + 1 < chain.size()) {
        String name = chain.get(i + 1).text();
        boolean isSpread = token.is("*.");
        Known owner = isSpread ? known.element() : known;
        i += 2;
        boolean isCall = i < chain.size() && (chain.get(i).is("(") || chain.get(i).is("{"));
        known = owner == null ? null : isCall ? called(owner, name) : member(owner, name);
        while (i < chain.size() && (chain.get(i).is("(") || chain.get(i).is("{"))) {
          i = Chain.closing(chain, i, chain.size()) + 1;
        }
      } else if (token.is("[")) {
        known = known.value() instanceof Map<?, ?> ? null : known.element();
        i = Chain.closing(chain, i, chain.size()) + 1;
      } else {
        return null;
      }
    }
    return known;
  }

  private static Known literal(Token token) {
    if (token.kind() == Kind.TEXT) {
      return Known.ofValue(token.text());
    }
    return Known.ofType(token.text().contains(".") ? BigDecimal.class : Integer.class);
  }

  private @Nullable Known bracketed(List<Token> inner, int at) {
    Token open = inner.get(0);
    if (open.is("[")) {
      boolean isMap = inner.stream().limit(3).anyMatch(token -> token.is(":"));
      return Known.ofType(isMap ? LinkedHashMap.class : ArrayList.class);
    }
    if (open.is("{")) {
      return Known.ofType(Closure.class);
    }
    int size = inner.size();
    if (size > 2 && inner.get(size - 2).is("as")) {
      return classes.find(inner.get(size - 1).text()).map(Known::ofType).orElse(null);
    }
    int end = Chain.end(inner, 1, size);
    return end == size ? of(inner.subList(1, size), at) : null;
  }

  /** A name that stands alone. */
  @Nullable Known name(String name, int at) {
    Known parameter = parameter(name, at);
    if (parameter != null) {
      return parameter;
    }
    Known local = assigned(name, at);
    Object value = variables.get(name);
    if (value != null && (local == null || local.type().isInstance(value))) {
      return Known.ofValue(value);
    }
    if (local != null) {
      return local;
    }
    for (Class<?> delegate : delegates(at)) {
      Known member = member(Known.ofType(delegate), name);
      if (member != null) {
        return member;
      }
    }
    Known property = member(Known.ofType(baseClass), name);
    return property != null
        ? property
        : Character.isUpperCase(name.charAt(0))
            ? classes.find(name).map(Known::ofClass).orElse(null)
            : null;
  }

  /** What the text before a token assigns to a name, the last time. */
  private @Nullable Known assigned(String name, int at) {
    for (int i = Math.min(at, tokens.size()) - 1; i >= 0; i--) {
      if (!tokens.get(i).is(name) || !tokens.get(i).isName()) {
        continue;
      }
      Token before = i == 0 ? null : tokens.get(i - 1);
      boolean isTyped =
          before != null && before.isName() && Character.isUpperCase(before.text().charAt(0));
      if (isTyped) {
        Optional<Class<?>> type = classes.find(before.text());
        if (type.isPresent()) {
          return Known.ofType(type.get());
        }
      }
      boolean isAssignment =
          i + 1 < tokens.size()
              && tokens.get(i + 1).is("=")
              && (before == null || !Chain.isDot(before));
      if (isAssignment && i + 2 < at) {
        return assignedFrom(i + 2, at);
      }
    }
    return null;
  }

  private @Nullable Known assignedFrom(int start, int at) {
    int line = start;
    while (line < at && tokens.get(line).kind() != Kind.LINE && !tokens.get(line).is(";")) {
      line++;
    }
    Token first = tokens.get(start);
    if (first.kind() == Kind.OPEN) {
      return first.is("(") ? null : bracketed(tokens.subList(start, line), start);
    }
    int end = Chain.end(tokens, first.is("new") ? start + 1 : start, line);
    List<Token> chain = tokens.subList(start, end);
    boolean isCommand =
        end < line
            && end > start
            && tokens.get(end - 1).isName()
            && !first.is("new")
            && (tokens.get(end).kind() != Kind.SIGN && !tokens.get(end).is("["));
    if (!isCommand) {
      return end == line || first.is("new") ? of(chain, start) : null;
    }
    List<Token> owner = chain.subList(0, Math.max(0, chain.size() - 2));
    String word = chain.get(chain.size() - 1).text();
    Known receiver = owner.isEmpty() ? null : of(owner, start);
    return owner.isEmpty() || receiver != null ? called(receiver, word) : null;
  }

  /** A property, as {@code a.b} means it. */
  @Nullable Known member(Known owner, String name) {
    if (owner.isStatic()) {
      return constant(owner.type(), name);
    }
    Object value = owner.value();
    if (value instanceof Map<?, ?> map && Known.isOfJdk(value)) {
      Object found = map.get(name);
      return found == null ? null : Known.ofValue(found);
    }
    if (value != null) {
      for (ExtensionSession session : sessions) {
        Object part = session.parts(value).get(name);
        if (part != null) {
          return Known.ofValue(part);
        }
      }
    }
    Method getter = Members.getter(owner.type(), name);
    if (getter != null) {
      return Known.returned(getter.getReturnType(), getter.getGenericReturnType());
    }
    Field field = Members.field(owner.type(), name);
    if (field != null) {
      return Known.returned(field.getType(), field.getGenericType());
    }
    return sessions.stream()
        .flatMap(session -> session.partType(owner.type()).stream())
        .findFirst()
        .map(Known::ofType)
        .orElse(null);
  }

  private static @Nullable Known constant(Class<?> type, String name) {
    if (name.equals("class")) {
      return Known.ofValue(type);
    }
    Field field = Members.field(type, name);
    return field == null || !Modifier.isStatic(field.getModifiers())
        ? null
        : Known.returned(field.getType(), field.getGenericType());
  }

  /** What a call returns; of a word of the cell when there is no owner. */
  private @Nullable Known called(@Nullable Known owner, String word) {
    if (owner != null && GIVE_AN_ELEMENT.contains(word)) {
      Known element = owner.element();
      if (element != null) {
        return element;
      }
    }
    Class<?> type = owner == null ? baseClass : owner.type();
    List<Method> methods = Members.methods(type, word);
    if (owner == null && methods.isEmpty() && variables.get(word) instanceof Closure<?>) {
      return null;
    }
    return methods.stream()
        .filter(method -> method.getReturnType() != void.class)
        .filter(method -> method.getReturnType() != Object.class)
        .findFirst()
        .map(method -> Known.returned(method.getReturnType(), method.getGenericReturnType()))
        .orElse(null);
  }

  /** The methods that a call may mean. */
  List<Method> methods(CallSite site, int at) {
    if (!site.receiver().isEmpty()) {
      Known receiver = of(site.receiver(), at);
      return receiver == null ? List.of() : Members.methods(receiver.type(), site.word());
    }
    List<Method> methods = new ArrayList<>();
    delegates(at).forEach(type -> methods.addAll(Members.methods(type, site.word())));
    methods.addAll(Members.methods(baseClass, site.word()));
    Object variable = variables.get(site.word());
    if (variable instanceof NotebookFunction function) {
      methods.addAll(Members.methods(function.getOwner().getClass(), function.name()));
    } else if (variable instanceof Closure<?>) {
      methods.addAll(Members.methods(variable.getClass(), "doCall"));
    }
    return methods;
  }

  /** The classes whose words the closures around a token know, the innermost first. */
  List<Class<?>> delegates(int at) {
    List<Class<?>> found = new ArrayList<>();
    for (int open : blocks(at)) {
      CallSite site = CallSite.around(tokens, open);
      if (site != null) {
        for (Parameter parameter : closures(methods(site, open))) {
          DelegatesTo to = parameter.getAnnotation(DelegatesTo.class);
          if (to != null && to.value() != DelegatesTo.Target.class) {
            found.add(to.value());
          }
        }
      }
    }
    return found;
  }

  private static List<Parameter> closures(List<Method> methods) {
    List<Parameter> closures = new ArrayList<>();
    for (Method method : methods) {
      Parameter[] all = method.getParameters();
      if (all.length > 0 && Closure.class.isAssignableFrom(all[all.length - 1].getType())) {
        closures.add(all[all.length - 1]);
      }
    }
    return closures;
  }

  /** The braces that are open at a token, the innermost first. */
  private List<Integer> blocks(int at) {
    List<Integer> open = new ArrayList<>();
    int closed = 0;
    for (int i = Math.min(at, tokens.size()) - 1; i >= 0; i--) {
      Token token = tokens.get(i);
      if (token.is("}")) {
        closed++;
      } else if (token.is("{") || token.is("${")) {
        if (closed > 0) {
          closed--;
        } else {
          open.add(i);
        }
      }
    }
    return open;
  }

  /** A parameter of one of the closures around a token, {@code it} among them. */
  private @Nullable Known parameter(String name, int at) {
    for (int open : blocks(at)) {
      List<String> names = parameters(open);
      int position = names.isEmpty() && name.equals("it") ? 0 : names.indexOf(name);
      if (position >= 0) {
        return depth > DEEPEST ? null : given(open, position);
      }
    }
    return null;
  }

  /** The names before the arrow of a closure. */
  private List<String> parameters(int open) {
    List<String> names = new ArrayList<>();
    for (int i = open + 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("->")) {
        return names;
      }
      if (token.isName()) {
        boolean isLast = i + 1 >= tokens.size() || !tokens.get(i + 1).isName();
        if (isLast) {
          names.add(token.text());
        }
      } else if (!token.is(",")) {
        return List.of();
      }
    }
    return List.of();
  }

  private @Nullable Known given(int open, int position) {
    CallSite site = CallSite.around(tokens, open);
    if (site == null) {
      return null;
    }
    depth++;
    try {
      for (Parameter closure : closures(methods(site, open))) {
        ClosureParams params = closure.getAnnotation(ClosureParams.class);
        if (params != null
            && params.value() == SimpleType.class
            && position < params.options().length) {
          return classes.find(params.options()[position]).map(Known::ofType).orElse(null);
        }
      }
      Known receiver = site.receiver().isEmpty() ? null : of(site.receiver(), open);
      return receiver == null
          ? null
          : site.word().equals("with") || site.word().equals("tap") ? receiver : receiver.element();
    } finally {
      depth--;
    }
  }

  /** The names that the text gives values to before a token, and those of closures' parameters. */
  Set<String> locals(int at) {
    Set<String> names = new java.util.TreeSet<>();
    for (int i = 0; i + 1 < Math.min(at, tokens.size()); i++) {
      boolean isNew =
          tokens.get(i).isName()
              && tokens.get(i + 1).is("=")
              && (i == 0 || !Chain.isDot(tokens.get(i - 1)));
      if (isNew) {
        names.add(tokens.get(i).text());
      }
      boolean isMethod =
          i > 0
              && tokens.get(i).isName()
              && tokens.get(i + 1).is("(")
              && tokens.get(i - 1).is("def");
      if (isMethod) {
        names.add(tokens.get(i).text());
      }
    }
    for (int open : blocks(at)) {
      names.addAll(parameters(open));
    }
    return names;
  }
}
