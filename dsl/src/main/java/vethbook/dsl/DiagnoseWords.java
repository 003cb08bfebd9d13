package vethbook.dsl;

import groovy.transform.NamedParam;
import groovy.transform.NamedParams;
import java.util.Map;
import vethbook.diagnose.Diagnosis;
import vethbook.lab.Netns;

/**
 * The word that finds out where packets get lost.
 *
 * <ul>
 *   <li>{@code port}: asks by TCP whether something listens on this port, 1 to 65535; default by
 *       ICMP echo
 * </ul>
 *
 * @see MeasureWords
 */
public interface DiagnoseWords {
  /**
   * Finds out whether packets get from one namespace to another and back, and if not, at which step
   * they get lost and why.
   *
   * <p>Sends a few marked packets and counts them at every hook of every namespace of the lab (man
   * 8 nft). Takes one to five seconds, and leaves nothing behind.
   *
   * <p>Options: {@code from}, {@code to} (a netns, a device or an address); {@code port}: asks by
   * TCP whether something listens there; without it by ICMP echo, small and of full length.
   *
   * @throws vethbook.linux.ExperimentException when nft is not installed
   */
  default Diagnosis diagnose(
      @NamedParams({@NamedParam("from"), @NamedParam("to"), @NamedParam("port")})
          Map<String, ?> options) {
    Options checked = new Options(DiagnoseWords.class, "diagnose", options);
    Netns from = checked.netns("from");
    return LabScript.session(this).traffic().diagnose(from, checked, checked.count("port", 0, 1));
  }
}
