package vethbook.dsl;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;

/** The word that ends a notebook. */
public interface VerdictWords {
  /**
   * Holds what is commonly said against what was measured: a sentence for each {@code claim} of the
   * block, whether it agrees, and the numbers that say so. Nothing of the answer is typed in.
   */
  default ClaimsView verdict(
      @DelegatesTo(value = VerdictSpec.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
    VerdictBlock claims = new VerdictBlock();
    Closure<?> own = (Closure<?>) block.clone();
    own.setDelegate(claims);
    own.setResolveStrategy(Closure.DELEGATE_FIRST);
    own.call();
    return claims.close();
  }
}
