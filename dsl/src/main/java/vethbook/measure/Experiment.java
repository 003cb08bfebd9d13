package vethbook.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private String baseline;
  private int rounds = DEFAULT_ROUNDS;
  private long seed = ThreadLocalRandom.current().nextInt(1, SEEDS);
  private boolean warmUp = true;
  private Duration limit = Duration.ZERO;
  private Duration roundLimit = Duration.ZERO;
  private RoundStep before = RoundStep.NONE;
  private RoundStep after = RoundStep.NONE;
  private Doubts doubts = Doubts.NONE;
  private Supplier<Counters> counters = Counters::machine;
  private Supplier<Setup> setup = () -> Setup.UNKNOWN;
  private Supplier<List<String>> commands = List::of;
  private Function<MachineRecord, MachineRecord> record = machine -> machine;
  private Function<MachineRecord, MachineRecord> recordAfter = machine -> machine;
  private @Nullable Results earlier;
  private List<Setting> settings = List.of();

  private Experiment(String title, String baseline) {
    this.title = title;
    this.baseline = baseline;
  }

  /** Only a copy that nobody has yet is ever changed. */
  private Experiment with(Consumer<Experiment> change) {
    Experiment copy = new Experiment(title, baseline);
    copy.rounds = rounds;
    copy.seed = seed;
    copy.warmUp = warmUp;
    copy.limit = limit;
    copy.roundLimit = roundLimit;
    copy.before = before;
    copy.after = after;
    copy.doubts = doubts;
    copy.counters = counters;
    copy.setup = setup;
    copy.commands = commands;
    copy.record = record;
    copy.recordAfter = recordAfter;
    copy.earlier = earlier;
    copy.settings = settings;
    change.accept(copy);
    return copy;
  }

  /**
   * An experiment without settings yet: ten rounds, a warm-up round, a random seed.
   *
   * @param title the question that it asks
   * @param baseline the name of the setting that the others are compared with
   */
  public static Experiment of(String title, String baseline) {
    return new Experiment(title, baseline);
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
    return with(copy -> copy.rounds = wanted);
  }

  /** This experiment with another baseline. */
  public Experiment baseline(String name) {
    return with(copy -> copy.baseline = name);
  }

  /** This experiment with the order of an earlier one, whose results tell its seed. */
  public Experiment seed(long wanted) {
    return with(copy -> copy.seed = wanted);
  }

  /** Whether every setting is run once before the first round, without keeping the result. */
  public Experiment warmUp(boolean wanted) {
    return with(copy -> copy.warmUp = wanted);
  }

  /** How long one run may take, when its setting does not say it; zero for no limit. */
  public Experiment limit(Duration wanted) {
    return with(copy -> copy.limit = wanted);
  }

  /** How long one round may take, its steps before and after not counted; zero for no limit. */
  public Experiment roundLimit(Duration wanted) {
    return with(copy -> copy.roundLimit = wanted);
  }

  /** What is done before each round, the warm-up round included. */
  public Experiment before(RoundStep step) {
    return with(copy -> copy.before = step);
  }

  /** What is done after each round, also after one that failed or was interrupted. */
  public Experiment after(RoundStep step) {
    return with(copy -> copy.after = step);
  }

  /** Which counters are read around each run; by default those of the machine. */
  public Experiment counters(Supplier<Counters> opening) {
    return with(copy -> copy.counters = opening);
  }

  /** Who is asked for doubts about it. */
  public Experiment doubts(Doubts reader) {
    return with(copy -> copy.doubts = reader);
  }

  /**
   * Who is asked how the lab is set up.
   *
   * @param before asked before the first run
   * @param after the commands that built the lab, asked again after the last run, because settings
   *     may have built more
   */
  public Experiment setup(Supplier<Setup> before, Supplier<List<String>> after) {
    return with(
        copy -> {
          copy.setup = before;
          copy.commands = after;
        });
  }

  /**
   * What is added to the record of the machine.
   *
   * @param before the first run
   * @param after the last run, such as the versions of the tools that were used
   */
  public Experiment record(
      Function<MachineRecord, MachineRecord> before, Function<MachineRecord, MachineRecord> after) {
    return with(
        copy -> {
          copy.record = before;
          copy.recordAfter = after;
        });
  }

  /**
   * This experiment, less the runs that an earlier one of the same plan has made: it keeps them and
   * goes on where they end, in the order of their seed.
   *
   * @throws ExperimentException when the other has another baseline or other settings
   */
  public Experiment resuming(Results other) {
    Resumption.check(this, other);
    return with(
        copy -> {
          copy.earlier = other;
          copy.seed = other.seed();
        });
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
    return with(copy -> copy.settings = List.copyOf(more));
  }

  /** This experiment with one more setting, which every machine can run. */
  public Experiment setting(String name, Callable<Measurement> body) {
    return setting(new Setting(name, body));
  }

  /** The baseline against itself under another name: an A/A experiment of the same rounds. */
  public Experiment calibration() {
    Setting one =
        settings.stream()
            .filter(setting -> setting.name().equals(baseline))
            .findFirst()
            .orElseThrow(() -> new ExperimentException("Cannot calibrate: there is no baseline"));
    String twin = one.name() + " again";
    return with(copy -> copy.settings = List.of())
        .setting(one)
        .setting(new Setting(twin, one.absent(), one.limit(), one.body()))
        .with(
            copy -> {
              copy.earlier = null;
              copy.seed = ThreadLocalRandom.current().nextInt(1, SEEDS);
            });
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

  /** How long a run of this setting may take; zero for no limit. */
  Duration limit(Setting setting) {
    return setting.limit().isZero() ? limit : setting.limit();
  }

  Duration roundLimit() {
    return roundLimit;
  }

  RoundStep before() {
    return before;
  }

  RoundStep after() {
    return after;
  }

  Counters openCounters() {
    return counters.get();
  }

  Doubts doubts() {
    return doubts;
  }

  Setup setupBefore() {
    return setup.get();
  }

  List<String> commandsAfter() {
    return commands.get();
  }

  MachineRecord currentMachine() {
    return record.apply(MachineRecord.capture());
  }

  MachineRecord machineAfter(MachineRecord machine) {
    return recordAfter.apply(machine);
  }

  /** The results that this one goes on with; null when it begins anew. */
  @Nullable Results earlier() {
    return earlier;
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
   * @throws ExperimentStoppedException when a run fails, takes longer than its limit, or its engine
   *     or metric differs from that of the others; it has the runs that had ended
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
    return "experiment '%s': %s, %s"
        .formatted(title, String.join(", ", names), Judge.rounds(rounds));
  }
}
