package vethbook.extension.doc;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Keeps the documentation comments of public types and their public methods and constants: one
 * resource for each type, {@code LinkWords.doc} beside {@code LinkWords.class}.
 *
 * <p>A key stands at the begin of its line, the lines of its comment after it, each behind a blank.
 * The type's own key is empty.
 */
@SupportedAnnotationTypes("*")
public final class DocProcessor extends AbstractProcessor {
  static final String SUFFIX = ".doc";

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    ElementFilter.typesIn(round.getRootElements()).forEach(this::keep);
    return false;
  }

  private void keep(TypeElement type) {
    if (!type.getModifiers().contains(Modifier.PUBLIC)) {
      return;
    }
    Map<String, String> comments = new TreeMap<>();
    add(comments, "", type);
    boolean isInterface = type.getKind().isInterface();
    for (Element member : type.getEnclosedElements()) {
      if (isInterface || member.getModifiers().contains(Modifier.PUBLIC)) {
        switch (member.getKind()) {
          case METHOD -> add(comments, key((ExecutableElement) member), member);
          case FIELD, ENUM_CONSTANT -> add(comments, member.getSimpleName().toString(), member);
          default -> {}
        }
      }
    }
    if (!comments.isEmpty()) {
      write(type, comments);
    }
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::keep);
  }

  private void add(Map<String, String> comments, String key, Element element) {
    String comment = processingEnv.getElementUtils().getDocComment(element);
    if (comment != null) {
      comments.put(key, comment);
    }
  }

  private String key(ExecutableElement method) {
    List<String> types = method.getParameters().stream().map(p -> name(p.asType())).toList();
    return method.getSimpleName() + "(" + String.join(",", types) + ")";
  }

  /** As {@link Class#getCanonicalName} says it at run time. */
  private String name(TypeMirror type) {
    TypeMirror erased = processingEnv.getTypeUtils().erasure(type);
    if (erased instanceof ArrayType array) {
      return name(array.getComponentType()) + "[]";
    }
    Element element = processingEnv.getTypeUtils().asElement(erased);
    return element instanceof TypeElement known
        ? known.getQualifiedName().toString()
        : erased.getKind().name().toLowerCase(Locale.ROOT);
  }

  private void write(TypeElement type, Map<String, String> comments) {
    String binary = processingEnv.getElementUtils().getBinaryName(type).toString();
    int dot = binary.lastIndexOf('.');
    String file = binary.substring(dot + 1) + SUFFIX;
    String text =
        comments.entrySet().stream()
            .map(each -> each.getKey() + "\n" + each.getValue().stripTrailing().indent(1))
            .collect(Collectors.joining());
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(
                StandardLocation.CLASS_OUTPUT, binary.substring(0, Math.max(0, dot)), file, type)
            .openWriter()) {
      out.write(text);
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "cannot write " + file + ": " + e, type);
    }
  }
}
