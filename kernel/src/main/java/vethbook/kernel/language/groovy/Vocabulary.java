package vethbook.kernel.language.groovy;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vethbook.extension.ExtensionSession;
import vethbook.extension.doc.Docs;
import vethbook.kernel.language.groovy.CellTokens.Token;

/**
 * What a cell can name.
 *
 * @param variables what earlier cells have assigned
 * @param baseClass the class that cells extend: its methods are the words
 * @param constants names of constants that need no import
 */
record Vocabulary(
    Map<String, Object> variables,
    Class<?> baseClass,
    Collection<String> constants,
    ClassNames classes,
    List<ExtensionSession> sessions) {
  /** A line that uses a method, from its comment or from the DSL. */
  Optional<String> example(Method method) {
    List<String> own = Docs.of(method).examples();
    if (!own.isEmpty()) {
      return Optional.of(own.get(0));
    }
    return sessions.stream()
        .filter(session -> session.getClass().getClassLoader() != null)
        .filter(session -> isOf(session, method))
        .flatMap(session -> session.example(method.getName()).stream())
        .findFirst();
  }

  /** Whether a method is one of a DSL's: not one of the JDK or Groovy of the same name. */
  private static boolean isOf(ExtensionSession session, Method method) {
    String[] own = session.getClass().getPackageName().split("\\.");
    return method.getDeclaringClass().getName().startsWith(own[0] + ".");
  }

  CellTypes types(List<Token> tokens) {
    return new CellTypes(tokens, variables, baseClass, classes, sessions);
  }
}
