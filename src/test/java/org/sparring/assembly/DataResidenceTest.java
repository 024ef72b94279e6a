package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparring.batches.RealSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.StreamedSamples;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.Recipe;

/** Where a recipe lets the images live. */
class DataResidenceTest {
  /** 16 MiB an image: 64 of them are the limit. */
  private static final ImageGeometry LARGE = new ImageGeometry(2048, 2048, 4);

  @Test
  void autoStreamsFilesThatExceedOneGibibyteAndNoOthers() {
    assertInstanceOf(ResidentSamples.class, samples("auto", new Announced(64, true)));
    assertInstanceOf(StreamedSamples.class, samples("auto", new Announced(65, true)));
    assertInstanceOf(ResidentSamples.class, samples("auto", new Announced(65, false)));
  }

  @Test
  void streamAndDeviceAreObeyed() {
    assertInstanceOf(StreamedSamples.class, samples("stream", new Announced(1, true)));
    assertInstanceOf(ResidentSamples.class, samples("device", new Announced(65, true)));
  }

  @Test
  void whatIsNotMadeOfFilesCanBeStreamedToo() {
    assertInstanceOf(StreamedSamples.class, samples("stream", new GlyphSource(3, 32, 1, 1)));
  }

  @SuppressWarnings("try") // the graph is only closed
  private static RealSamples samples(String residence, ImageSource source) {
    Recipe d = Recipe.DEFAULT;
    Recipe recipe =
        new Recipe(
            new Recipe.Data("folder:unread", 0, 0, residence, false, 0, false, true),
            new Recipe.Net("dcgan", 1, 0, 2, 3, "normal", "auto", 1),
            d.labels(),
            d.loss(),
            d.penalty(),
            d.augment(),
            d.game(),
            d.optimizer(),
            2,
            d.steps(),
            d.seed(),
            d.ema(),
            d.checkpoint(),
            new Recipe.Samples(1, 1),
            d.log(),
            new Recipe.Meters(0, 64),
            d.evaluation(),
            d.device());
    var training = new Assembly(recipe).graph(source);
    try (var graph = training.graph()) {
      return training.samples();
    }
  }

  /** So many large images that nobody reads. */
  private record Announced(int size, boolean onDisk) implements ImageSource {
    @Override
    public String name() {
      return "announced";
    }

    @Override
    public ImageGeometry geometry() {
      return LARGE;
    }

    @Override
    public void read(int index, byte[] into, int offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int label(int index) {
      return -1;
    }

    @Override
    public String contentHash() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<List<Path>> files() {
      return onDisk
          ? Optional.of(Collections.nCopies(size, Path.of("no-such.png")))
          : Optional.empty();
    }
  }
}
