/**
 * The programs that make traffic and the engine that stands in for them: run one, read what it
 * says.
 *
 * <p>Request/response tests run with both ends on one CPU unless told otherwise. Across CPUs each
 * message wakes a sleeping CPU, which on virtual machines costs more than the path that is to be
 * measured and varies threefold from run to run; unpinned, Linux sometimes puts both on one CPU and
 * sometimes not. Streams use two CPUs, because there both ends work at the same time.
 */
@NullMarked
package vethbook.tool;

import org.jspecify.annotations.NullMarked;
