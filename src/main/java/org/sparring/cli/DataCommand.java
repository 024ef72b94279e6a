package org.sparring.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.DownloadDisplay;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.data.PublishedDataset;
import org.sparring.datasets.DataFetch;
import org.sparring.errors.EditDistance;
import org.sparring.errors.RecipeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about data sets. */
@Command(
    name = "data",
    description = "Fetch and check data sets.",
    subcommands = {DataCommand.Fetch.class, DataCheckCommand.class})
public final class DataCommand implements Callable<Integer> {
  @SuppressWarnings("unused") // picocli sets its options
  @Mixin
  private StandardOptions standard;

  public static void main(String[] arguments) {
    Shell.exit(new DataCommand(), arguments);
  }

  @Override
  public Integer call() {
    throw new RecipeException(
        "data: expected a command, found none\n"
            + "Try: ./sparring data fetch mnist --to data/mnist");
  }

  /** Downloads a data set from its official addresses. */
  @Command(
      name = "fetch",
      description = "Download a data set: checksums are verified, a broken download is resumed.")
  static final class Fetch implements Callable<Integer> {
    @Mixin private StandardOptions standard;

    @Parameters(
        paramLabel = "NAME",
        description = "mnist, fashion-mnist, kmnist, emnist, cifar10 or cifar100")
    private String name;

    @Option(
        names = "--to",
        paramLabel = "DIR",
        required = true,
        description = "folder to download into")
    private Path to;

    @Override
    public Integer call() {
      PublishedDataset dataset = dataset(name);
      List<Path> files = new DataFetch().fetch(dataset, to, new DownloadDisplay(standard.err()));
      standard.out().println(files.size() + " files are in " + to);
      standard.out().println("train on it: ./sparring train --data " + dataset.kind() + ":" + to);
      return 0;
    }

    private static PublishedDataset dataset(String name) {
      List<String> kinds =
          Arrays.stream(PublishedDataset.values()).map(PublishedDataset::kind).toList();
      return Arrays.stream(PublishedDataset.values())
          .filter(d -> d.kind().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new RecipeException(
                      "data fetch: expected one of "
                          + String.join(", ", kinds)
                          + ", found '"
                          + name
                          + "'; did you mean '"
                          + EditDistance.nearest(name, kinds)
                          + "'?"));
    }
  }
}
