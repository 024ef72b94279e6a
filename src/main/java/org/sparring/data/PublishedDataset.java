package org.sparring.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.sparring.errors.Advice;
import org.sparring.errors.DataException;

/** The data sets that can be downloaded: addresses, checksums and labels. */
@SuppressWarnings("ImmutableEnumChecker") // its lists are unmodifiable
public enum PublishedDataset {
  /** 60,000 + 10,000 handwritten digits, 28×28 grey, labels 0–9. */
  MNIST(
      "mnist",
      "MNIST: commonly stated licence CC BY-SA 3.0",
      List.of(
          "https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/"),
      idx(
          "f68b3c2dcbeaaa9fbdd348bbdeb94873",
          "d53e105ee54ea40749a09fcbcd1e9432",
          "9fb629c4189551a2d022fa330f9573f3",
          "ec29112dd5afa0611ce80d1b7f02629c")),
  /** 60,000 + 10,000 pieces of clothing, 28×28 grey, labels 0–9. */
  FASHION_MNIST(
      "fashion-mnist",
      "Fashion-MNIST: MIT (Zalando SE)",
      List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
      idx(
          "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
          "25c81989df183df01b3e8a0aad5dffbe",
          "bef4ecab320f06d8554ea6380940ec79",
          "bb300cfdad3c16e7a12a480ee83cd310")),
  /** 50,000 + 10,000 photographs, 32×32 RGB, labels 0–9. */
  CIFAR10(
      "cifar10",
      "CIFAR-10: no licence is stated by its author",
      List.of("https://www.cs.toronto.edu/~kriz/"),
      List.of(
          new RemoteFile(
              "cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d13530", 170_052_171))),
  /** 50,000 + 10,000 photographs, 32×32 RGB, labels 0–99. */
  CIFAR100(
      "cifar100",
      "CIFAR-100: no licence is stated by its author",
      List.of("https://www.cs.toronto.edu/~kriz/"),
      List.of(
          new RemoteFile(
              "cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8", 168_513_733))),
  /** 60,000 + 10,000 cursive Hiragana, 28×28 grey, labels 0–9. */
  KMNIST(
      "kmnist",
      "KMNIST: CC BY-SA 4.0 (CODH)",
      List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
      idx(
          "bdb82020997e1d708af4cf47b453dcf7",
          "e144d726b3acfaa3e44228e80efcd344",
          "5c965bf0a639b31b8f53240b1b52f4d7",
          "7320c461ea6c1c855c0b718fb2a4b134")),
  /** Handwritten digits and letters in six parts, 28×28 grey, up to 62 classes. */
  EMNIST(
      "emnist",
      "EMNIST: no licence is stated by its authors",
      List.of("https://biometrics.nist.gov/cs_links/EMNIST/"),
      List.of(new RemoteFile("gzip.zip", "58c8d27c78d21e728a6bc7b3cc06412e", 600_000_000)));

  /**
   * One file and its checksum.
   *
   * @param name the file's name, on the server and on disk
   * @param md5 32 lower-case hex digits; guards against damage, not against malice
   * @param mostBytes largest size that is accepted from a server
   */
  public record RemoteFile(String name, String md5, long mostBytes) {
    /** Larger than every file of these data sets. */
    private static final long MOST_BYTES = 2L << 30;

    public RemoteFile(String name, String md5) {
      this(name, md5, MOST_BYTES);
    }

    public RemoteFile {
      if (!md5.matches("[0-9a-f]{32}")) {
        throw DataException.in(name, "an md5 of 32 hex digits", md5, "Correct the checksum.");
      }
    }
  }

  /** The largest of these files has 26.4 MB. */
  private static final long IDX_BYTES = 30_000_000;

  private final String kind;
  private final String licence;
  private final List<URI> mirrors;
  private final List<RemoteFile> files;

  PublishedDataset(String kind, String licence, List<String> mirrors, List<RemoteFile> files) {
    this.kind = kind;
    this.licence = licence;
    this.mirrors = mirrors.stream().map(URI::create).toList();
    this.files = files;
  }

  /** The name in recipes and commands, such as {@code fashion-mnist}. */
  public String kind() {
    return kind;
  }

  /** A note on the licence of its images. */
  public String licence() {
    return licence;
  }

  /** Base addresses, each ending in a slash, best first. */
  public List<URI> mirrors() {
    return mirrors;
  }

  /** The files, relative to a base address. */
  public List<RemoteFile> files() {
    return files;
  }

  /** Advice where files are missing: fetch the data into {@code directory}. */
  public Advice fetch(Path directory) {
    return Advice.fetchData(kind, directory);
  }

  /**
   * Advice where files have the wrong content: it names another folder, because the files may be
   * the user's own.
   */
  public String replacement(Path directory) {
    return "Correct the file, or fetch the data set "
        + (kind + " into another folder, such as " + directory + "-official.");
  }

  private static List<RemoteFile> idx(
      String trainImages, String trainLabels, String testImages, String testLabels) {
    return List.of(
        new RemoteFile("train-images-idx3-ubyte.gz", trainImages, IDX_BYTES),
        new RemoteFile("train-labels-idx1-ubyte.gz", trainLabels, IDX_BYTES),
        new RemoteFile("t10k-images-idx3-ubyte.gz", testImages, IDX_BYTES),
        new RemoteFile("t10k-labels-idx1-ubyte.gz", testLabels, IDX_BYTES));
  }
}
