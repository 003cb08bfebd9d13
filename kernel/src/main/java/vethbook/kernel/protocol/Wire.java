package vethbook.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns messages into ZeroMQ frames and back: identities, {@code <IDS|MSG>}, signature, header,
 * parent header, metadata, content, buffers.
 *
 * <p>Thread-safe. Remembers the last signatures it has seen and refuses to accept one twice.
 */
public final class Wire {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNED_FRAMES = 4;
  private static final int REMEMBERED_SIGNATURES = 65_536;

  private final Signer signer;
  private final Set<String> seen =
      Collections.newSetFromMap(Collections.synchronizedMap(new BoundedMap()));

  public Wire(Signer signer) {
    this.signer = signer;
  }

  public List<byte[]> encode(Message message) {
    List<byte[]> signed =
        List.of(
            Json.bytes(message.header().toJson()),
            Json.bytes(message.parent()),
            Json.bytes(message.metadata()),
            Json.bytes(message.content()));
    List<byte[]> frames = new ArrayList<>(message.identities());
    frames.add(DELIMITER);
    frames.add(signer.sign(signed).getBytes(StandardCharsets.US_ASCII));
    frames.addAll(signed);
    frames.addAll(message.buffers());
    return frames;
  }

  /**
   * Checks and parses one multipart message.
   *
   * @throws MalformedMessageException if frames are missing or no JSON objects, if the signature is
   *     wrong, or if the same signed message came before
   */
  public Message decode(List<byte[]> frames) throws MalformedMessageException {
    int delimiter = indexOfDelimiter(frames);
    int first = delimiter + 2;
    if (frames.size() < first + SIGNED_FRAMES) {
      throw new MalformedMessageException(
          "%d frames after the delimiter instead of at least %d"
              .formatted(frames.size() - delimiter - 1, SIGNED_FRAMES + 1));
    }
    List<byte[]> signed = frames.subList(first, first + SIGNED_FRAMES);
    checkSignature(new String(frames.get(delimiter + 1), StandardCharsets.US_ASCII), signed);
    return new Message(
        List.copyOf(frames.subList(0, delimiter)),
        Header.parse(object(signed, 0, "header")),
        object(signed, 1, "parent header"),
        object(signed, 2, "metadata"),
        object(signed, 3, "content"),
        List.copyOf(frames.subList(first + SIGNED_FRAMES, frames.size())));
  }

  private void checkSignature(String signature, List<byte[]> signed)
      throws MalformedMessageException {
    if (!signer.isOn()) {
      return;
    }
    if (!signer.verifies(signature, signed)) {
      throw new MalformedMessageException("the signature is wrong");
    }
    if (!seen.add(signature)) {
      throw new MalformedMessageException("this signed message came before");
    }
  }

  private static int indexOfDelimiter(List<byte[]> frames) throws MalformedMessageException {
    for (int i = 0; i < frames.size(); i++) {
      if (Arrays.equals(frames.get(i), DELIMITER)) {
        return i;
      }
    }
    throw new MalformedMessageException("no <IDS|MSG> among " + frames.size() + " frames");
  }

  private static ObjectNode object(List<byte[]> frames, int index, String name)
      throws MalformedMessageException {
    try {
      return Json.parseObject(frames.get(index));
    } catch (IOException e) {
      throw new MalformedMessageException("the " + name + " is no JSON object", e);
    }
  }

  private static final class BoundedMap extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED_SIGNATURES;
    }
  }
}
