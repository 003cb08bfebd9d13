package vethbook.kernel.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Lets a thread that waits for a socket be woken for another reason. ZeroMQ's sockets belong to one
 * thread, and interrupting that thread could break them. Waking is safe for a thread that has been
 * interrupted itself, as a cell's is: it would close a pipe that it writes to.
 */
public final class Waker implements AutoCloseable {
  private final MessageSocket socket;
  private final Selector selector;

  /** A waker for the thread that reads this socket. */
  public Waker(MessageSocket socket) {
    this.socket = socket;
    try {
      selector = Selector.open();
      socket.descriptor().register(selector, SelectionKey.OP_READ);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the wait of {@link #await}, or the next one when none is going on. Any thread may. */
  public void wake() {
    selector.wakeup();
  }

  /** Waits until the socket has a message, or for {@link #wake}; may also return for neither. */
  public void await() {
    if (socket.hasMessage()) {
      return;
    }
    try {
      selector.select(); // the descriptor says that the socket's state has changed, not how
      selector.selectedKeys().clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
