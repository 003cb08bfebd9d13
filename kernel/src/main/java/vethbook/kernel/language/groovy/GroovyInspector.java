package vethbook.kernel.language.groovy;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.doc.Doc;
import vethbook.extension.doc.Docs;
import vethbook.kernel.display.Html;
import vethbook.kernel.language.groovy.CellTokens.Token;

/** What is known about the name at the cursor: its signature, what its source says, an example. */
final class GroovyInspector {
  private static final int WIDTH = 96;
  private static final int MOST_OF_A_VALUE = 2_000;

  private final Vocabulary words;

  GroovyInspector(Vocabulary words) {
    this.words = words;
  }

  Optional<MimeBundle> inspect(String code, int cursor, boolean detailed) {
    int end = Math.max(0, Math.min(cursor, code.length()));
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    CellTokens cell = CellTokens.of(code.substring(0, end));
    List<Token> tokens = cell.tokens();
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    boolean onName = last != null && last.isName() && last.end() == end && cell.text() < 0;
    Optional<Text> found = onName ? ofName(tokens, tokens.size() - 1, detailed) : Optional.empty();
    return found.or(() -> ofCall(cell, detailed)).map(Text::bundle);
  }

  private Optional<Text> ofName(List<Token> tokens, int at, boolean detailed) {
    CellTypes types = words.types(tokens);
    String name = tokens.get(at).text();
    boolean isMember = at > 0 && Chain.isDot(tokens.get(at - 1));
    Known owner = isMember ? types.before(at - 1) : Known.ofType(words.baseClass());
    if (!isMember && words.variables().get(name) instanceof NotebookFunction function) {
      Class<?> functions = function.getOwner().getClass();
      return Optional.of(ofMethods(Members.methods(functions, function.name()), detailed));
    }
    if (!isMember && words.variables().containsKey(name)) {
      return Optional.of(ofVariable(name, words.variables().get(name), detailed));
    }
    CallSite site = isMember ? null : CallSite.around(tokens, at);
    if (site != null) {
      Optional<Text> option = ofOption(types.methods(site, at), name, detailed);
      if (option.isPresent()) {
        return option;
      }
    }
    if (owner == null) {
      return Optional.empty();
    }
    List<Method> forms = new ArrayList<>();
    if (!isMember) {
      types.delegates(at).forEach(type -> forms.addAll(Members.methods(type, name)));
    }
    forms.addAll(Members.methods(owner.type(), name));
    if (!forms.isEmpty()) {
      return Optional.of(ofMethods(forms, detailed));
    }
    Method getter = Members.getter(owner.type(), name);
    if (getter != null) {
      return Optional.of(ofProperty(name, getter, detailed));
    }
    Known known = isMember ? types.member(owner, name) : types.name(name, at);
    return Optional.ofNullable(known).map(each -> ofKnown(name, each, owner, detailed));
  }

  /** The call that the cursor is in, where it stands on nothing that is known. */
  private Optional<Text> ofCall(CellTokens cell, boolean detailed) {
    List<Token> tokens = cell.tokens();
    CallSite site = CallSite.around(tokens, tokens.size());
    if (site == null) {
      return Optional.empty();
    }
    List<Method> forms = words.types(tokens).methods(site, tokens.size());
    return forms.isEmpty() ? Optional.empty() : Optional.of(ofMethods(forms, detailed));
  }

