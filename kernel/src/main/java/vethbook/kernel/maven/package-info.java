/**
 * Libraries from Maven repositories, got by Maven's own resolver: with the user's settings (local
 * repository, mirrors, proxies, credentials, active profiles) and the rules of a Maven build.
 *
 * <p>Resolver 1.9 and not 2: its supplier for use without Maven brings HTTP by itself, and it is
 * what Maven 3.9 uses.
 */
@NullMarked
package vethbook.kernel.maven;

import org.jspecify.annotations.NullMarked;
