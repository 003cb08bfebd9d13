/**
 * Java cells, by the JDK's JShell inside this process, so that objects are shared with Groovy
 * cells.
 *
 * <p>JShell's own in-process execution cannot stop a loop before JDK 21, keeps every class for ever
 * and turns results into text. Therefore the classes of cells get here their own loaders (a class
 * goes when its cell's declarations do) and a check for interrupts in each loop and method.
 */
@NullMarked
package vethbook.kernel.language.java;

import org.jspecify.annotations.NullMarked;
