package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import vethbook.extension.MimeBundle;
import vethbook.linux.ExperimentException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlotTest {
  private final List<String> warnings = new ArrayList<>();
  private final Pictures pictures = new Pictures(warnings::add);
  private MimeBundle bundle;

  @BeforeAll
  void draw() {
    bundle = ComparisonPlot.bars(pictures, Samples.containers()).bundle();
  }

  @AfterAll
  void close() {
    pictures.close();
  }

  @Test
  void bundleHoldsChartPicturesAndTextButNeverHtml() {
    assertThat(bundle.data())
        .containsOnlyKeys(MimeBundle.VEGA_LITE, MimeBundle.SVG, MimeBundle.PNG, MimeBundle.PLAIN);
    assertThat(warnings).isEmpty();
  }

  @Test
  void specificationIsVegaLite5WithItsDataInside() throws Exception {
    String json = new ObjectMapper().writeValueAsString(bundle.data().get(MimeBundle.VEGA_LITE));
    Map<String, Object> spec = new ObjectMapper().readValue(json, new TypeReference<>() {});
    assertThat(spec.get("$schema")).isEqualTo("https://vega.github.io/schema/vega-lite/v5.json");
    assertThat(spec).containsKeys("layer", "datasets", "title");
    assertThat(json).doesNotContain("\"url\"");
  }

  @Test
  void sameDataGivesTheSameSpecificationAndPicture() {
    try (Pictures other = new Pictures(warnings::add)) {
      MimeBundle again = ComparisonPlot.bars(other, Samples.containers()).bundle();
      assertThat(again.data().get(MimeBundle.SVG)).isEqualTo(bundle.data().get(MimeBundle.SVG));
      assertThat(again.data().get(MimeBundle.VEGA_LITE).toString())
          .isEqualTo(bundle.data().get(MimeBundle.VEGA_LITE).toString());
    }
  }

  @Test
  void svgIsWellFormedAndStandsForItself() throws Exception {
    Document svg = parse(svg());
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getDocumentElement().getAttribute("font-family")).isEqualTo(Theme.FONTS);
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .startsWith("macvlan keeps 97\u00a0% of the host’s rate, veth 81\u00a0%");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).contains("ipvlan");
    assertThat(svg()).contains("prefers-color-scheme:dark").doesNotContain("undefined");
    assertThat(svg().replace("http://www.w3.org", "")).doesNotContain("http", "<script", "@import");
  }

  @Test
  void everyColourHasItsDarkCounterpart() {
    Matcher colour = Pattern.compile("(fill|stroke)=\"(#[0-9a-f]{6})\"").matcher(svg());
    assertThat(colour.results().map(m -> "[%s=\"%s\"]{".formatted(m.group(1), m.group(2))))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(svg()).contains(rule));
  }

  @Test
  void twoPicturesOnOnePageShareNoId() {
    Set<String> first = ids(svg());
    Set<String> second =
        ids(
            (String)
                ComparisonPlot.dots(pictures, Samples.two()).bundle().data().get(MimeBundle.SVG));
    assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
  }

  @Test
  void pngIsOneAndAHalfTimesTheSize() throws Exception {
    byte[] png = Base64.getDecoder().decode((String) bundle.data().get(MimeBundle.PNG));
    Map<?, ?> size = (Map<?, ?>) bundle.metadata().get(MimeBundle.PNG);
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
        .isEqualTo((int) Math.ceil(1.5 * ((Number) size.get("width")).doubleValue()));
  }

  @Test
  void textShowsEachSettingWithABar() {
    assertThat(bundle.text().lines())
        .anySatisfy(
            line -> assertThat(line).startsWith("host ").contains("████").endsWith("baseline"))
        .anySatisfy(line -> assertThat(line).startsWith("veth ").contains("▼ −19.0\u00a0%"));
  }

  @Test
  void savesByTheEndingOfItsName(@TempDir Path directory) throws Exception {
    Plot plot = ComparisonPlot.bars(pictures, Samples.two()).withTitle("RPS <helps> & \"more\"");
    for (String name : List.of("a.svg", "a.png", "a.json")) {
      plot.save(directory.resolve(name).toString());
      assertThat(directory.resolve(name)).isNotEmptyFile();
    }
    Document svg = parse(Files.readString(directory.resolve("a.svg")));
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("RPS <helps> & \"more\"");
    assertThatThrownBy(() -> plot.save(directory.resolve("a.bmp").toString()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("a.bmp")
        .hasMessageContaining("name it .svg, .png or .json");
  }

  @Test
  void refusedSpecificationSaysWhatVegaSaid() {
    Plot broken =
        pictures.plot(
            Map.of(
                "mark", "point",
                "data", Map.of("values", List.of(Map.of("x", 1))),
                "transform", List.of(Map.of("filter", "datum.x === banana"))));
    assertThatThrownBy(broken::bundle)
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("vega: ")
        .hasMessageContaining("banana");
  }

  @Test
  void afterTheSessionTheChartKeepsItsSpecificationAndTellsOnce() {
    List<String> told = new ArrayList<>();
    Pictures ended = new Pictures(told::add);
    ended.close();
    for (int i = 0; i < 2; i++) {
      assertThat(ComparisonPlot.bars(ended, Samples.two()).bundle().data())
          .containsOnlyKeys(MimeBundle.VEGA_LITE, MimeBundle.PLAIN);
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void leavesNoLibraryInTheTempDirectory() throws Exception {
    assertThat(bundle.data()).containsKey(MimeBundle.SVG); // drawn, so the library is loaded
    assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
        .filteredOn(mapping -> mapping.contains("vethbook-v8-"))
        .isNotEmpty()
        .allMatch(mapping -> mapping.endsWith("(deleted)"));
  }

  private String svg() {
    return (String) bundle.data().get(MimeBundle.SVG);
  }

  private static Set<String> ids(String svg) {
    Set<String> ids = new HashSet<>();
    Pattern.compile(" id=\"([^\"]+)\"").matcher(svg).results().forEach(m -> ids.add(m.group(1)));
    return ids;
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }
}
