package vethbook.measure;

/**
 * A setting that did not run because this machine lacks something.
 *
 * @param reason what is missing, such as {@code needs ipvlan: Linux 6.18 was built without it}
 */
public record Skipped(String setting, String reason) {}
