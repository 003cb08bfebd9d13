package vethbook.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a kernel listens and how it signs, as a front end tells it in a file.
 *
 * @param transport only {@code tcp} is spoken
 * @param key the signing key; empty for none
 */
public record ConnectionFile(
    String transport,
    String ip,
    int shellPort,
    int controlPort,
    int iopubPort,
    int stdinPort,
    int heartbeatPort,
    String signatureScheme,
    String key) {

  /**
   * Reads a connection file.
   *
   * @throws IOException if the file cannot be read, is no JSON, or lacks a port; the text says
   *     which
   */
  public static ConnectionFile read(Path file) throws IOException {
    ObjectNode json;
    try {
      json = Json.parseObject(Files.readAllBytes(file));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IOException("it is no JSON: " + e.getOriginalMessage(), e);
    }
    String transport = json.path("transport").asText("tcp");
    if (!transport.equals("tcp")) {
      throw new IOException(
          "its transport is "
              + transport
              + ", and this kernel speaks tcp alone.\n"
              + "  next:  start Jupyter without --transport="
              + transport
              + " (c.KernelManager.transport in its configuration); with tcp the kernel listens"
              + " on the address that the front end gives it, usually 127.0.0.1, and answers"
              + " signed messages only");
    }
    return new ConnectionFile(
        transport,
        json.path("ip").asText("127.0.0.1"),
        port(json, "shell_port"),
        port(json, "control_port"),
        port(json, "iopub_port"),
        port(json, "stdin_port"),
        port(json, "hb_port"),
        json.path("signature_scheme").asText("hmac-sha256"),
        json.path("key").asText(""));
  }

  public ObjectNode toJson() {
    return Json.object()
        .put("transport", transport)
        .put("ip", ip)
        .put("shell_port", shellPort)
        .put("control_port", controlPort)
        .put("iopub_port", iopubPort)
        .put("stdin_port", stdinPort)
        .put("hb_port", heartbeatPort)
        .put("signature_scheme", signatureScheme)
        .put("key", key);
  }

  /** The ZeroMQ endpoint of one of the ports. */
  public String endpoint(int port) {
    return transport + "://" + ip + ":" + port;
  }

  private static int port(ObjectNode json, String name) throws IOException {
    int port = json.path(name).asInt(0);
    if (port < 1 || port > 65_535) {
      throw new IOException("it has no valid " + name);
    }
    return port;
  }
}
