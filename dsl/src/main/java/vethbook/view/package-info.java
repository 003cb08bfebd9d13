/**
 * Tables, plots and topology pictures: data in, MIME bundle out.
 *
 * <p>A chart is one Vega-Lite specification. Vega itself runs in V8 inside this process and makes
 * the SVG from it, and the PNG is made from the SVG, so that the live chart, the report and the
 * picture on a code host cannot drift apart. A plot's bundle never holds {@code text/html}:
 * JupyterLab would prefer it to the chart, and would show the letters of the SVG as text in a
 * notebook that is not trusted yet (JupyterLab 4.6).
 *
 * <p>An SVG follows the reader's dark mode by itself ({@code prefers-color-scheme}) and names its
 * fonts, since one shown through {@code <img>} inherits nothing.
 */
@NullMarked
package vethbook.view;

import org.jspecify.annotations.NullMarked;
