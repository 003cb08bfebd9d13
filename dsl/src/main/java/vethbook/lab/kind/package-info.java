/**
 * The kinds of devices that have one end, each with the options of its own (man 8 ip-link): what it
 * writes into RTM_NEWLINK and how the same is said to {@code ip}. Attribute numbers are those of
 * {@code linux/if_link.h} and {@code linux/if_tunnel.h}.
 */
@NullMarked
package vethbook.lab.kind;

import org.jspecify.annotations.NullMarked;
