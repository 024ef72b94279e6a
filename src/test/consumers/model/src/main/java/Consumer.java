import java.io.File;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.sparring.inference.GeneratorModel;

/** Loads a model and writes one image. */
public final class Consumer {
  public static void main(String[] arguments) throws Exception {
    try (GeneratorModel model = GeneratorModel.load(Path.of(arguments[0]))) {
      ImageIO.write(model.sample(7, 1).image(0), "png", new File(arguments[1], "image.png"));
    }
  }
}
