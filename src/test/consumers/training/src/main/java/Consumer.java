import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/** Lists the recipes, trains one for three steps and writes one image. */
public final class Consumer {
  public static void main(String[] arguments) throws Exception {
    Recipes.names().forEach(System.out::println);
    Recipe recipe =
        Recipes.load("dcgan-glyphs").set("steps=3").set("net.width=4").set("batch=8").recipe();
    RunFolder folder = new RunFolder(Path.of(arguments[1], "run"));
    new Experiment(recipe, folder).train();
    try (GeneratorModel model = GeneratorModel.load(folder.savedModel())) {
      ImageIO.write(model.sample(7, 1).image(0), "png", new File(arguments[1], "image.png"));
    }
  }
}
