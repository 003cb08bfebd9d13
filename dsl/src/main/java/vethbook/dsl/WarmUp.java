package vethbook.dsl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import vethbook.view.Pictures;
import vethbook.view.TableView;

/**
 * Loads what the first table and the first plot would wait for, in the background. It leaves the
 * CPUs to the first cell at first; an experiment waits until it is done, so that no run is measured
 * beside it.
 */
final class WarmUp {
  private static final int DELAY_MILLIS = 1500;

  private final CountDownLatch begin = new CountDownLatch(1);
  private final Thread thread;

  WarmUp(Pictures pictures) {
    thread = new Thread(() -> load(pictures), "tables and pictures");
    thread.setDaemon(true);
    thread.start();
  }

  private void load(Pictures pictures) {
    try {
      begin.await(DELAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return; // nobody interrupts it but the end of the process
    }
    TableView.warmUp();
    pictures.warmUp();
  }

  void await() {
    begin.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
