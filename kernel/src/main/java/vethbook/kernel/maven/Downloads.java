package vethbook.kernel.maven;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import vethbook.extension.Progress;

/** Shows what is being downloaded; stops it when the cell is interrupted. */
final class Downloads extends AbstractTransferListener {
  private static final double NEARLY_DONE = 0.99;

  private final Consumer<Progress> progress;
  private final Map<String, long[]> bytes = new ConcurrentHashMap<>();
  private final AtomicInteger files = new AtomicInteger();
  private final Thread cell = Thread.currentThread();

  Downloads(Consumer<Progress> progress) {
    this.progress = progress;
  }

  @Override
  public void transferStarted(TransferEvent event) throws TransferCancelledException {
    show(event);
  }

  @Override
  public void transferProgressed(TransferEvent event) throws TransferCancelledException {
    show(event);
  }

  @Override
  public void transferSucceeded(TransferEvent event) {
    if (isFile(event)) {
      files.incrementAndGet();
    }
  }

  private static boolean isFile(TransferEvent event) {
    String name = event.getResource().getResourceName();
    return event.getRequestType() == TransferEvent.RequestType.GET
        && !name.endsWith(".sha1")
        && !name.endsWith(".md5");
  }

  private void show(TransferEvent event) throws TransferCancelledException {
    if (cell.isInterrupted()) {
      throw new TransferCancelledException("interrupted");
    }
    if (!isFile(event)) {
      return;
    }
    String name = event.getResource().getResourceName();
    long length = Math.max(event.getResource().getContentLength(), event.getTransferredBytes());
    bytes.put(name, new long[] {event.getTransferredBytes(), length});
    long done = bytes.values().stream().mapToLong(each -> each[0]).sum();
    long all = bytes.values().stream().mapToLong(each -> each[1]).sum();
    String text =
        String.format(
            Locale.ROOT,
            "downloading %s · %d files, %.1f MB",
            name.substring(name.lastIndexOf('/') + 1),
            files.get() + 1,
            done / 1e6);
    double fraction = all == 0 ? 0 : Math.min(NEARLY_DONE, (double) done / all);
    progress.accept(new Progress(fraction, Duration.ZERO, text));
  }

  /** Ends the progress that was shown, if any was. */
  void done() {
    if (files.get() > 0) {
      long all = bytes.values().stream().mapToLong(each -> each[0]).sum();
      String text =
          String.format(Locale.ROOT, "downloaded %d files, %.1f MB", files.get(), all / 1e6);
      progress.accept(new Progress(1, Duration.ZERO, text));
    }
  }
}
