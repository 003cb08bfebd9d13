package vethbook.view;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An SVG as pixels, one and a half for each CSS pixel, for places that show no SVG. */
final class PngPicture {
  private static final double SCALE = 1.5;

  /** Deflate's level 8: half the time of level 9, and 1 % more bytes. */
  private static final float ALMOST_SMALLEST = 0.12f;

  /** As many marks as our charts may have, and some more; JSVG's own limit is 2000. */
  private static final DocumentLimits LIMITS =
      new DocumentLimits(
          DocumentLimits.DEFAULT_MAX_NESTING_DEPTH,
          DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH,
          20_000);

  private static final Pattern LINES =
      Pattern.compile("<text([^>]*)>((?:<tspan[^>]*>[^<]*</tspan>)+)</text>");
  private static final Pattern LINE =
      Pattern.compile("<tspan(?: x=\"0\" dy=\"([-0-9.]+)\")?>([^<]*)</tspan>");

  private PngPicture() {}

  /**
   * Needs AWT, fontconfig and one font; what is thrown without them differs between JDKs.
   *
   * @return a PNG file with a palette, half as large as without
   */
  static byte[] of(SvgPicture picture) {
    return encode(IndexedColours.of(draw(picture)));
  }

  private static BufferedImage draw(SvgPicture picture) {
    SVGDocument document = parse(forJava2d(picture.raw()));
    int width = (int) Math.ceil(picture.width() * SCALE);
    int height = (int) Math.ceil(picture.height() * SCALE);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(java.awt.Color.decode(Theme.CARD));
      graphics.fillRect(0, 0, width, height);
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      document.render((java.awt.Component) null, graphics, new ViewBox(width, height));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  /**
   * Java draws Chinese only with a logical font, and knows only two weights. JSVG centres only the
   * first line of a text, so that each line becomes a text of its own.
   */
  private static String forJava2d(String svg) {
    String known =
        svg.replaceAll("font-family=\"[^\"]*\"", "font-family=\"SansSerif\"")
            .replace("font-weight=\"600\"", "font-weight=\"bold\"");
    return LINES.matcher(known).replaceAll(PngPicture::oneTextEach);
  }

  private static String oneTextEach(MatchResult text) {
    StringBuilder texts = new StringBuilder();
    double y = 0;
    Matcher line = LINE.matcher(text.group(2));
    while (line.find()) {
      y += line.group(1) == null ? 0 : Double.parseDouble(line.group(1));
      texts.append("<text y=\"%s\"%s>%s</text>".formatted(y, text.group(1), line.group(2)));
    }
    return Matcher.quoteReplacement(texts.toString());
  }

  private static SVGDocument parse(String svg) {
    SVGDocument document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.builder().documentLimits(LIMITS).build());
    if (document == null) {
      throw new IllegalArgumentException("not an SVG that can be drawn");
    }
    return document;
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(ALMOST_SMALLEST);
      try (MemoryCacheImageOutputStream file = new MemoryCacheImageOutputStream(out)) {
        writer.setOutput(file);
        writer.write(null, new IIOImage(image, null, null), parameters);
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
