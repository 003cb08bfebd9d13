package vethbook.dsl;

/** Builds one lab as the first cell of a fresh JVM, and prints its two times. */
final class FirstLab {
  private FirstLab() {}

  public static void main(String[] arguments) {
    LabBuilder.Times times = LabBenchmark.newCell(Integer.parseInt(arguments[0]));
    System.out.printf(java.util.Locale.ROOT, "%.3f %.3f%n", times.build(), times.tearDown());
  }
}
