package vethbook.measure;

/** What can be said about a setting against the baseline. */
public enum Verdict {
  /** A difference was shown: its adjusted p value is below 0.05. */
  DIFFERS,
  /** Shown to be the same within the margin: the 90 % interval lies inside. */
  EQUIVALENT,
  /** Neither a difference nor equality was shown. */
  INCONCLUSIVE
}
