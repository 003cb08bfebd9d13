package vethbook.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vethbook.extension.MimeBundle;
import vethbook.linux.ExperimentException;

/** A chart: a Vega-Lite specification, its title and its text form. It does not change. */
public final class Plot {
  private final Pictures pictures;
  private final String title;
  private final String description;
  private final Map<String, Object> spec;
  private final String text;

  Plot(Pictures pictures, String title, String description, Map<String, ?> spec, String text) {
    this.pictures = pictures;
    this.title = title;
    this.description = description;
    this.spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    this.text = text;
  }

  static Plot of(Pictures pictures, Map<String, ?> spec) {
    String title = titleOf(spec.get("title"));
    Object description = spec.get("description");
    return new Plot(
        pictures, title, description == null ? "" : description.toString(), spec, "Plot: " + title);
  }

  public String getTitle() {
    return title;
  }

  /** The Vega-Lite 5 specification, with its data. */
  public Map<String, Object> getSpec() {
    return spec;
  }

  /** This chart under another title. */
  public Plot withTitle(String other) {
    String old = TextWidth.wrap(title, 16, true, Double.MAX_VALUE, 1).get(0);
    String words = text.startsWith(old) ? other + text.substring(old.length()) : text;
    return new Plot(pictures, other, description, withTitlePart("text", other), words);
  }

  /** This chart with another subtitle. */
  public Plot withSubtitle(String other) {
    return new Plot(pictures, title, description, withTitlePart("subtitle", other), text);
  }

  /** The specification with a part of its title changed, in lines that fit its width. */
  private Map<String, Object> withTitlePart(String part, String words) {
    Map<String, Object> changed = new LinkedHashMap<>(spec);
    Map<String, Object> parts = new LinkedHashMap<>();
    if (spec.get("title") instanceof Map<?, ?> old) {
      old.forEach((key, value) -> parts.put(key.toString(), value));
    } else {
      parts.put("text", title);
    }
    boolean isOurs = spec.containsKey("datasets") && spec.get("width") instanceof Number;
    Object lines = words;
    if (isOurs) {
      double width = ((Number) spec.get("width")).doubleValue();
      ChartText wrapped = new ChartText(words, words, List.of());
      lines = Chart.title(wrapped, width).get(part);
    }
    parts.put(part, lines);
    changed.put("title", parts);
    return changed;
  }

  /** Specification, SVG, PNG and text; without the pictures where they cannot be made. */
  public MimeBundle bundle() {
    MimeBundle bundle =
        MimeBundle.of(MimeBundle.VEGA_LITE, spec)
            .with(MimeBundle.VEGA_LITE, Map.of("embed_options", Map.of("renderer", "svg")));
    Optional<SvgPicture> picture = picture();
    if (picture.isPresent()) {
      bundle = withPictures(bundle, picture.get(), pictures);
    }
    return bundle.and(MimeBundle.PLAIN, text);
  }

  static MimeBundle withPictures(MimeBundle bundle, SvgPicture picture, Pictures pictures) {
    MimeBundle more = bundle.and(MimeBundle.SVG, picture.svg());
    Optional<byte[]> png = pictures.png(picture);
    if (png.isEmpty()) {
      return more;
    }
    Map<String, Object> size =
        Map.of("width", Math.round(picture.width()), "height", Math.round(picture.height()));
    return more.and(MimeBundle.PNG, Base64.getEncoder().encodeToString(png.get()))
        .with(MimeBundle.PNG, size);
  }

  /**
   * Writes the chart to a file, replacing it.
   *
   * @param path ends in {@code .svg}, {@code .png} or {@code .json} (the Vega-Lite specification)
   * @throws ExperimentException if it ends otherwise, cannot be written, or the picture cannot be
   *     made on this machine
   */
  public void save(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    try {
      if (name.endsWith(".json")) {
        Files.write(Path.of(path), json());
      } else if (name.endsWith(".svg")) {
        Files.writeString(Path.of(path), picture().orElseThrow(() -> absent(path)).svg());
      } else if (name.endsWith(".png")) {
        Optional<byte[]> png = picture().flatMap(pictures::png);
        Files.write(Path.of(path), png.orElseThrow(() -> absent(path)));
      } else {
        throw new ExperimentException(
            "Cannot save a plot as " + path, null, null, "name it .svg, .png or .json", null);
      }
    } catch (IOException e) {
      throw new ExperimentException("Cannot save a plot as " + path, "file", e.toString(), null, e);
    }
  }

  @Override
  public String toString() {
    return text;
  }

  Optional<SvgPicture> picture() {
    return pictures.svg(title, description, spec);
  }

  private byte[] json() throws IOException {
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(spec)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static ExperimentException absent(String path) {
    return new ExperimentException(
        "Cannot save a plot as " + path,
        "java",
        "the picture cannot be made on this machine",
        "save it as .json, the Vega-Lite specification",
        null);
  }

  private static String titleOf(@org.jspecify.annotations.Nullable Object title) {
    if (title instanceof Map<?, ?> parts) {
      return titleOf(parts.get("text"));
    }
    if (title instanceof List<?> lines) {
      return String.join(" ", lines.stream().map(String::valueOf).toList());
    }
    return title == null ? "Plot" : title.toString();
  }
}
