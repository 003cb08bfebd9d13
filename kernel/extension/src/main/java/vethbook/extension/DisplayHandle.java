package vethbook.extension;

/** Something shown below a cell that can be replaced. */
@FunctionalInterface
public interface DisplayHandle {
  /** Replaces what is shown, in place. */
  void update(MimeBundle bundle);
}
