package vethbook.extension;

/** Reads back the measured results that a DSL keeps in what its cells show. */
public interface ResultsReader {
  /**
   * The media type that holds them in a bundle, beside what people see; front ends that do not know
   * it leave it alone. It ends in {@code json}.
   */
  String type();

  /**
   * Reads one.
   *
   * @param content as it stands in the notebook: maps, lists, numbers and strings
   * @throws UserException when it is damaged, or of a newer version
   */
  SavedResults read(Object content);
}
