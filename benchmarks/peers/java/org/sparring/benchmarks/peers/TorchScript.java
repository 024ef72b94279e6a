package org.sparring.benchmarks.peers;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * By PyTorch's own operation, in a TorchScript module without parameters: the way past an operation
 * that DJL lacks. The module's archive is written here, so that nothing binary need be shipped.
 */
final class TorchScript implements TransposedConvolution {
  private static final String NAME = "transposed";
  private static final String CODE =
      """
      class Transposed(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self: __torch__.Transposed,
          x: Tensor,
          kernel: Tensor) -> Tensor:
          return torch.conv_transpose2d(x, kernel, None, [2, 2], [1, 1])
      """;

  /** An instance of the class with {@code training} true, as Python's pickle writes it. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nTransposed\n)\u0081}(X\b\0\0\0training\u0088ub.";

  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final Model model;
  private final Block block;
  private final ParameterStore store;

  TorchScript(NDManager manager) {
    model = Model.newInstance(NAME, "PyTorch");
    block = loaded(model);
    store = new ParameterStore(manager, false);
  }

  @Override
  public NDArray of(NDArray x, NDArray kernel) {
    return block.forward(store, new NDList(x, kernel), true).singletonOrThrow();
  }

  @Override
  public void close() {
    model.close();
  }

  private static Block loaded(Model model) {
    try {
      Path folder = Files.createTempDirectory("sparring-peers");
      Path file = folder.resolve(NAME + ".pt");
      Files.write(file, archive());
      model.load(folder, NAME);
      Files.delete(file);
      Files.delete(folder);
      return model.getBlock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException("PyTorch does not take the module written for it", e);
    }
  }

  static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", OBJECT);
      store(zip, "code/__torch__.py", CODE);
      store(zip, "constants.pkl", NO_CONSTANTS);
      store(zip, "version", "3\n");
    }
    return bytes.toByteArray();
  }

  /** Not compressed: PyTorch wants it so. */
  private static void store(ZipOutputStream zip, String name, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(NAME + "/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    ((OutputStream) zip).write(bytes);
    zip.closeEntry();
  }
}
