package vethbook.diagnose;

import java.net.InetAddress;

/**
 * A probe as it was seen: its addresses may have been translated on the way.
 *
 * @param device the one that it came in or left through
 */
record Sighting(InetAddress source, InetAddress destination, String device) {}
