package vethbook.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import vethbook.linux.ExperimentException;
import vethbook.linux.libc.Errno;
import vethbook.linux.netns.NetnsHandle;
import vethbook.linux.process.Command;
import vethbook.linux.process.Cpus;
import vethbook.linux.process.Folders;
import vethbook.linux.process.RunningProcess;

/**
 * nginx in a namespace, serving one body of a given size at every path, without a log; what it
 * needs is in a folder of its own that goes with it. Closing it ends it.
 */
public final class WebServer implements AutoCloseable {
  /** The body that is served when no size is said, in bytes. */
  public static final int BODY_BYTES = 1024;

  private static final String CONFIGURATION =
      """
      daemon off;
      user root root;
      worker_processes %d;
      pid nginx.pid;
      error_log stderr error;
      events { worker_connections 8192; }
      http {
        access_log off;
        client_body_temp_path temporary; proxy_temp_path temporary; fastcgi_temp_path temporary;
        uwsgi_temp_path temporary; scgi_temp_path temporary;
        keepalive_requests 1000000000;
        open_file_cache max=10 inactive=1h;
        sendfile on;
        tcp_nopush on;
        server {
          %s
          root .;
          location / { try_files /body =404; }
        }
      }
      """;

  private final Plan plan;
  private final Path folder;
  private final RunningProcess process;

  private WebServer(Plan plan, Path folder, RunningProcess process) {
    this.plan = plan;
    this.folder = folder;
    this.process = process;
  }

  /**
   * What nginx is to do.
   *
   * @param port TCP port, on every address of the namespace
   * @param workers processes that serve, 1 or more
   * @param bodyBytes of each answer
   * @param cpus it runs on these only; empty leaves the choice to Linux
   * @param nice its priority, -20 to 19
   */
  public record Plan(
      NetnsHandle netns, int port, int workers, int bodyBytes, Set<Integer> cpus, int nice) {
    public Plan {
      cpus = Set.copyOf(cpus);
    }
  }

  /**
   * Starts it and waits until it listens.
   *
   * @throws ExperimentException when it is not installed, or another program listens there
   */
  public static WebServer start(Plan plan) {
    Tool.NGINX.require();
    Path folder = folder(plan);
    try {
      String prefix = folder + "/";
      Command command =
          Command.of("nginx", "-p", prefix, "-c", prefix + "nginx.conf", "-e", "stderr")
              .in(plan.netns())
              .onCpus(plan.cpus())
              .nice(plan.nice());
      return new WebServer(plan, folder, ToolServer.listening(command, plan.netns(), plan.port()));
    } catch (ExperimentException e) {
      Folders.delete(folder);
      throw e;
    }
  }

  private static Path folder(Plan plan) {
    try {
      Path folder = Folders.make("nginx");
      Files.writeString(folder.resolve("nginx.conf"), configuration(plan));
      Files.write(folder.resolve("body"), body(plan.bodyBytes()));
      return folder;
    } catch (IOException e) {
      throw new ExperimentException(
          "Cannot write the configuration of nginx", "linux", Errno.in(e), null, e);
    }
  }

  static String configuration(Plan plan) {
    String listen = "listen %d backlog=4096;".formatted(plan.port());
    if (Files.exists(Path.of("/proc/net/if_inet6"))) {
      listen += " listen [::]:%d backlog=4096;".formatted(plan.port());
    }
    return CONFIGURATION.formatted(plan.workers(), listen);
  }

  private static byte[] body(int bytes) {
    byte[] body = new byte[bytes];
    java.util.Arrays.fill(body, (byte) 'v');
    return body;
  }

  public Plan plan() {
    return plan;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Ends it and deletes its folder. Safe to call again. */
  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  /** {@code nginx in netns server, port 80, 1024 bytes (pid 4711, cpus 1)}. */
  @Override
  public String toString() {
    return "nginx in %s, port %d, %d bytes (%s%s)"
        .formatted(
            plan.netns(),
            plan.port(),
            plan.bodyBytes(),
            isAlive() ? "pid " + pid() : "ended",
            plan.cpus().isEmpty() ? "" : ", cpus " + Cpus.list(plan.cpus()));
  }
}
