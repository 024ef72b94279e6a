package org.sparring.assembly;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparring.data.Field;
import org.sparring.errors.RecipeException;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.layers.Pass;
import org.sparring.nets.PictureForm;
import org.sparring.recipes.PerceptualKeys;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TaskKeys;
import org.sparring.recipes.TaskKeys.TaskKind;
import org.sparring.recipes.TranslatorKeys;
import org.sparring.tasks.Task;
import org.sparring.translation.Adversary;
import org.sparring.translation.Direction;
import org.sparring.translation.PairedTask;
import org.sparring.translation.Perceptual;
import org.sparring.translation.RestoreTask;
import org.sparring.translation.UnpairedTask;
import org.sparring.translators.PatchDiscriminator.Norm;
import org.sparring.translators.ResNetTranslator;
import org.sparring.translators.Rrdb;
import org.sparring.translators.SrResNet;
import org.sparring.translators.Translator;
import org.sparring.translators.UNet;
import org.tensorflow.ndarray.Shape;

/** Makes a recipe's task from images to images. */
record Translations(Recipe recipe, Hardware hardware) {
  private static final int AXES = 3;
  private static final String KEY = "perceptual.features";

  /**
   * @param whole shape of a real image, before it is cropped
   */
  Task of(Shape whole) {
    RecipeException.require(
        whole.numDimensions() == AXES,
        "task.kind "
            + recipe.task().kind().label()
            + ": expected images, found "
            + recipe.data().source());
    TaskKeys task = recipe.task();
    Shape sample = cropped(whole);
    int channels = Math.toIntExact(sample.get(2));
    Translator translator = translator(channels);
    requireSize(translator, sample);
    requireSize(translator, whole);
    return switch (task.kind()) {
      case PAIRED ->
          new PairedTask(
              translator, channels, directions(), adversary(), task.pixel(), arithmetic());
      case UNPAIRED ->
          new UnpairedTask(
              translator,
              sample,
              adversary(),
              new UnpairedTask.Terms(task.cycle(), task.identity()),
              task.pool(),
              arithmetic());
      case RESTORE ->
          new RestoreTask(
              translator,
              channels,
              adversary(),
              task.pixel(),
              perceptual(),
              recipe.pretraining().steps(),
              arithmetic());
      case SAMPLE -> throw new IllegalStateException("a pair is no translation");
    };
  }

  private Optional<Perceptual> perceptual() {
    PerceptualKeys keys = recipe.perceptual();
    return keys.isOn()
        ? Optional.of(
            new Perceptual(
                keys.weight(), () -> FeatureNetworks.frozen(keys.features(), KEY)::features))
        : Optional.empty();
  }

  /**
   * Refuses images that one network cannot take.
   *
   * @param data of the task's sources
   */
  void requireImages(TaskData data) {
    String a = Direction.A_TO_B.from();
    String b = Direction.A_TO_B.to();
    if (recipe.task().kind() == TaskKind.UNPAIRED) {
      requireEqual(data.get(a).sample(), data.get(b).sample());
    } else if (recipe.task().kind() == TaskKind.PAIRED) {
      requireEqual(data.first().field(a), data.first().field(b));
    }
  }

  private static void requireEqual(Field a, Field b) {
    RecipeException.require(
        a.shape().equals(b.shape()),
        "expected images a and b of one size, and as many channels, found "
            + a.shape()
            + " and "
            + b.shape());
  }

  private Shape cropped(Shape whole) {
    int crop = recipe.data().crop();
    return crop == 0 ? whole : Shape.of(crop, crop, whole.get(2));
  }

  private Translator translator(int channels) {
    TranslatorKeys keys = recipe.translator();
    int width = keys.width();
    TaskKeys task = recipe.task();
    int scale = task.kind() == TaskKind.RESTORE ? task.scale() : 1;
    return switch (keys.kind()) {
      case UNET -> new UNet(channels, width, keys.depth(), keys.dropout());
      case RESNET -> new ResNetTranslator(channels, width, keys.depth());
      case SRRESNET -> new SrResNet(channels, width, keys.depth(), scale);
      case RRDB -> new Rrdb(channels, width, keys.growth(), keys.depth(), scale);
    };
  }

  /** Images that are trained on are not padded, and patches are halved without a rest. */
  private void requireSize(Translator translator, Shape sample) {
    PictureForm form = translator.form();
    int patches = 1 << recipe.translator().patchHalvings();
    int multiple = Math.max(Math.max(form.multiple(), form.scale()), patches);
    RecipeException.require(
        sample.get(0) % multiple == 0 && sample.get(1) % multiple == 0,
        "data.side and data.crop: expected multiples of "
            + multiple
            + " for translator.kind "
            + recipe.translator().kind().label()
            + " and translator.patch_halvings "
            + recipe.translator().patchHalvings()
            + ", found images of "
            + sample.get(0)
            + "×"
            + sample.get(1));
  }

  private List<Direction> directions() {
    return switch (recipe.task().direction()) {
      case BOTH -> List.of(Direction.values());
      case A_TO_B -> List.of(Direction.A_TO_B);
      case B_TO_A -> List.of(Direction.B_TO_A);
    };
  }

  private Adversary adversary() {
    TranslatorKeys keys = recipe.translator();
    Norm norm =
        switch (keys.patchNorm()) {
          case BATCH -> Norm.BATCH;
          case INSTANCE -> Norm.INSTANCE;
          case SPECTRAL -> Norm.SPECTRAL;
          case NONE -> Norm.NONE;
        };
    return new Adversary(
        keys.patchWidth(),
        keys.patchHalvings(),
        norm,
        Objectives.loss(recipe.loss()),
        recipe.task().adversarial());
  }

  private UnaryOperator<Pass> arithmetic() {
    UnaryOperator<Pass> precise =
        switch (recipe.device().precision()) {
          case AUTO, FLOAT32, TF32 -> pass -> pass;
          case MIXED_BFLOAT16 -> pass -> pass.mixed(hardware.bfloat16());
        };
    return hardware.isGpu() ? pass -> precise.apply(pass).plain() : precise;
  }
}
