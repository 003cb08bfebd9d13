/**
 * What this machine can do for a notebook, found out by trying, and what will therefore not work.
 */
@NullMarked
package vethbook.dsl.doctor;

import org.jspecify.annotations.NullMarked;
