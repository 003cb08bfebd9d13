package vethbook.linux.ethtool;

/**
 * Something that a device or Linux does for packets, such as cutting them up late.
 *
 * @param name Linux's, such as {@code tx-tcp-segmentation}
 * @param isOn whether it is done
 * @param isWanted whether it would be done if all that it depends on were
 * @param canChange false where Linux or the driver has fixed it
 */
public record Feature(String name, boolean isOn, boolean isWanted, boolean canChange) {}
