package vethbook.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vethbook.linux.rtnetlink.Route;

record ReplaceRoute(Netns netns, Route route, @Nullable Route old, @Nullable Device through)
    implements Change {
  @Override
  public void apply() {
    netns.handle().routes().replace(route);
  }

  @Override
  public void undo() {
    if (old == null) {
      netns.handle().routes().delete(route);
    } else {
      netns.handle().routes().replace(old);
    }
  }

  @Override
  public String command() {
    return "ip -n " + netns.name() + " route replace " + text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(destination());
    if (route.via() != null) {
      text.append(" via ").append(route.via().getHostAddress());
    }
    if (through != null) {
      text.append(" dev ").append(through.name());
    }
    if (route.source() != null) {
      text.append(" src ").append(route.source().getHostAddress());
    }
    if (route.table() != Route.MAIN) {
      text.append(" table ").append(Integer.toUnsignedString(route.table()));
    }
    return text.append(route.onlink() ? " onlink" : "").toString();
  }

  private String destination() {
    boolean isIpv6Default = route.isDefault() && route.destination().isIpv6();
    return isIpv6Default ? "::/0" : route.isDefault() ? "default" : route.destination().toString();
  }

  @Override
  public List<Netns> places() {
    return List.of(netns);
  }

  @Override
  public String purpose() {
    return "add route " + text() + " in " + netns;
  }
}
