package org.sparring.data;

import java.util.List;
import java.util.Objects;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * Three random digits as the channels of one image, labelled by the number they spell, 100a + 10b +
 * c: data of 1000 modes, nearly equally likely (Metz et al. 2017, arXiv 1611.02163, section 3.3.1;
 * Srivastava et al. 2017, arXiv 1705.07761: 128,000 stacks of all 70,000 digits of MNIST).
 *
 * <p>Stack {@code i} is a function of (digits, seed, i) alone and is put together when it is read:
 * only the digits are held.
 */
public final class StackedDigits implements ImageSource {
  /** VEEGAN's number of stacks. */
  public static final int COUNT = 128_000;

  private static final int CHANNELS = 3;
  private static final int BASE = 10;
  private static final String REMEDY = "Stack the digits of mnist.";

  private final List<ImageSource> parts;
  private final int digits;
  private final int size;
  private final long seed;
  private final ImageGeometry geometry;
  private String contentHash;

  /**
   * @param parts grey digits of one geometry with labels 0–9, drawn from as one set
   * @param size stacks, 1 or more
   * @param seed any
   */
  public StackedDigits(List<ImageSource> parts, int size, long seed) {
    Limits.require(!parts.isEmpty(), "stacked digits", "1 source of digits or more", "none");
    Limits.require(size >= 1, "stacked digits", "1 stack or more", size);
    ImageGeometry grey = parts.get(0).geometry();
    parts.forEach(part -> requireDigits(part, grey));
    this.parts = List.copyOf(parts);
    this.digits = parts.stream().mapToInt(ImageSource::size).sum();
    this.size = size;
    this.seed = seed;
    this.geometry = grey.withChannels(CHANNELS);
  }

  @Override
  public String name() {
    return "stacked digits";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageGeometry geometry() {
    return geometry;
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    Draws draws = new Draws(seed, index);
    byte[] grey = new byte[geometry.bytes() / CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      digit(draws).read(grey);
      for (int p = 0; p < grey.length; p++) {
        into[offset + p * CHANNELS + channel] = grey[p];
      }
    }
  }

  @Override
  public int label(int index) {
    Objects.checkIndex(index, size);
    Draws draws = new Draws(seed, index);
    int label = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      label = BASE * label + digit(draws).label();
    }
    return label;
  }

  /** 1000, even where some classes were not drawn. */
  @Override
  public int classes() {
    return BASE * BASE * BASE;
  }

  /** Hashes the digits, the number of stacks and the seed, which define every stack. */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      ContentHash hash = new ContentHash().text(name()).geometry(geometry).number(size);
      hash.number(seed);
      parts.forEach(part -> hash.text(part.contentHash()));
      contentHash = hash.hex();
    }
    return contentHash;
  }

  private record Digit(ImageSource part, int index) {
    void read(byte[] into) {
      part.read(index, into, 0);
    }

    int label() {
      return part.label(index);
    }
  }

  /** The next digit of a stack. */
  private Digit digit(Draws draws) {
    int index = draws.below(digits);
    for (ImageSource part : parts) {
      if (index < part.size()) {
        return new Digit(part, index);
      }
      index -= part.size();
    }
    throw new AssertionError("drawn below the number of digits");
  }

  private static void requireDigits(ImageSource part, ImageGeometry grey) {
    ImageGeometry found = part.geometry();
    if (found.channels() != 1 || !found.equals(grey)) {
      String expected = "grey digits of " + grey.withChannels(1);
      throw DataException.in(part.name(), expected, found + "", REMEDY);
    }
    for (int i = 0; i < part.size(); i++) {
      int label = part.label(i);
      if (label < 0 || label >= BASE) {
        throw DataException.in(part.name(), "labels from 0 to 9", "" + label, REMEDY);
      }
    }
  }
}
