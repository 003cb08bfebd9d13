/** Links, addresses and routes over rtnetlink (man 7 rtnetlink). */
@NullMarked
package vethbook.linux.rtnetlink;

import org.jspecify.annotations.NullMarked;
