/**
 * What an executed notebook is passed on as: a page, a print, a summary for a pull request, the raw
 * rounds.
 *
 * <p>All of it is made from the notebook file alone, so that it can be made again without
 * measuring: results are kept in the outputs, in a media type that a DSL reads back, and what is
 * known of the run in the notebook's metadata.
 */
@NullMarked
package vethbook.kernel.report;

import org.jspecify.annotations.NullMarked;
