package vethbook.kernel.parameter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what was given into a value of the parameter's type, or says why it is none. */
final class Conversion {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d[\\d_]*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d[\\d_]*(\\.\\d+)?|\\.\\d+)([eE][+-]?\\d+)?");

  private Conversion() {}

  static Given ofText(Parameter parameter, String text) {
    return switch (parameter.kind()) {
      case WHOLE -> whole(parameter, text);
      case NUMBER -> {
        require(NUMBER.matcher(text).matches(), parameter, text);
        yield Given.of(new BigDecimal(text.replace("_", "")));
      }
      case FLAG -> {
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        require(lower.equals("true") || lower.equals("false"), parameter, text);
        yield Given.of(lower.equals("true"));
      }
      case TEXT -> Given.of(text);
      case TIME, QUANTITY -> quantity(parameter, text);
      case LIST -> list(parameter, text);
      case MAP -> {
        Object value = literal(parameter, text);
        require(value instanceof java.util.Map, parameter, text);
        yield Given.of(value);
      }
      case ANY -> any(text);
      case OBJECT -> throw computed(parameter);
    };
  }

  static Given ofValue(Parameter parameter, @Nullable Object typed) {
    Kind kind = parameter.kind();
    Kind given = Kind.of(typed);
    if (kind == Kind.ANY) {
      return Given.of(typed);
    }
    if (kind == Kind.OBJECT) {
      throw computed(parameter);
    }
    if (typed == null) {
      throw parameter.refused("null", "it takes " + wanted(parameter));
    }
    if (kind == Kind.NUMBER && given == Kind.WHOLE) {
      return Given.of(new BigDecimal(typed.toString()));
    }
    if (kind == given && kind == Kind.LIST) {
      return sameElements(parameter, (List<?>) typed);
    }
    if ((kind == Kind.TIME || kind == Kind.QUANTITY) && given == Kind.TEXT) {
      return quantity(parameter, typed.toString());
    }
    require(kind == given, parameter, Parameter.text(typed));
    return Given.of(typed);
  }

  private static Given whole(Parameter parameter, String text) {
    require(WHOLE.matcher(text).matches(), parameter, text);
    BigInteger value = new BigInteger(text.replace("_", "").replace("+", ""));
    if (value.bitLength() >= Long.SIZE) {
      throw parameter.refused(text, "it takes " + wanted(parameter) + " of at most 64 bits");
    }
    boolean isInt = value.bitLength() < Integer.SIZE;
    return Given.of(isInt ? (Object) value.intValue() : value.longValue());
  }

  private static Given quantity(Parameter parameter, String text) {
    Object usual = java.util.Objects.requireNonNull(parameter.value());
    Optional<Quantity> quantity = Quantity.parse(text);
    Optional<Object> value = quantity.flatMap(Quantity::value);
    require(value.isPresent() && value.get().getClass() == usual.getClass(), parameter, text);
    return new Given(value.get(), quantity.get().toString());
  }

  private static Given list(Parameter parameter, String text) {
    Object value = literal(parameter, text.startsWith("[") ? text : "[" + quoteWords(text) + "]");
    require(value instanceof List, parameter, text);
    return sameElements(parameter, (List<?>) value);
  }

  /** {@code a,b} without brackets and quotes, as people type lists in a shell. */
  private static String quoteWords(String text) {
    List<String> values = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String word = part.strip();
      boolean isLiteral = NUMBER.matcher(word).matches() || word.matches("true|false|['\"\\[{].*");
      values.add(isLiteral ? word : Code.groovy(word));
    }
    return String.join(", ", values);
  }

  /** Where all elements of the default have one type, those given have it, too. */
  private static Given sameElements(Parameter parameter, List<?> given) {
    List<?> usual = parameter.value() instanceof List<?> list ? list : List.of();
    List<Kind> kinds = usual.stream().map(Kind::of).distinct().toList();
    if (kinds.size() == 1) {
      Parameter element = Parameter.of(parameter.name(), usual.get(0), parameter.written());
      List<Given> values = new ArrayList<>();
      for (Object each : given) {
        try {
          values.add(element.take(each));
        } catch (ParameterException e) {
          throw parameter.refused(
              Parameter.text(given), "each of its elements is " + element.kind().wanted());
        }
      }
      List<Object> all = new ArrayList<>();
      values.forEach(value -> all.add(value.value()));
      return new Given(
          all, "[" + String.join(", ", values.stream().map(Given::groovy).toList()) + "]");
    }
    return Given.of(given);
  }

  /** Without a default to go by: a literal where it reads as one, else text. */
  private static Given any(String text) {
    try {
      return Given.of(Literals.value(text));
    } catch (IllegalArgumentException e) {
      return Given.of(text);
    }
  }

  private static @Nullable Object literal(Parameter parameter, String text) {
    try {
      return Literals.value(text);
    } catch (IllegalArgumentException e) {
      throw parameter.refused(text, "it takes %s: %s".formatted(wanted(parameter), e.getMessage()));
    }
  }

  private static void require(boolean fits, Parameter parameter, String text) {
    if (!fits) {
      throw parameter.refused(text, "it takes " + wanted(parameter));
    }
  }

  private static String wanted(Parameter parameter) {
    String permitted = parameter.permitted();
    String example = parameter.kind() == Kind.QUANTITY ? " such as " + parameter.written() : "";
    return parameter.kind().wanted() + example + (permitted.isEmpty() ? "" : ", " + permitted);
  }

  private static ParameterException computed(Parameter parameter) {
    return new ParameterException(
        "Cannot set parameter %s: its default, %s, is no plain value"
            .formatted(parameter.name(), parameter.written()),
        "give it a number, true or false, a text, a list or a time such as 5.seconds");
  }
}
