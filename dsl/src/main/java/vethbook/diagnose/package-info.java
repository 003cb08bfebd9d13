/**
 * Where a packet gets lost between two namespaces, and why.
 *
 * <p>A few marked probes are sent, and rules that only count are put at the first and the last
 * place of every netfilter hook of every namespace of the lab: between the last place that saw the
 * probe and the first that did not, it was lost. Only there is the cause looked for: in the filter
 * rules (by nft's own trace), in Linux's answer to "which way would it take" ({@code ip route get}
 * with the addresses and the device that the probe came with), in the neighbour table, and in the
 * states of the devices on the link. What a probe cannot pass is thus found whatever the cause; the
 * cause is named from evidence, never guessed from a list of usual mistakes.
 */
@NullMarked
package vethbook.diagnose;

import org.jspecify.annotations.NullMarked;
