package org.sparring.inference;

import java.nio.file.Path;
import org.example.OwnImages;
import org.example.PictureMaps;
import org.sparring.recipes.RecipeReader;
import org.sparring.runs.Experiment;

/** An exported model of three functions from pictures to pictures, after two steps. */
public final class PictureModels {
  private PictureModels() {}

  /**
   * @param folder of the run to be made
   * @return the run folder, which holds the SavedModel
   */
  public static Path export(Path folder) {
    RecipeReader recipe = new RecipeReader().set("steps", "2").set("batch", "4");
    Experiment.builder(recipe.recipe())
        .task(new PictureMaps())
        .data("data", new OwnImages())
        .silent()
        .in(folder)
        .train();
    return folder;
  }
}