  private Optional<Text> ofOption(List<Method> forms, String name, boolean detailed) {
    for (Method form : forms) {
      Class<?> type = Signatures.options(form).get(name);
      if (type != null) {
        Text text = new Text();
        text.code(form.getName() + " ..., " + name + ":" + shown(type));
        text.paragraph(Docs.of(form).options().getOrDefault(name, ""));
        if (detailed) {
          describe(text, form, true);
        }
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static String shown(Class<?> type) {
    return type == Object.class ? "" : " " + type.getSimpleName();
  }

  private Text ofMethods(List<Method> forms, boolean detailed) {
    Method main =
        forms.stream()
            .max(
                Comparator.comparingInt(
                        (Method form) -> Docs.of(form).paragraphs().isEmpty() ? 0 : 1)
                    .thenComparingInt(form -> Signatures.options(form).size())
                    .thenComparingInt(Method::getParameterCount))
            .orElseThrow();
    Text text = new Text();
    text.code(Signatures.of(main) + returned(main));
    if (detailed) {
      forms.stream()
          .filter(form -> !form.equals(main))
          .map(form -> Signatures.of(form) + returned(form))
          .distinct()
          .sorted()
          .forEach(text::code);
    }
    describe(text, main, detailed);
    return text;
  }

  private static String returned(Method method) {
    return method.getReturnType() == void.class
        ? ""
        : " → " + method.getReturnType().getSimpleName();
  }

  private void describe(Text text, Method method, boolean detailed) {
    Doc doc = Docs.of(method);
    if (detailed) {
      doc.paragraphs().forEach(text::paragraph);
    } else {
      text.paragraph(doc.paragraphs().isEmpty() ? "" : doc.paragraphs().get(0));
    }
    List<String[]> options = new ArrayList<>();
    Signatures.options(method)
        .forEach(
            (name, type) -> {
              String said = doc.options().getOrDefault(name, "");
              options.add(new String[] {name + ":", said.isEmpty() ? shown(type).strip() : said});
            });
    text.table(options);
    List<String[]> facts = new ArrayList<>();
    Docs.command(method).ifPresent(command -> facts.add(new String[] {"Linux", command}));
    if (!doc.returns().isEmpty()) {
      facts.add(new String[] {"returns", doc.returns()});
    }
    if (detailed) {
      doc.failures().forEach(each -> facts.add(new String[] {"fails", each}));
      doc.sources().forEach(each -> facts.add(new String[] {"see", each}));
    }
    text.table(facts);
    words
        .example(method)
        .ifPresent(
            example -> {
              text.paragraph("Example:");
              example.lines().forEach(text::code);
            });
  }

  private Text ofProperty(String name, Method getter, boolean detailed) {
    Text text = new Text();
    text.code(name + " → " + getter.getReturnType().getSimpleName());
    describe(text, getter, detailed);
    return text;
  }

  private Text ofKnown(String name, Known known, Known owner, boolean detailed) {
    if (known.isStatic()) {
      Text text = new Text();
      text.code(known.type().toString());
      describe(text, Docs.of(known.type()), detailed);
      return text;
    }
    if (known.value() != null) {
      return ofVariable(name, known.value(), detailed);
    }
    Text text = new Text();
    Field field = Members.field(owner.type(), name);
    text.code(name + ": " + (field == null ? known.type() : field.getType()).getSimpleName());
    describe(text, Docs.of(known.type()), detailed);
    return text;
  }

  private static void describe(Text text, Doc doc, boolean detailed) {
    if (detailed) {
      doc.paragraphs().forEach(text::paragraph);
    } else {
      text.paragraph(doc.summary());
    }
  }

  private static Text ofVariable(String name, @Nullable Object value, boolean detailed) {
    Text text = new Text();
    text.code(name + ": " + (value == null ? "null" : value.getClass().getName()));
    if (value instanceof org.codehaus.groovy.runtime.MethodClosure method) {
      text.paragraph("a method that a cell has defined: " + method.getMethod());
    } else if (value instanceof groovy.lang.Closure<?> closure) {
      Doc doc = Docs.of(closure.getClass());
      if (doc.equals(Doc.NONE)) {
        text.paragraph(
            "a closure that takes " + closure.getMaximumNumberOfParameters() + " values");
      } else {
        doc.paragraphs().forEach(text::paragraph);
        if (!doc.examples().isEmpty()) {
          text.paragraph("Example:");
          doc.examples().get(0).lines().forEach(text::code);
        }
      }
    } else if (value != null) {
      text.value(value);
      describe(text, Docs.of(value.getClass()), detailed);
    }
    return text;
  }

  /** The text in its parts, for plain text and for HTML. */
  private static final class Text {
    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder html = new StringBuilder();
    private boolean afterCode;

    void code(String line) {
      if (!afterCode && !plain.isEmpty()) {
        plain.append('\n');
      }
      plain.append(plain.isEmpty() || plain.indexOf("Example:") < 0 ? "" : "    ");
      plain.append(line).append('\n');
      html.append("<pre style=\"margin:0\">").append(Html.escape(line)).append("</pre>");
      afterCode = true;
    }

    void paragraph(String text) {
      if (!text.isEmpty()) {
        plain.append('\n').append(wrapped(text, WIDTH, "")).append('\n');
        html.append("<p>").append(Html.escape(text)).append("</p>");
        afterCode = text.equals("Example:");
      }
    }

    void value(Object value) {
      String shown;
      try {
        shown = String.valueOf(value);
      } catch (RuntimeException e) {
        shown = "(its toString failed: " + e + ")";
      }
      if (shown.length() > MOST_OF_A_VALUE) {
        shown = shown.substring(0, MOST_OF_A_VALUE) + "… (" + shown.length() + " characters)";
      }
      plain.append('\n').append(shown).append('\n');
      html.append("<pre>").append(Html.escape(shown)).append("</pre>");
      afterCode = false;
    }

    void table(List<String[]> rows) {
      if (rows.isEmpty()) {
        return;
      }
      int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0) + 2;
      plain.append('\n');
      html.append("<table>");
      for (String[] row : rows) {
        plain.append("  ").append(row[0]).append(" ".repeat(width - row[0].length()));
        plain.append(wrapped(row[1], WIDTH - width - 2, " ".repeat(width + 2))).append('\n');
        html.append("<tr><th style=\"text-align:left\">").append(Html.escape(row[0]));
        html.append("</th><td style=\"text-align:left\">").append(Html.escape(row[1]));
        html.append("</td></tr>");
      }
      html.append("</table>");
      afterCode = false;
    }

    private static String wrapped(String text, int width, String indent) {
      StringBuilder out = new StringBuilder();
      int column = 0;
      for (String word : text.split(" ")) {
        if (column > 0 && column + 1 + word.length() > width) {
          out.append('\n').append(indent);
          column = 0;
        } else if (column > 0) {
          out.append(' ');
          column++;
        }
        out.append(word);
        column += word.length();
      }
      return out.toString();
    }

    MimeBundle bundle() {
      return MimeBundle.plain(plain.toString().strip()).and(MimeBundle.HTML, html.toString());
    }
  }
}
