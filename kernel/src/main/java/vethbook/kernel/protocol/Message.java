package vethbook.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One message of Jupyter's protocol.
 *
 * @param identities ZeroMQ routing ids of a ROUTER socket, or the topic of a PUB socket
 * @param parent the header of the message that caused this one, as it came; empty when none did
 * @param buffers binary attachments
 */
public record Message(
    List<byte[]> identities,
    Header header,
    ObjectNode parent,
    ObjectNode metadata,
    ObjectNode content,
    List<byte[]> buffers) {

  public String type() {
    return header.type();
  }

  /** A request of a client. */
  public static Message request(String type, String session, ObjectNode content) {
    return new Message(
        List.of(), Header.of(type, session), Json.object(), Json.object(), content, List.of());
  }

  /** The answer to this message, for the client that sent it. */
  public Message reply(String type, String session, ObjectNode content) {
    return new Message(
        identities, Header.of(type, session), header.toJson(), Json.object(), content, List.of());
  }

  /**
   * A message for all clients.
   *
   * @param parent what caused it; an empty object when nothing did
   */
  public static Message broadcast(
      String type, String session, ObjectNode parent, ObjectNode content) {
    byte[] topic = type.getBytes(StandardCharsets.UTF_8);
    return new Message(
        List.of(topic), Header.of(type, session), parent, Json.object(), content, List.of());
  }

  /** This message for others: other routing ids, or another topic. */
  public Message withIdentities(List<byte[]> others) {
    return new Message(others, header, parent, metadata, content, buffers);
  }

  /** This message's header as the parent of another. */
  public ObjectNode asParent() {
    return header.toJson();
  }
}
