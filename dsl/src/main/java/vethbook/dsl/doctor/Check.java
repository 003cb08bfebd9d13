package vethbook.dsl.doctor;

/**
 * One thing looked at.
 *
 * @param group what it belongs to, such as {@code tools}
 * @param name what was looked at, such as {@code netperf}
 * @param state how it is
 * @param found what was found: a version, or the reason it is absent
 * @param effect what will therefore not work and what to do; empty when all is well
 */
public record Check(String group, String name, State state, String found, String effect) {
  /** How a checked thing is. */
  public enum State {
    /** As it should be. */
    OK("✓"),
    /** Absent, and something else does its work or only some words need it. */
    LIMITED("–"),
    /** Absent, and no lab can be built. */
    BROKEN("✗");

    private final String sign;

    State(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  static Check ok(String group, String name, String found) {
    return new Check(group, name, State.OK, found, "");
  }

  static Check limited(String group, String name, String found, String effect) {
    return new Check(group, name, State.LIMITED, found, effect);
  }

  static Check broken(String group, String name, String found, String effect) {
    return new Check(group, name, State.BROKEN, found, effect);
  }
}
