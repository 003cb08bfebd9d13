package vethbook.kernel.magic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vethbook.extension.MimeBundle;
import vethbook.extension.Suggestion;
import vethbook.kernel.language.CellError;
import vethbook.kernel.language.CellSources;
import vethbook.kernel.language.Language;
import vethbook.kernel.magic.CellParts.Part;
import vethbook.kernel.parameter.DeclaredParameters;

/** What cells are written in: magics and the languages, of which one is the default. */
public final class Cells implements Language {
  private static final Pattern NAME_OF_MAGIC = Pattern.compile("(?:^|\\n)[ \\t]*(%%?)(\\w*)$");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?:^|\\n)[ \\t]*%%?(\\w+)[ \\t][^\\n]*?(\\S*)$");

  /** {@code List<String> jars = %maven a:b:1}, as notebooks for IJava have it. */
  private static final Pattern ASSIGNED =
      Pattern.compile("(?m)^([\\w<>\\[\\], .?]+=)[ \\t]*%([A-Za-z]\\w*)([^\\n]*)$");

  private final Map<String, Language> languages = new LinkedHashMap<>();
  private final Language usual;
  private final CellSources sources;
  private final Magics magics;
  private volatile Language last;
  private volatile Runnable onForgetAll = () -> {};
  private volatile Consumer<String> givenParameters = cell -> {};

  /**
   * @param usual the language of cells that say none
   * @param others those that are reached by a magic of their name
   * @param sources the texts of all cells
   */
  public Cells(Language usual, List<Language> others, CellSources sources, Magics magics) {
    this.usual = usual;
    this.sources = sources;
    this.magics = magics;
    last = usual;
    languages.put(usual.info().name(), usual);
    others.forEach(each -> languages.put(each.info().name(), each));
    languages.keySet().forEach(name -> magics.add(new LanguageMagic(name)));
    magics.add(new HelpMagic(magics));
  }

  /** What else to do when all that cells have declared is forgotten. */
  public void onForgetAll(Runnable task) {
    onForgetAll = task;
  }

  public Magics magics() {
    return magics;
  }

  /** Says what becomes of a cell of parameters that papermill or Quarto has added. */
  public void onGivenParameters(Consumer<String> task) {
    givenParameters = task;
  }

  private Language language(String name) {
    return Objects.requireNonNull(languages.get(name), name);
  }

  @Override
  public Info info() {
    return usual.info();
  }

  @Override
  public @Nullable Object evaluate(String code, int number) throws Throwable {
    if (DeclaredParameters.isInjected(code)) {
      sources.add(number, code);
      givenParameters.accept(code);
      return null;
    }
    try {
      return run(code, usual.info().name(), number);
    } catch (Throwable e) {
      sources.add(number, code); // the languages had only their parts of it
      throw e;
    }
  }

  /** Runs the text of a cell, its magics included, in this language. */
  @Nullable Object run(String cell, String language, int number) throws Throwable {
    last = language(language);
    if (!cell.contains("%")) {
      return last.evaluate(cell, number);
    }
    if (language.equals("java") && ASSIGNED.matcher(cell).find()) {
      return run(ASSIGNED.matcher(cell).replaceAll(Cells::asCall), language, number);
    }
    Object value = null;
    for (Part part : CellParts.of(cell)) {
      String name = part.name();
      if (name == null) {
        last = language(language);
        value = last.evaluate(part.code(), number);
      } else {
        Magic.Call call = new Magic.Call(this, name, part.text(), part.code(), language, number);
        Object result = perform(call, part.isOver(), cell);
        value = result instanceof Quiet ? null : result;
      }
    }
    return value;
  }

  private static String asCall(MatchResult assigned) {
    String words =
        Words.of(assigned.group(3).strip().replaceFirst(";$", "")).stream()
            .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(", "));
    String call = " lineMagic(\"" + assigned.group(2) + "\", List.of(" + words + "));";
    return Matcher.quoteReplacement(assigned.group(1) + call);
  }

  /** In place of a value that is not to be shown. */
  private enum Quiet {
    QUIET
  }

  private @Nullable Object perform(Magic.Call call, boolean isOver, String cell) throws Throwable {
    try {
      Magic magic = magics.get(isOver ? "%%" : "%", call.name());
      Object value = isOver ? magic.cell(call, call.code()) : magic.line(call);
      return magic.showsItsValue() ? value : Quiet.QUIET;
    } catch (MagicException e) {
      e.at(call.number(), lineOf(call, isOver, cell));
      throw e;
    }
  }

  private static int lineOf(Magic.Call call, boolean isOver, String cell) {
    String before = isOver ? cell.substring(0, cell.indexOf("%%")) : call.code();
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  /** Does what {@code %name words} does, from code. */
  public @Nullable Object line(String name, List<String> words, int number) throws Throwable {
    String text = String.join(" ", words);
    String language = last.info().name();
    return magics.get("%", name).line(new Magic.Call(this, name, text, text, language, number));
  }

  /** Does what {@code %%name words} over a body does, from code. */
  public @Nullable Object over(String name, List<String> words, String body, int number)
      throws Throwable {
    String text = String.join(" ", words);
    String language = last.info().name();
    return magics
        .get("%%", name)
        .cell(new Magic.Call(this, name, text, body, language, number), body);
  }

  @Override
  public CellError explain(Throwable error) {
    return last.explain(error);
  }

  /** The language that a text is written in, and the text without its magics. */
  private record Spoken(@Nullable Language language, String code) {}

  private Spoken spoken(String cell) {
    Language language = usual;
    String rest = cell;
    while (rest.contains("%")) {
      Part first = CellParts.of(rest).get(0);
      if (!first.isOver()) {
        return new Spoken(language, CellParts.code(rest));
      }
      rest = first.code();
      if (languages.containsKey(String.valueOf(first.name()))) {
        language = language(String.valueOf(first.name()));
      } else if (!"time".equals(first.name())) {
        return new Spoken(null, rest); // text of no language
      }
    }
    return new Spoken(language, rest);
  }

  @Override
  public Completeness completeness(String code) {
    Spoken spoken = spoken(code);
    if (spoken.language() == null) {
      // a console's way to end such a cell is an empty line
      return code.endsWith("\n") ? Completeness.COMPLETE : new Completeness("incomplete", "");
    }
    boolean isOnlyMagics = spoken.code().isBlank() && !code.isBlank();
    return isOnlyMagics && !code.stripLeading().startsWith("%%")
        ? Completeness.COMPLETE
        : isOnlyMagics ? new Completeness("incomplete", "") : ofLanguage(spoken);
  }

  private static Completeness ofLanguage(Spoken spoken) {
    return Objects.requireNonNull(spoken.language()).completeness(spoken.code());
  }

  @Override
  public Completions complete(String code, int cursor) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    String before = code.substring(0, at);
    Matcher name = NAME_OF_MAGIC.matcher(before);
    if (name.find()) {
      String sign = name.group(1);
      List<Suggestion> found =
          magics.names().stream()
              .filter(each -> each.startsWith(name.group(2)))
              .sorted()
              .map(each -> Suggestion.of(sign + each, Suggestion.KEYWORD))
              .toList();
      return new Completions(found, name.start(1), at);
    }
    Matcher argument = ARGUMENT.matcher(before);
    if (argument.find() && magics.names().contains(argument.group(1))) {
      List<String> known = magics.get("%", argument.group(1)).arguments();
      if (!known.isEmpty()) {
        String typed = argument.group(2);
        List<Suggestion> found =
            known.stream()
                .filter(each -> each.startsWith(typed))
                .map(each -> Suggestion.of(each, Suggestion.PARAM))
                .toList();
        return new Completions(found, argument.start(2), at);
      }
    }
    Spoken spoken = spoken(code);
    return spoken.language() == null
        ? new Completions(List.of(), at, at)
        : spoken.language().complete(spoken.code(), at);
  }

  @Override
  public Optional<MimeBundle> inspect(String code, int cursor, boolean detailed) {
    int at = Math.max(0, Math.min(cursor, code.length()));
    String line = code.substring(code.lastIndexOf('\n', at - 1) + 1);
    Matcher magic = Pattern.compile("^[ \\t]*%%?(\\w+)").matcher(line);
    boolean isOnName = magic.find() && at - (code.length() - line.length()) <= magic.end();
    if (isOnName && magics.names().contains(magic.group(1))) {
      return Optional.of(MimeBundle.plain(HelpMagic.describe(magics.get("%", magic.group(1)))));
    }
    Spoken spoken = spoken(code);
    return spoken.language() == null
        ? Optional.empty()
        : spoken.language().inspect(spoken.code(), at, detailed);
  }

  @Override
  public void forget(Collection<String> names) {
    languages.values().forEach(language -> language.forget(names));
    if (names.isEmpty()) {
      onForgetAll.run();
    }
  }

  @Override
  public Map<String, Object> variables() {
    return usual.variables();
  }
}
