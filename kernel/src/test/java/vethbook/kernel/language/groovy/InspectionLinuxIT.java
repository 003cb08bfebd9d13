package vethbook.kernel.language.groovy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vethbook.extension.Extension;
import vethbook.extension.ExtensionSession;
import vethbook.extension.Host;
import vethbook.extension.doc.Doc;
import vethbook.extension.doc.Docs;

/** What Shift-Tab shows of the words of the lab. */
class InspectionLinuxIT {
  private static final WordsOfTheLab LAB = new WordsOfTheLab();

  @BeforeAll
  static void build() throws Throwable {
    LAB.run("client = netns 'client'");
  }

  @AfterAll
  static void close() {
    LAB.close();
  }

  @Test
  void showsSignatureTextOptionsCommandAndExample() {
    assertThat(LAB.inspect("vethP|air client.eth0, server.eth0", false))
        .startsWith(
            "vethPair(Device a, Device b, subnet:, mtu: DataSize, queues:, mac:) → VethPair")
        .contains("Joins two devices like the ends of a cable")
        .contains("68 to 65535 bytes")
        .contains("ip link add ... type veth")
        .contains("Example:\n    vethPair client.eth0, server.eth0");
  }

  @Test
  void showsAnOptionWhereTheCursorIsOnIt() {
    assertThat(LAB.inspect("vethPair client.eth0, server.eth0, mt|u: 1.bytes", false))
        .contains("68 to 65535 bytes");
  }

  @Test
  void showsTheCallThatTheCursorIsIn() {
    assertThat(LAB.inspect("netperf TCP_RR, |", false)).startsWith("netperf(NetperfTest test");
  }

  @Test
  void showsAllFormsWhenAskedForMore() {
    String brief = LAB.inspect("client.rou|te", false);
    String detailed = LAB.inspect("client.rou|te", true);

    assertThat(detailed.length()).isGreaterThan(brief.length());
    assertThat(detailed).contains("ip route replace").contains("route(String destination)");
  }

  @Test
  void showsWhatAVariableHolds() {
    assertThat(LAB.inspect("clien|t", false)).startsWith("client: vethbook.lab.Netns");
  }

  @Test
  void knowsNothingOfWhatIsNotThere() {
    assertThat(LAB.inspect("nothi|ng", false)).isEmpty();
  }

  /** A new word fails here until its comment, and the list at its interface's, say these. */
  @Test
  void everyWordSaysWhatItDoesAndEachOfItsOptions() {
    List<String> missing = new ArrayList<>();
    try (ExtensionSession session = session()) {
      for (String name : names(session)) {
        List<Method> forms = Members.methods(session.scriptBaseClass(), name);
        if (forms.stream().allMatch(form -> Docs.of(form).paragraphs().isEmpty())) {
          missing.add(name);
        }
        for (Method form : forms) {
          Doc doc = Docs.of(form);
          Signatures.options(form).keySet().stream()
              .filter(option -> doc.options().getOrDefault(option, "").isBlank())
              .forEach(option -> missing.add(name + " " + option + ":"));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void examplesAreGroovy() {
    int examples = 0;
    try (ExtensionSession session = session()) {
      for (String name : names(session)) {
        String example = session.example(name).orElse("");
        examples += example.isEmpty() ? 0 : 1;
        assertThatCode(() -> GroovyParser.parse(closed(example)))
            .as(example)
            .doesNotThrowAnyException();
      }
    }

    assertThat(examples).isGreaterThan(25);
  }

  /** An example may be the first line of a block. */
  private static String closed(String example) {
    return example + "\n}".repeat(Brackets.of(example).depth());
  }

  private static ExtensionSession session() {
    return ServiceLoader.load(Extension.class)
        .findFirst()
        .orElseThrow()
        .open(Host.printing(System.out));
  }

  private static List<String> names(ExtensionSession session) {
    Class<?> words = session.scriptBaseClass();
    return Arrays.stream(words.getMethods())
        .filter(method -> method.getDeclaringClass().getPackage().equals(words.getPackage()))
        .map(Method::getName)
        .distinct()
        .sorted()
        .toList();
  }
}
