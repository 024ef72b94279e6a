package org.sparring.runs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sparring.alarms.Alarm;
import org.sparring.alarms.Alarms;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.listeners.AlarmPolicy;
import org.sparring.listeners.CheckpointListener;
import org.sparring.listeners.CheckpointScorer;
import org.sparring.listeners.LastPenalty;
import org.sparring.listeners.MetersListener;
import org.sparring.listeners.Preview;
import org.sparring.listeners.ProgressListener;
import org.sparring.listeners.SamplesListener;
import org.sparring.listeners.ScalarsListener;
import org.sparring.listeners.ScoringListener;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.runfolders.OwnPartsFile;
import org.sparring.runfolders.Recorders;
import org.sparring.runfolders.RunDescription;
import org.sparring.runfolders.RunFolder;
import org.sparring.storage.AtomicFiles;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.DivergenceException;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingListener.Ending;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** Trains in this process, from the newest checkpoint to the end of training. */
final class RunInProcess {
  private final RunContext context;
  private final Recipe recipe;
  private final RunFolder folder;
  private final Assembly assembly;
  private final CheckpointStore checkpoints;
  private final ProgressDisplay display;
  private final TaskData data;
  private final Optional<Checkpoint> newest;
  private final AlarmPolicy watch;
  private final RunSummary summary = new RunSummary();
  private Optional<WarmStart> from = Optional.empty();
  private Optional<MetersListener> meters = Optional.empty();

  RunInProcess(RunContext context, TaskData data, Optional<Checkpoint> newest, AlarmPolicy watch) {
    this.context = context;
    recipe = context.recipe();
    folder = context.folder();
    assembly =
        context.team().map(t -> context.assembly().on(t.exchange())).orElse(context.assembly());
    checkpoints = context.checkpoints();
    display = context.display();
    this.data = data;
    this.newest = newest;
    this.watch = watch;
  }

  /**
   * Trains from the newest checkpoint, or from the beginning.
   *
   * @param from source of a new run's initial weights
   */
  Ending train(BooleanSupplier stop, Optional<WarmStart> from) {
    this.from = from;
    // must be the first use of TensorFlow, because it prepares the natives
    TrainingGraph training = assembly.graph(data);
    try (OpenRun run = OpenRun.of(training, assembly, context.team())) {
      return explaining(run, stop);
    }
  }

  /** Explains a failure while the graph is still open. */
  private Ending explaining(OpenRun run, BooleanSupplier stop) {
    try {
      run.requireMemory(assembly, recipe.batch());
      return train(run.training(), run.session(), stop);
    } catch (RuntimeException e) {
      throw assembly.hardware().explained(e, run.training().graph());
    }
  }

  private Ending train(TrainingGraph training, Session session, BooleanSupplier stop) {
    Optional<Checkpoint> last =
        new Restoration(checkpoints, recipe.seed()).into(newest, training, session);
    if (last.isEmpty() && from.isPresent()) {
      from.get().into(training, session);
      saveFirst(training, session);
    }
    context.team().ifPresent(team -> team.share(training, session));
    rollCall(training, session);
    training.samples().load(session);
    describe(data, last);
    Ending ending = train(training, session, last, stop);
    rollCall(training, session);
    return ending;
  }

  /** All workers have the same weights at the beginning and at the end. */
  private void rollCall(TrainingGraph training, Session session) {
    context.team().ifPresent(team -> new RollCall(team).weights(training, session));
  }

  /**
   * Saves the initial weights, so that a run killed before its first checkpoint starts again from
   * the same weights.
   */
  private void saveFirst(TrainingGraph training, Session session) {
    String weights = training.fingerprint().of(session).sha256();
    checkpoints.save(session, Manifest.of(0, 0, recipe.seed(), weights, data.contentHash(), null));
  }

  private Ending train(
      TrainingGraph training, Session session, Optional<Checkpoint> last, BooleanSupplier stop) {
    try (Recorders recorders = new Recorders(folder, last, display::note)) {
      int images = recipe.batch() * recipe.drawsPerStep();
      var loop =
          new TrainingLoop(
              training,
              session,
              images,
              pace(),
              listeners(training, session, recorders, penalty(last, recorders)));
      context.team().ifPresent(loop::with);
      return run(loop, recorders, stop);
    }
  }

