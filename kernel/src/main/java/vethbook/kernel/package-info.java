/** The command line of Vethbook: the Jupyter kernel, the notebook runner, and the installer. */
@NullMarked
package vethbook.kernel;

import org.jspecify.annotations.NullMarked;
