package vethbook.dsl;

/**
 * A number of bytes: {@code 9000.bytes}, {@code 64.kib}.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) {
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes < 0: " + bytes);
    }
  }

  @Override
  public String toString() {
    return bytes + " bytes";
  }
}
