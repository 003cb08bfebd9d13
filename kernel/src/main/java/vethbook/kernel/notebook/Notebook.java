package vethbook.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An {@code .ipynb} file (nbformat 4). */
public final class Notebook {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final ObjectNode root;

  private Notebook(ObjectNode root) {
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws NotebookException when it is missing, or no notebook of format 4
   */
  public static Notebook read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new NotebookException("Cannot find notebook " + file, null, e);
    } catch (IOException e) {
      throw new NotebookException("Cannot read notebook " + file + ": " + e.getMessage(), null, e);
    }
  }

  static Notebook parse(String text, String name) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new NotebookException(
          "Cannot read %s as a notebook: it is not JSON (line %d: %s)"
              .formatted(name, e.getLocation().getLineNr(), e.getOriginalMessage()),
          "a notebook is the .ipynb file that Jupyter saves",
          e);
    }
    if (root.path("worksheets").isArray() && !root.has("cells")) {
      throw new NotebookException(
          "Cannot read %s: it is in notebook format %s of before 2015, and Vethbook reads format 4"
              .formatted(name, root.path("nbformat").asText("3")),
          "jupyter nbconvert --to notebook " + name + " makes a new one of it",
          null);
    }
    if (!(root instanceof ObjectNode object) || !root.path("cells").isArray()) {
      throw new NotebookException(
          "Cannot read " + name + " as a notebook: it is JSON without cells",
          "a notebook is the .ipynb file that Jupyter saves",
          null);
    }
    if (root.path("nbformat").asInt() != 4) {
      throw new NotebookException(
          "Cannot read notebook " + name + " of format " + root.path("nbformat").asText("unknown"),
          "open and save it with a current Jupyter: format 4 is understood",
          null);
    }
    return new Notebook(object);
  }

  /** A copy that shares nothing. */
  public Notebook copy() {
    return new Notebook(root.deepCopy());
  }

  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (JsonNode cell : root.withArray("cells")) {
      if (cell instanceof ObjectNode object) {
        cells.add(new Cell(object));
      }
    }
    return cells;
  }

  /** Puts a code cell after another. */
  Cell insertAfter(Cell before, String source) {
    ArrayNode cells = root.withArray("cells");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cell_type", "code");
    node.set("metadata", JsonNodeFactory.instance.objectNode());
    node.set("outputs", JsonNodeFactory.instance.arrayNode());
    node.putNull("execution_count");
    if (root.path("nbformat_minor").asInt() >= 5) {
      node.put("id", "injected-parameters");
    }
    Cell cell = new Cell(node);
    cell.source(source);
    cells.insert(index(before) + 1, node);
    return cell;
  }

  void remove(Cell cell) {
    root.withArray("cells").remove(index(cell));
  }

  /** By identity: two cells may hold the same text. */
  @SuppressWarnings("ReferenceEquality")
  private int index(Cell cell) {
    ArrayNode cells = root.withArray("cells");
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i) == cell.node()) {
        return i;
      }
    }
    throw new IllegalArgumentException("the cell is not in this notebook");
  }

  public ObjectNode metadata() {
    return root.withObject("/metadata");
  }

  /** The first heading, else the given name. */
  public String title(String absent) {
    return cells().stream()
        .filter(Cell::isMarkdown)
        .flatMap(cell -> cell.source().lines())
        .filter(line -> line.startsWith("# "))
        .map(line -> line.substring(2).strip())
        .findFirst()
        .orElse(absent);
  }

  /**
   * Writes a file, whole or not at all: beside it first, then renamed.
   *
   * @throws NotebookException when the folder is not writable
   */
  public void write(Path file) {
    try {
      writeAtomically(file, text());
    } catch (IOException e) {
      throw new NotebookException("Cannot write " + file + ": " + e.getMessage(), null, e);
    }
  }

  /**
   * Tries a folder before hours of measuring end in nothing.
   *
   * @throws NotebookException if a file cannot be made there, or a folder has its name
   */
  public static void requireWritable(Path file) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root is no file");
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "it is a folder");
      }
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "." + file.getFileName(), ".tmp"));
    } catch (IOException e) {
      throw new NotebookException(
          "Cannot write " + file + ": " + reason(e),
          "choose another place, or run in a folder of yours",
          e);
    }
  }

  private static String reason(IOException error) {
    return error instanceof AccessDeniedException denied
        ? "no permission to write in " + Path.of(denied.getFile()).getParent()
        : error instanceof NoSuchFileException missing
            ? "there can be no folder " + missing.getFile()
            : error.getMessage();
  }

  public static void writeAtomically(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      Files.writeString(draft, text);
      Files.setPosixFilePermissions(
          draft, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** As Jupyter writes it: keys sorted, indented by one blank. */
  String text() {
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(indenter);
    printer.indentArraysWith(indenter);
    try {
      Object sorted = JSON.treeToValue(root, Object.class);
      return JSON.writer(printer).writeValueAsString(sorted) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that was read can be written", e);
    }
  }
}
