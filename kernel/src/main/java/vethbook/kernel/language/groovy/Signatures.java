package vethbook.kernel.language.groovy;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Methods as people call them: {@code vethPair Device a, Device b, subnet:, mtu: DataSize}. */
final class Signatures {
  private Signatures() {}

  static String of(Method method) {
    List<String> parts = new ArrayList<>();
    for (Parameter parameter : parameters(method)) {
      if (parameter.getAnnotation(NamedParams.class) == null) {
        String type = parameter.getType().getSimpleName();
        if (parameter.isVarArgs()) {
          type = parameter.getType().getComponentType().getSimpleName() + "...";
        }
        parts.add(type + (parameter.isNamePresent() ? " " + parameter.getName() : ""));
      }
    }
    options(method)
        .forEach(
            (name, type) ->
                parts.add(name + ":" + (type == Object.class ? "" : " " + type.getSimpleName())));
    return method.getName() + "(" + String.join(", ", parts) + ")";
  }

  /** The parameters that a call gives: not the object that an added method is said to. */
  static List<Parameter> parameters(Method method) {
    List<Parameter> all = List.of(method.getParameters());
    boolean isAdded =
        Modifier.isStatic(method.getModifiers())
            && !all.isEmpty()
            && (Members.isGroovys(method)
                || (all.get(0).isNamePresent() && all.get(0).getName().equals("self")));
    return isAdded ? all.subList(1, all.size()) : all;
  }

  /** The named options that a method declares, with their types. */
  static Map<String, Class<?>> options(Method method) {
    Map<String, Class<?>> options = new LinkedHashMap<>();
    for (Parameter parameter : method.getParameters()) {
      NamedParams names = parameter.getAnnotation(NamedParams.class);
      if (names != null) {
        for (NamedParam name : names.value()) {
          options.put(name.value(), name.type());
        }
      }
    }
    return options;
  }

  /** The types of the arguments without names. */
  static List<Class<?>> positional(Method method) {
    List<Class<?>> types = new ArrayList<>();
    for (Parameter parameter : parameters(method)) {
      if (parameter.getAnnotation(NamedParams.class) == null) {
        types.add(parameter.getType());
      }
    }
    return types;
  }
}
