package org.sparring.exports;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TensorFlow ops that compute a value and do nothing else: no files, network, code or devices. */
final class KnownOps {
  private static final String OF_MODELS =
      """
      Add AddN AddV2 BiasAdd Cast ClipByValue ConcatV2 Const Conv2D Conv2DBackpropInput DepthToSpace
      EnsureShape Erf ExpandDims Fill FusedBatchNormV3 Greater Identity IsFinite LeakyRelu
      LogicalNot MatMul Mean Mul Ndtri Neg NoOp OneHot Pack Pad PadV2 Placeholder Range
      ReadVariableOp Relu Reshape ResizeNearestNeighbor SelectV2 Shape Size Slice Softmax
      SpaceToDepth StatelessRandomNormal StatelessRandomNormalV2 StatelessRandomUniform
      StatelessRandomUniformInt StatelessRandomUniformV2 Sub Sum Tanh Tile Transpose VarHandleOp
      """;

  private static final String OF_FEATURE_NETWORKS =
      """
      Abs All Any ArgMax AvgPool BatchMatMul BatchMatMulV2 BatchNormWithGlobalNormalization
      BatchToSpaceND BroadcastTo Ceil CheckNumerics Concat ConcatOffset Cumsum DecodeBmp DecodeGif
      DecodeJpeg DecodePng DepthwiseConv2dNative Div DivNoNan Einsum Elu Equal Exp Expm1
      FakeQuantWithMinMaxVars Floor FloorDiv FloorMod FusedBatchNorm FusedBatchNormV2 GatherNd
      GatherV2 GreaterEqual IdentityN IsNan L2Loss LRN Less LessEqual Log Log1p LogSoftmax
      LogicalAnd LogicalOr Max MaxPool MaxPoolV2 Maximum Min Minimum MirrorPad NotEqual OnesLike
      PlaceholderWithDefault Pow Prod RealDiv Reciprocal Relu6 ResizeArea ResizeBicubic
      ResizeBilinear ReverseV2 Round Rsqrt ScatterNd Select Selu Sigmoid Sign SpaceToBatchND Split
      SplitV Sqrt Square SquaredDifference Squeeze StatelessTruncatedNormal StopGradient
      StridedSlice Softplus Softsign Switch Merge TopKV2 Unpack Where ZerosLike
      """;

  static final Set<String> COMPUTING =
      Stream.of(OF_MODELS, OF_FEATURE_NETWORKS)
          .flatMap(names -> Stream.of(names.strip().split("\\s+")))
          .collect(Collectors.toUnmodifiableSet());

  private KnownOps() {}
}
