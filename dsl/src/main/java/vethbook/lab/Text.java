package vethbook.lab;

/** Phrases that several texts share. */
final class Text {
  private Text() {}

  /** {@code eth0 in netns client}. */
  static String place(Device device) {
    return device.name() + " in netns " + device.netns().name();
  }
}
