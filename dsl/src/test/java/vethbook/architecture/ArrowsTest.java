package vethbook.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which: words → lab, tool, measure, view; those → linux. */
class ArrowsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("vethbook");

  @ParameterizedTest
  @CsvSource({
    "vethbook.linux.., vethbook.lab..",
    "vethbook.linux.., vethbook.tool..",
    "vethbook.linux.., vethbook.measure..",
    "vethbook.linux.., vethbook.view..",
    "vethbook.linux.., vethbook.dsl..",
    "vethbook.lab.., vethbook.dsl..",
    "vethbook.lab.., vethbook.tool..",
    "vethbook.lab.., vethbook.measure..",
    "vethbook.lab.., vethbook.view..",
    "vethbook.tool.., vethbook.measure..",
    "vethbook.tool.., vethbook.view..",
    "vethbook.tool.., vethbook.dsl..",
    "vethbook.measure.., vethbook.tool..",
    "vethbook.measure.., vethbook.view..",
    "vethbook.measure.., vethbook.dsl..",
    "vethbook.view.., vethbook.dsl..",
    "vethbook.view.., vethbook.tool..",
    "vethbook.linux.., groovy..",
    "vethbook.lab.., groovy..",
    "vethbook.measure.., groovy..",
    "vethbook.., vethbook.kernel.."
  })
  void onePackageDoesNotKnowTheOther(String from, String to) {
    noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(to)
        .allowEmptyShould(true)
        .check(CLASSES);
  }
}
