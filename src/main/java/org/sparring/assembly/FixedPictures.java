package org.sparring.assembly;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.FieldValues;
import org.sparring.tasks.FixedSamples;
import org.sparring.tasks.FixedSamples.Values;
import org.sparring.tasks.Task;
import org.tensorflow.ndarray.Shape;

/** Chooses the fixed images on which a run from images to images is shown and measured. */
final class FixedPictures {
  private FixedPictures() {}

  /**
   * Held-out images, or images of the training data where none are held out.
   *
   * @param count at most, of each source
   */
  static FixedSamples of(TaskData data, Task task, int count) {
    Map<String, Map<String, Values>> sources = new LinkedHashMap<>();
    for (String source : task.sources()) {
      Dataset all = data.get(source);
      Dataset from = all.heldOut().<Dataset>map(d -> d).filter(d -> d.size() > 0).orElse(all);
      int samples = Math.min(count, from.size());
      Map<String, Values> fields = new LinkedHashMap<>();
      for (Field field : fields(from, task.fields(source))) {
        fields.put(field.name(), values(from, field, samples));
      }
      sources.put(source, fields);
    }
    return new FixedSamples(sources);
  }

  private static List<Field> fields(Dataset dataset, List<String> others) {
    List<Field> fields = new ArrayList<>(List.of(dataset.sample()));
    others.forEach(name -> fields.add(dataset.field(name)));
    return fields;
  }

  private static Values values(Dataset dataset, Field field, int count) {
    long[] axes = field.shape().stream().mapToLong(Integer::longValue).toArray();
    Shape shape = Shape.of(count).append(Shape.of(axes));
    return new Values(shape, new FieldValues(dataset, field).spread(count));
  }
}
