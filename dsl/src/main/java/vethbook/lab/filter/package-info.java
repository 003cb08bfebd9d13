/**
 * What the words about filtering and translation say to nft, as text; nothing here runs anything.
 *
 * <p>All rules of a lab in a namespace are in one table of its own, {@code inet vethbook}, so that
 * nobody else's are touched. It has only the base chains that hold a rule: an empty chain of type
 * nat alone would have Linux track connections. Each rule has a comment by which it is found again.
 */
@NullMarked
package vethbook.lab.filter;

import org.jspecify.annotations.NullMarked;
