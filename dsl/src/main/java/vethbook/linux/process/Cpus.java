package vethbook.linux.process;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import vethbook.linux.libc.Call;

/** Sets of CPUs: those of a thread, and the ways Linux writes them. */
public final class Cpus {
  private Cpus() {}

  /** The CPUs that this thread may run on, in ascending order; at least one. */
  public static List<Integer> allowed() {
    return List.copyOf(Call.affinity());
  }

  /** Lets the calling thread, and the threads and processes it starts, run on these CPUs only. */
  public static void pinCurrentThread(Set<Integer> cpus) {
    Call.pin(cpus);
  }

  /** {@code 0-3,8}, as taskset and Linux print lists of CPUs. */
  public static String list(Set<Integer> cpus) {
    StringBuilder text = new StringBuilder();
    TreeSet<Integer> rest = new TreeSet<>(cpus);
    while (!rest.isEmpty()) {
      int first = rest.first();
      int last = first;
      while (rest.remove(last)) {
        last++;
      }
      text.append(text.isEmpty() ? "" : ",").append(first);
      if (last - 1 > first) {
        text.append('-').append(last - 1);
      }
    }
    return text.toString();
  }

  /** The hexadecimal bitmap that sysfs takes, in groups of 32 bits: {@code 1,00000003}. */
  public static String mask(Set<Integer> cpus) {
    BigInteger bits = BigInteger.ZERO;
    for (int cpu : cpus) {
      bits = bits.setBit(cpu);
    }
    String hex = bits.toString(16);
    StringBuilder groups = new StringBuilder(hex);
    for (int at = hex.length() - 8; at > 0; at -= 8) {
      groups.insert(at, ',');
    }
    return groups.toString();
  }

  /** Reads such a bitmap. */
  public static Set<Integer> ofMask(String mask) {
    StringBuilder hex = new StringBuilder();
    for (String group : mask.trim().split(",")) {
      hex.append("0".repeat(Math.max(0, 8 - group.length()))).append(group);
    }
    BigInteger bits = new BigInteger(hex.toString(), 16);
    Set<Integer> cpus = new TreeSet<>();
    for (int cpu = bits.getLowestSetBit(); cpu >= 0 && cpu < bits.bitLength(); cpu++) {
      if (bits.testBit(cpu)) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }
}
