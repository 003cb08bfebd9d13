package vethbook.kernel.language.groovy;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Methods as people call them: {@code vethPair(Device a, Device b, subnet:, mtu:)}. */
final class Signatures {
  private Signatures() {}

  static String of(Method method) {
    List<String> positional = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      NamedParams names = parameter.getAnnotation(NamedParams.class);
      if (names == null) {
        positional.add(
            parameter.getType().getSimpleName()
                + (parameter.isNamePresent() ? " " + parameter.getName() : ""));
      } else {
        Arrays.stream(names.value())
            .map(NamedParam::value)
            .map(name -> name + ":")
            .forEach(named::add);
      }
    }
    positional.addAll(named);
    return method.getName() + "(" + String.join(", ", positional) + ")";
  }
}
