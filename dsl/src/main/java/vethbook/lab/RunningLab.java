package vethbook.lab;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A lab of this or another process.
 *
 * @param pid the process that holds it
 * @param title what it was named, such as the notebook
 * @param namespaces by name, the file descriptor of that process that holds each
 */
public record RunningLab(long pid, String title, Instant started, Map<String, Integer> namespaces) {
  public RunningLab {
    namespaces = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(namespaces));
  }

  /** All labs that this user may look into, those without a namespace included. */
  public static List<RunningLab> all() {
    return LabFile.all();
  }

  /** Where another process can enter a namespace. */
  public String path(String name) {
    return "/proc/" + pid + "/fd/" + namespaces.get(name);
  }
}
