package vethbook.linux.sysfs;

/** What can be set of one queue of a device ("Documentation/networking/scaling.rst"). */
public enum QueueAttribute {
  /** The CPUs that a receive queue spreads its packets over. */
  RPS_CPUS("rx", "rps_cpus"),
  /** How many flows a receive queue remembers the CPU of (RFS). */
  RPS_FLOW_CNT("rx", "rps_flow_cnt"),
  /** The CPUs that send through a transmit queue. */
  XPS_CPUS("tx", "xps_cpus");

  private final String side;
  private final String file;

  QueueAttribute(String side, String file) {
    this.side = side;
    this.file = file;
  }

  /** {@code rx} or {@code tx}. */
  public String side() {
    return side;
  }

  /** Its file's name. */
  public String file() {
    return file;
  }
}
