package vethbook.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who sent a message, when, and of which kind.
 *
 * @param id unique among all messages
 * @param session the sender's session: one for each client or kernel process
 * @param date ISO 8601 in UTC
 * @param type one of {@link MessageType}, or one that this kernel does not know
 */
public record Header(
    String id, String session, String username, String date, String type, String version) {
  /** The version of the messaging protocol that this kernel speaks. */
  public static final String PROTOCOL_VERSION = "5.5";

  /** A header for a new message, dated now. */
  public static Header of(String type, String session) {
    String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    return new Header(
        UUID.randomUUID().toString(), session, "vethbook", now, type, PROTOCOL_VERSION);
  }

  static Header parse(ObjectNode json) throws MalformedMessageException {
    String type = json.path("msg_type").asText("");
    String id = json.path("msg_id").asText("");
    if (type.isEmpty() || id.isEmpty()) {
      throw new MalformedMessageException("the header has no msg_type or no msg_id");
    }
    return new Header(
        id,
        json.path("session").asText(""),
        json.path("username").asText(""),
        json.path("date").asText(""),
        type,
        json.path("version").asText(""));
  }

  ObjectNode toJson() {
    return Json.object()
        .put("msg_id", id)
        .put("session", session)
        .put("username", username)
        .put("date", date)
        .put("msg_type", type)
        .put("version", version);
  }
}
