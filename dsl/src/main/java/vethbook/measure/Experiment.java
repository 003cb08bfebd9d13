package vethbook.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import vethbook.linux.ExperimentException;

/**
 * A question to be answered by running settings in turn: randomised complete blocks, in which every
 * round runs each setting once, in a random order that the seed repeats.
 *
 * <p>This is a description; each method returns a changed copy, and nothing happens before {@link
 * #run}.
 */
public final class Experiment {
  /** Enough to show a difference between a baseline and five settings. */
  public static final int DEFAULT_ROUNDS = 10;

  private static final int SEEDS = 1_000_000;

  private final String title;
  private final String baseline;
  private final int rounds;
  private final long seed;
  private final boolean warmUp;
  private final List<Setting> settings;

  private Experiment(
      String title,
      String baseline,
      int rounds,
      long seed,
      boolean warmUp,
      List<Setting> settings) {
    this.title = title;
    this.baseline = baseline;
    this.rounds = rounds;
    this.seed = seed;
    this.warmUp = warmUp;
    this.settings = List.copyOf(settings);
  }

  /**
   * An experiment without settings yet: ten rounds, a warm-up round, a random seed.
   *
   * @param title the question that it asks
   * @param baseline the name of the setting that the others are compared with
   */
  public static Experiment of(String title, String baseline) {
    long seed = ThreadLocalRandom.current().nextInt(1, SEEDS);
    return new Experiment(title, baseline, DEFAULT_ROUNDS, seed, true, List.of());
  }

  /**
   * This experiment with so many rounds.
   *
   * @param wanted at least 1
   */
  public Experiment rounds(int wanted) {
    if (wanted < 1) {
      throw new ExperimentException(
          "Cannot run " + wanted + " rounds",
          "vethbook",
          "an experiment has at least one round",
          null,
          null);
    }
    return new Experiment(title, baseline, wanted, seed, warmUp, settings);
  }

  /** This experiment with another baseline. */
  public Experiment baseline(String name) {
    return new Experiment(title, name, rounds, seed, warmUp, settings);
  }

  /** This experiment with the order of an earlier one, whose results tell its seed. */
  public Experiment seed(long wanted) {
    return new Experiment(title, baseline, rounds, wanted, warmUp, settings);
  }

  /** Whether every setting is run once before the first round, without keeping the result. */
  public Experiment warmUp(boolean wanted) {
    return new Experiment(title, baseline, rounds, seed, wanted, settings);
  }

  /**
   * This experiment with one more setting.
   *
   * @throws ExperimentException when it has one of this name
   */
  public Experiment setting(Setting setting) {
    if (settings.stream().anyMatch(other -> other.name().equals(setting.name()))) {
      throw new ExperimentException(
          "Cannot add setting '" + setting.name() + "' to experiment '" + title + "'",
          "vethbook",
          "it has one of this name",
          null,
          null);
    }
    List<Setting> more = new ArrayList<>(settings);
    more.add(setting);
    return new Experiment(title, baseline, rounds, seed, warmUp, more);
  }

  /** This experiment with one more setting, which every machine can run. */
  public Experiment setting(String name, Callable<Measurement> body) {
    return setting(new Setting(name, body));
  }

  public String title() {
    return title;
  }

  public String baseline() {
    return baseline;
  }

  public int rounds() {
    return rounds;
  }

  public long seed() {
    return seed;
  }

  boolean hasWarmUp() {
    return warmUp;
  }

  public List<Setting> settings() {
    return settings;
  }

  /**
   * Runs it on the calling thread.
   *
   * <p>An interrupt of this thread ends it: the results hold the runs that had ended, with a
   * warning that says so, and the thread's interrupt status stays set.
   *
   * @throws ExperimentStoppedException when a run fails, or its engine or metric differs from that
   *     of the others; it has the runs that had ended
   * @throws ExperimentException when there is no setting, or no baseline, or the machine cannot run
   *     the baseline
   */
  public Results run(ExperimentListener listener) {
    return new ExperimentRun(this, listener).run();
  }

  /** {@code experiment 'Is a container slower?': host, veth, 10 rounds}. */
  @Override
  public String toString() {
    List<String> names = settings.stream().map(Setting::name).toList();
    return "experiment '" + title + "': " + String.join(", ", names) + ", " + rounds + " rounds";
  }
}
