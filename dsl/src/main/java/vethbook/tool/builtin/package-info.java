/**
 * Netperf's tests served by this process itself, with blocking NIO on threads in the namespaces.
 */
@NullMarked
package vethbook.tool.builtin;

import org.jspecify.annotations.NullMarked;
