package vethbook.kernel.language.groovy;

import groovy.lang.Closure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;
import vethbook.kernel.language.NotebookFunctions;

/** One of the notebook's functions, in all its forms, as cells call it. */
public final class NotebookFunction extends Closure<Object> implements GroovyLanguage.Hidden {
  private static final long serialVersionUID = 1;

  private final String name;

  private NotebookFunction(NotebookFunctions functions, String name) {
    super(functions, functions);
    this.name = name;
  }

  /** All of them, by their names. */
  public static Map<String, NotebookFunction> all(NotebookFunctions functions) {
    Map<String, NotebookFunction> all = new LinkedHashMap<>();
    Arrays.stream(NotebookFunctions.class.getDeclaredMethods())
        .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .map(java.lang.reflect.Method::getName)
        .filter(name -> !name.equals("begin") && !name.equals("end") && !name.contains("$"))
        .sorted()
        .forEach(name -> all.putIfAbsent(name, new NotebookFunction(functions, name)));
    return all;
  }

  String name() {
    return name;
  }

  /** Not {@code doCall}: an array that is the only argument is to stay one. */
  @Override
  public @Nullable Object call(@Nullable Object... arguments) {
    return InvokerHelper.invokeMethod(getOwner(), name, arguments);
  }

  /** Without arguments Groovy would give the other one a null. */
  public @Nullable Object doCall() {
    return call(new @Nullable Object[0]);
  }

  public @Nullable Object doCall(@Nullable Object argument) {
    return call(new @Nullable Object[] {argument});
  }
}
