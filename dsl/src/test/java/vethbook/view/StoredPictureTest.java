package vethbook.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pictures against those stored beside this test, pixel by pixel and with this machine's fonts for
 * both. One that differs is left in {@code target/pictures}: look at it, and store it if it is
 * better.
 */
class StoredPictureTest {
  private static final double DIFFERENT_PIXELS = 0.002;

  private final Pictures pictures = new Pictures(warning -> {});

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void barsOfFiveSettings() throws Exception {
    assertLooksAsStored("bars", ComparisonPlot.bars(pictures, Samples.containers()));
  }

  @Test
  void dotsOfTenSettingsOneOfThemSkipped() throws Exception {
    assertLooksAsStored("dots", ComparisonPlot.dots(pictures, Samples.ten()));
  }

  @Test
  void topologyOfContainers() throws Exception {
    assertLooksAsStored("topology", TopologyPicture.of(Labs.containers()));
  }

  private static void assertLooksAsStored(String name, Plot plot) throws IOException {
    assertLooksAsStored(name, plot.picture().orElseThrow());
  }

  private static void assertLooksAsStored(String name, SvgPicture picture) throws IOException {
    double difference = 1;
    try (InputStream stored = StoredPictureTest.class.getResourceAsStream(name + ".svg")) {
      if (stored != null) {
        String svg = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
        difference = difference(pixels(new SvgPicture("", "", svg)), pixels(picture));
      }
    }
    if (difference > DIFFERENT_PIXELS) {
      Path pictures = Files.createDirectories(Path.of("target", "pictures"));
      Files.writeString(pictures.resolve(name + ".svg"), picture.raw());
    }
    assertThat(difference).as("share of different pixels in %s", name).isLessThan(DIFFERENT_PIXELS);
  }

  static BufferedImage pixels(SvgPicture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PngPicture.of(picture)));
  }

  static double difference(BufferedImage one, BufferedImage other) {
    if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
      return 1;
    }
    int different = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        different += distance(one.getRGB(x, y), other.getRGB(x, y)) > 60 ? 1 : 0;
      }
    }
    return (double) different / one.getWidth() / one.getHeight();
  }

  private static int distance(int one, int other) {
    Color a = new Color(one);
    Color b = new Color(other);
    return Math.abs(a.getRed() - b.getRed())
        + Math.abs(a.getGreen() - b.getGreen())
        + Math.abs(a.getBlue() - b.getBlue());
  }
}