  private StepsPerCall pace() {
    return context.team().isPresent()
        ? assembly.hardware().paceOfSeveral()
        : assembly.hardware().pace();
  }

  /** Runs the loop. A divergence is also reported as an alarm, even if meters are off. */
  private Ending run(TrainingLoop loop, Recorders recorders, BooleanSupplier stop) {
    try {
      return loop.run(
          recipe.steps(),
          () -> stop.getAsBoolean() ? Optional.of(Ending.INTERRUPTED) : Optional.empty());
    } catch (DivergenceException e) {
      recorders.alarm(e.step(), e.alarm());
      throw e;
    }
  }

  /**
   * Creates the listeners in calling order. Checkpoints come after the loggers, because they store
   * the loggers' state. Scoring follows, because it reads checkpoints.
   */
  private List<TrainingListener> listeners(
      TrainingGraph training, Session session, Recorders recorders, LastPenalty penalty) {
    var identity = new CheckpointListener.Identity(recipe.seed(), data.contentHash(), penalty);
    boolean logOdds = assembly.logitIsLogOdds();
    meters =
        training
            .probe()
            .map(
                probe ->
                    new MetersListener(
                        new MetersListener.Instruments(
                            () -> probe.read(session), recorders, display),
                        new Alarms(logOdds),
                        watch,
                        recipe.meters().steps()));
    List<TrainingListener> listeners = new ArrayList<>(context.listeners());
    listeners.add(summary);
    listeners.add(penalty);
    listeners.add(new ProgressListener(display, recipe.steps(), recipe.pretraining().steps()));
    listeners.add(new ScalarsListener(recorders, recipe.log().steps(), logOdds, penalty));
    meters.ifPresent(listeners::add);
    listeners.add(
        new SamplesListener(
            new Preview(data, assembly.previews(data).columns(), training, session)::draw,
            recorders,
            recipe.samples().steps()));
    var written =
        new CheckpointListener(training, session, checkpoints, recipe.checkpoint(), identity);
    listeners.add(written);
    if (recipe.evaluation().isOn()) {
      listeners.add(scoring(recorders, written));
    }
    return listeners;
  }

  /**
   * Returns the last penalty. A checkpoint of version 0.1.0 does not store it; the last logged
   * value is used instead.
   */
  private LastPenalty penalty(Optional<Checkpoint> last, Recorders recorders) {
    Optional<Double> kept = last.map(checkpoint -> checkpoint.manifest().penalty());
    boolean read = kept.isEmpty() && last.isPresent() && recipe.penalty().every() > 1;
    return new LastPenalty(kept.orElse(read ? recorders.lastBefore("d_penalty") : 0.0));
  }

  /**
   * Creates the scoring listener. Call it after the training session was opened, whose options set
   * the thread counts of the process.
   */
  private ScoringListener scoring(Recorders recorders, CheckpointListener written) {
    CheckpointScorer scorer = CheckpointScorer.open(recipe, assembly, data);
    return new ScoringListener(
        recipe.evaluation(),
        scorer,
        checkpoints,
        written,
        new ScoringListener.Output(recorders, display));
  }

  private List<String> alarms() {
    return meters.stream().flatMap(m -> m.sounded().stream()).map(Alarm::label).toList();
  }

  Outcome outcome(Ending ending, double seconds) {
    Manifest written = checkpoints.latest().orElseThrow().manifest();
    return new Outcome(
        folder.root().toString(),
        ending,
        written.step(),
        written.kimg(),
        summary.timing(seconds),
        summary.discriminatorLoss(),
        summary.generatorLoss(),
        alarms(),
        written.weightsSha256());
  }

  private void describe(TaskData data, Optional<Checkpoint> last) {
    byte[] yaml = RecipeReader.yaml(recipe).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(folder.recipe(), yaml);
    OwnPartsFile.write(folder, assembly.own());
    new TeamRecord(folder).write(context.team());
    AtomicFiles.write(
        folder.description(),
        RunDescription.of(recipe, assembly.hardware().device(), data, last).json());
  }
}
