/**
 * Experiments: settings run in interleaved rounds, every sample kept, and comparisons that say how
 * sure they are.
 *
 * <p>What surprised us. Two identical settings, measured one after the other in two blocks on a
 * machine that did other work, differed "significantly" (p = 0.017); the same runs interleaved did
 * not. Hence randomised rounds, pairs within a round, and a record of what else the machine did.
 */
@NullMarked
package vethbook.measure;

import org.jspecify.annotations.NullMarked;
