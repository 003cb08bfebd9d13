/**
 * Settings of network devices over generic netlink: man 8 ethtool,
 * Documentation/networking/ethtool-netlink.rst.
 */
@NullMarked
package vethbook.linux.ethtool;

import org.jspecify.annotations.NullMarked;
