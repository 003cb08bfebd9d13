/**
 * Kernels of other languages, started and spoken to as Jupyter's front ends do it.
 *
 * <p>A kernel has a process group and a terminal session of its own: Ctrl-C reaches it only as the
 * interrupt that its kernelspec asks for. It dies with the thread that has started it.
 */
@NullMarked
package vethbook.kernel.client;

import org.jspecify.annotations.NullMarked;
