package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of chart, small, large and in Chinese, light and dark, against those stored beside
 * this test. One that differs is left in {@code target/pictures}: look at it, and store it if it is
 * better.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartsTest {
  private static final double DIFFERENT_PIXELS = 0.002;
  private static final double READABLE = 4.5;
  private static final Pattern COLOUR = Pattern.compile("(fill|stroke)=\"(#[0-9a-f]{6})\"");
  private static final Pattern TEXT = Pattern.compile("<text ([^>]*)>");

  private final List<String> warnings = new ArrayList<>();
  private final Pictures pictures = new Pictures(warnings::add);

  static Stream<Arguments> all() {
    return Arrays.stream(Charted.values())
        .flatMap(
            kind -> Arrays.stream(Charted.Size.values()).map(size -> Arguments.of(kind, size)));
  }

  @AfterAll
  void close() {
    pictures.close();
  }

  @ParameterizedTest
  @MethodSource("all")
  void looksAsStored(Charted kind, Charted.Size size) throws Exception {
    SvgPicture picture = kind.draw(pictures, size).picture().orElseThrow();
    String name = (kind + "-" + size).toLowerCase(Locale.ROOT).replace('_', '-');
    String stored = stored(name);
    if (stored.equals(picture.raw())) {
      return;
    }
    double light = difference(stored, picture.raw());
    double dark = difference(Theme.darkened(stored), Theme.darkened(picture.raw()));
    if (Math.max(light, dark) > DIFFERENT_PIXELS) {
      Path files = Files.createDirectories(Path.of("target", "pictures"));
      Files.write(files.resolve(name + ".svg.gz"), packed(picture.raw()));
      Files.writeString(files.resolve(name + ".svg"), picture.svg());
    }
    assertThat(light).as("share of different pixels in " + name).isLessThan(DIFFERENT_PIXELS);
    assertThat(dark).as("the same in the dark").isLessThan(DIFFERENT_PIXELS);
  }

  @ParameterizedTest
  @MethodSource("all")
  void standsForItselfInLightAndDark(Charted kind, Charted.Size size) throws Exception {
    Plot plot = kind.draw(pictures, size);
    SvgPicture picture = plot.picture().orElseThrow();
    String svg = picture.svg();
    assertThat(svg)
        .contains("role=\"img\"", "<title>", "<desc>")
        .doesNotContain("undefined", "NaN", "null", "e+");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(COLOUR.matcher(picture.raw()).results().map(MatchResult::group).distinct())
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(svg).contains("[" + rule + "]{"));
    assertReadable(picture.raw());
    assertReadable(Theme.darkened(picture.raw()));
    assertThat(plot.toString().lines().count()).isGreaterThan(2);
    assertThat(warnings).isEmpty();
  }

  /** The words on the card, not those on bars and cells, which have inks of their own. */
  private static void assertReadable(String raw) {
    boolean dark = !raw.contains(Theme.CARD);
    String card = dark ? "#161b22" : Theme.CARD;
    List<String> onColour =
        Stream.of(Theme.ON_DARK_BAR, Theme.ON_LIGHT_BAR, Theme.ON_LIGHT_SHADE, Theme.ON_DARK_SHADE)
            .map(colour -> dark ? darkOf(colour) : colour)
            .toList();
    Matcher texts = TEXT.matcher(raw);
    while (texts.find()) {
      Matcher colour = COLOUR.matcher(texts.group(1));
      if (colour.find() && !onColour.contains(colour.group(2))) {
        assertThat(contrast(colour.group(2), card)).as(texts.group()).isGreaterThan(READABLE);
      }
    }
  }

  private static String darkOf(String colour) {
    return Theme.darkened("=\"" + colour + "\"").substring(2, 9);
  }

  /** WCAG 2.2, 1.4.3. */
  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static String stored(String name) throws IOException {
    try (InputStream file = ChartsTest.class.getResourceAsStream("charts/" + name + ".svg.gz")) {
      if (file == null) {
        return "";
      }
      try (InputStream unpacked = new GZIPInputStream(file)) {
        return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static byte[] packed(String svg) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(svg.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static double difference(String stored, String drawn) throws IOException {
    return stored.isEmpty()
        ? 1
        : StoredPictureTest.difference(
            StoredPictureTest.pixels(new SvgPicture("", "", stored)),
            StoredPictureTest.pixels(new SvgPicture("", "", drawn)));
  }
}
