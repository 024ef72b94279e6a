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
import org.sparring.recipes.DataKeys.Residence;
import org.sparring.recipes.Recipe;
import org.sparring.tasks.Task;

/** Where a recipe lets the images live. */
class DataResidenceTest {
  /** 16 MiB an image: 64 of them are the limit. */
  private static final ImageGeometry LARGE = new ImageGeometry(2048, 2048, 4);

  @Test
  void autoStreamsFilesThatExceedOneGibibyteAndNoOthers() {
    assertInstanceOf(ResidentSamples.class, samples(Residence.AUTO, new Announced(64, true)));
    assertInstanceOf(StreamedSamples.class, samples(Residence.AUTO, new Announced(65, true)));
    assertInstanceOf(ResidentSamples.class, samples(Residence.AUTO, new Announced(65, false)));
  }

  @Test
  void streamAndDeviceAreObeyed() {
    assertInstanceOf(StreamedSamples.class, samples(Residence.STREAM, new Announced(1, true)));
    assertInstanceOf(ResidentSamples.class, samples(Residence.DEVICE, new Announced(65, true)));
  }

  @Test
  void whatIsNotMadeOfFilesCanBeStreamedToo() {
    assertInstanceOf(
        StreamedSamples.class, samples(Residence.STREAM, new GlyphSource(3, 32, 1, 1)));
  }

  @SuppressWarnings("try") // the graph is only closed
  private static RealSamples samples(Residence residence, ImageSource source) {
    Recipe recipe =
        Recipe.DEFAULT.toBuilder()
            .data(d -> d.withSource("folder:unread").withSide(0).withChannels(0))
            .data(d -> d.withResidence(residence))
            .net(n -> n.withWidth(1).withLatent(3))
            .batch(2)
            .samples(s -> s.withSteps(1).withCount(1))
            .meters(m -> m.withSteps(0))
            .build();
    var training = new Assembly(recipe).graph(source);
    try (var graph = training.graph()) {
      return training.samples().byName().get(Task.DATA);
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
