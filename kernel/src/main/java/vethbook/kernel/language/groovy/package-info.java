/** Groovy cells: compiled one by one, sharing variables, methods, classes and imports. */
@NullMarked
package vethbook.kernel.language.groovy;

import org.jspecify.annotations.NullMarked;
