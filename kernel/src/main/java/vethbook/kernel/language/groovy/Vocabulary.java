package vethbook.kernel.language.groovy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import vethbook.extension.ExtensionSession;
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
  CellTypes types(List<Token> tokens) {
    return new CellTypes(tokens, variables, baseClass, classes, sessions);
  }
}
