package vethbook.extension;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The known words most like a mistyped one. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /** At most three words within a third of the typed word's length (Levenshtein), nearest first. */
  public static List<String> of(String typed, Collection<String> known) {
    int limit = Math.max(1, (typed.length() + 1) / 3);
    String wanted = typed.toLowerCase(Locale.ROOT);
    return known.stream()
        .distinct()
        .filter(word -> distance(wanted, word.toLowerCase(Locale.ROOT)) <= limit)
        .sorted(
            Comparator.comparingInt(
                    (String word) -> distance(wanted, word.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
