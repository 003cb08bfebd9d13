package vethbook.kernel.display;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import vethbook.extension.MimeBundle;

/** Pictures as front ends take them. */
public final class Picture {
  private Picture() {}

  /** As PNG, of its own size. */
  static MimeBundle of(RenderedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalArgumentException("PNG has no form for " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String size = image.getWidth() + " × " + image.getHeight();
    return MimeBundle.of(MimeBundle.PNG, Base64.getEncoder().encodeToString(out.toByteArray()))
        .and(MimeBundle.PLAIN, "picture of " + size + " pixels")
        .with(MimeBundle.PNG, Map.of("width", image.getWidth(), "height", image.getHeight()));
  }

  /** The bytes of a PNG, JPEG, GIF or SVG file; empty for anything else. */
  public static Optional<MimeBundle> of(byte[] file, String name) {
    String start = new String(file, 0, Math.min(file.length, 1_000), StandardCharsets.ISO_8859_1);
    String type =
        start.startsWith("\u0089PNG")
            ? MimeBundle.PNG
            : start.startsWith("\u00ff\u00d8\u00ff")
                ? MimeBundle.JPEG
                : start.startsWith("GIF8")
                    ? MimeBundle.GIF
                    : start.contains("<svg") ? MimeBundle.SVG : "";
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String content =
        type.equals(MimeBundle.SVG)
            ? new String(file, StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(file);
    return Optional.of(MimeBundle.of(type, content).and(MimeBundle.PLAIN, "picture " + name));
  }
}
