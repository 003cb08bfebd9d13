package vethbook.diagnose;

/** Which of the two packets of an exchange. */
enum Direction {
  REQUEST("request"),
  REPLY("reply");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
