package vethbook.kernel.notebook;

import java.util.List;
import java.util.Optional;
import vethbook.kernel.parameter.Declarations;
import vethbook.kernel.parameter.Given;
import vethbook.kernel.parameter.Parameter;
import vethbook.kernel.parameter.PythonDeclarations;

/** How cells of a notebook declare parameters, and how values are given to them. */
enum CellSyntax {
  GROOVY,
  JAVA,
  PYTHON,
  /** One in which no parameters are read or written here. */
  OTHER;

  static CellSyntax of(Notebook notebook) {
    Optional<NotebookLanguage> own = NotebookLanguage.of(notebook);
    if (own.isPresent()) {
      return own.get() == NotebookLanguage.JAVA ? JAVA : GROOVY;
    }
    String language = NotebookKernel.languageIn(notebook);
    String said = language.isEmpty() ? NotebookKernel.nameIn(notebook) : language;
    return said.contains("python") ? PYTHON : OTHER;
  }

  /**
   * What a cell declares.
   *
   * @param isTagged whether it is tagged {@code parameters}
   * @throws vethbook.kernel.parameter.ParameterException when a declaration is not understood
   */
  List<Parameter> declared(String source, boolean isTagged) {
    return switch (this) {
      case GROOVY, JAVA -> {
        List<Parameter> said = Declarations.ofWord(source);
        yield said.isEmpty() && isTagged ? Declarations.ofAssignments(source) : said;
      }
      case PYTHON -> isTagged ? PythonDeclarations.of(source) : List.of();
      case OTHER -> List.of();
    };
  }

  /** What to do for a parameter that no cell declares. */
  String howToDeclare(String name) {
    return switch (this) {
      case GROOVY, JAVA ->
          "declare it: parameters { " + name + " 10 }, or tag a cell of assignments 'parameters'";
      case PYTHON -> "tag a cell of assignments 'parameters': " + name + " = 10";
      case OTHER -> "parameters are for notebooks in Groovy, Java and Python";
    };
  }

  /** The line that begins a cell of given values; papermill knows it. */
  String heading() {
    return (this == PYTHON ? "#" : "//") + " Parameters";
  }

  String assignment(String name, Given given) {
    return switch (this) {
      case JAVA -> name + " = " + given.java() + ";";
      case PYTHON -> name + " = " + given.python();
      case GROOVY, OTHER -> name + " = " + given.groovy();
    };
  }
}
