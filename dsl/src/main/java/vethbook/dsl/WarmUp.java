package vethbook.dsl;

import java.util.List;
import vethbook.view.Pictures;
import vethbook.view.TableView;

/**
 * Loads what the first table and the first plot would wait for, in the background when a session
 * begins; an experiment waits until that is done, so that no run is measured beside it.
 */
final class WarmUp {
  private final List<Thread> threads;

  WarmUp(Pictures pictures) {
    threads = List.of(TableView.warmUp(), pictures.warmUp());
  }

  void await() {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
