/**
 * Documentation comments at run time, so that what a word's source says of it is what people read
 * in a notebook, typed once.
 *
 * <p>{@link vethbook.extension.doc.DocProcessor} runs with the compiler and keeps the comments as
 * they are in resources beside the classes; {@link vethbook.extension.doc.Docs} finds them again.
 */
@NullMarked
package vethbook.extension.doc;

import org.jspecify.annotations.NullMarked;
