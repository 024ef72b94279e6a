#!/usr/bin/env bash
# Makes a bundle for a machine with an NVIDIA GPU and without a network: a Java runtime, the jars, the GPU's
# natives without their symbols, the suite; in parts of at most 48 MiB, with checksums and unpack.sh.
#   benchmarks/gpu/pack.sh [--cuda] [--lean ARCHITECTURE] [--out FOLDER] [--part-mib N]
# --cuda adds CUDA's and cuDNN's libraries, for a machine that has the driver alone.
# --lean leaves out the models, and GPU code that is not for this architecture, such as 90 for an H200.
# Needs Linux on x86-64, JDK 17, Maven, Python with pip, strip, xz, unzip. JAVA_HOME's runtime is the one that is
# packed: it runs where the C library is at least as new as it wants. SPARRING_PACK_XZ replaces xz's options,
# -4 --threads=0.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd -P "$here/../.." && pwd)
say() { printf 'pack.sh: %s\n' "$*" >&2; }
refuse() { say "$@"; exit 1; }

cuda=
lean=
out=$home/target/gpu-bundle
part_mib=48
while [ $# -gt 0 ]; do
  case $1 in
    --cuda) cuda=yes; shift ;;
    --lean) [ $# -ge 2 ] || refuse "--lean wants an architecture."; lean=$2; shift 2 ;;
    --out) [ $# -ge 2 ] || refuse "--out wants a folder."; out=$2; shift 2 ;;
    --part-mib) [ $# -ge 2 ] || refuse "--part-mib wants a number."; part_mib=$2; shift 2 ;;
    --help | -h) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit ;;
    *) refuse "unknown option $1; --help tells the ones there are." ;;
  esac
done
[[ $part_mib =~ ^([1-9]|[1-3][0-9]|4[0-8])$ ]] || refuse "--part-mib: expected 1 to 48, found '$part_mib'."
[[ $lean =~ ^(|60|70|80|89|90)$ ]] || refuse "--lean: expected 60, 70, 80, 89 or 90, found '$lean'."
[ "$(uname -sm)" = "Linux x86_64" ] || refuse "needs Linux on x86-64, found $(uname -sm)."
for tool in mvn python3 strip xz unzip split sha256sum; do
  command -v $tool > /dev/null || refuse "needs $tool, found none."
done
python3 -m pip --version > /dev/null 2>&1 || refuse "needs pip for python3, found none."
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
command -v "$jlink" > /dev/null || refuse "needs a JDK with jlink, found none."

mkdir -p "$out"
out=$(cd -P "$out" && pwd)
stage=$(mktemp -d "$out/.stage.XXXXXX")
trap 'rm -rf "$stage"' EXIT
bundle=$stage/sparring-gpu
# of an earlier bundle, which may have had more
rm -f "$out"/{sparring-gpu,cuda}.tar.xz.[0-9][0-9][0-9] "$out/SHA256SUMS" "$out/unpack.sh"
mkdir -p "$bundle/lib" "$bundle/benchmarks/peers"

maven() { mvn -B -q -ntp -f "$home/pom.xml" "$@"; }
# without the colours that Maven ends with
property() { maven help:evaluate -Dexpression="$1" -DforceStdout | sed 's/\x1b\[[0-9;]*m//g'; }
fetch() { # ARTIFACT FOLDER
  maven dependency:copy -Dartifact="$1" -DoutputDirectory="$2" -Dmdep.overWriteReleases=false
}

say "jars…"
rm -f "$home"/target/sparring-*.jar
maven -Djacoco.skip=true -DskipTests -Dspotless.check.skip=true package \
  dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$bundle/lib"
rm -f "$bundle"/lib/tensorflow-core-native-*-*.jar "$bundle"/lib/cuda-*-redist.jar
cp "$home"/target/sparring-*.jar "$bundle/lib/"
(cd "$home/target/test-classes" && "${jlink%jlink}jar" --create --file "$bundle/lib/sparring-tests.jar" .)
junit=$(property junit.version)
fetch "org.junit.platform:junit-platform-console-standalone:1.${junit#5.}" "$bundle/lib"

say "natives…"
tensorflow=$(property tensorflow.version)
fetch "org.tensorflow:tensorflow-core-native:$tensorflow:jar:linux-x86_64-gpu" "$stage"
unzip -q "$stage/tensorflow-core-native-$tensorflow-linux-x86_64-gpu.jar" 'org/*' -d "$bundle/natives"
rm "$stage/tensorflow-core-native-$tensorflow-linux-x86_64-gpu.jar"
find "$bundle/natives" -name '*.so*' -exec strip --strip-unneeded {} +
[ -z "$lean" ] || find "$bundle/natives" -name '*.so*' -exec python3 "$here/thin.py" "$lean" {} + >&2

say "CUDA 12's runtime and libdevice…"
# small, and not on a machine whose CUDA is 13 or that has the driver alone
mkdir -p "$stage/wheels" "$bundle/toolkit/nvvm/libdevice"
python3 -m pip download --quiet --no-deps --only-binary :all: --dest "$stage/wheels" \
  nvidia-cuda-runtime-cu12==12.5.82 nvidia-cuda-nvcc-cu12==12.5.82 \
  || refuse "pip could not download them, for the reason above."
unzip -q -j "$stage"/wheels/nvidia_cuda_runtime*.whl '*/libcudart.so.12' -d "$bundle/toolkit"
unzip -q -j "$stage"/wheels/nvidia_cuda_nvcc*.whl '*/libdevice.10.bc' -d "$bundle/toolkit/nvvm/libdevice"
unzip -q -j "$stage"/wheels/nvidia_cuda_nvcc*.whl '*/License.txt' -d "$bundle/toolkit"
rm -r "$stage/wheels"

say "runtime…"
# what Sparring, TensorFlow, JUnit and JMH use of Java
"$jlink" --output "$bundle/runtime" --strip-debug --no-man-pages --no-header-files --compress=0 --add-modules \
  java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs

say "the rest…"
[ -n "$lean" ] || cp -r "$home/models" "$bundle/models"
cp -r "$here" "$bundle/benchmarks/gpu"
list=$home/src/main/resources/org/sparring/natives/cuda-libraries.txt
cp "$list" "$bundle/benchmarks/gpu/"
cp "$home/benchmarks/peers/"{pytorch_dcgan,measuring}.py "$bundle/benchmarks/peers/"
cp "$home/README.md" "$home/LICENSE" "$bundle/"
install -m 755 "$here/launcher.sh" "$bundle/sparring"

pack() { # NAME MEMBER…: an archive of what lies in the stage, in parts
  local name=$1
  shift
  say "compressing $name…"
  # unquoted on purpose: the variable holds several options
  # shellcheck disable=SC2086
  tar --create --directory "$stage" --owner=0 --group=0 "$@" | xz ${SPARRING_PACK_XZ:--4 --threads=0} |
    split --bytes="${part_mib}M" --numeric-suffixes --suffix-length=3 - "$out/$name.tar.xz."
}
pack sparring-gpu sparring-gpu

if [ -n "$cuda" ]; then
  say "CUDA's libraries, a download of 2 GB the first time…"
  version=$(property cuda.version)
  fetch "org.bytedeco:cuda:$version:jar:linux-x86_64-redist" "$stage"
  libraries=$(sed -n 's/^\(lib[^ ]*\).*/org\/bytedeco\/cuda\/linux-x86_64\/\1/p' "$list")
  mkdir -p "$bundle/cuda"
  # unquoted on purpose: a name a library
  # shellcheck disable=SC2086
  unzip -q -j "$stage/cuda-$version-linux-x86_64-redist.jar" $libraries -d "$bundle/cuda"
  rm "$stage/cuda-$version-linux-x86_64-redist.jar"
  pack cuda sparring-gpu/cuda
fi

cp "$here/unpack.sh" "$out/"
cd "$out"
names=(sparring-gpu.tar.xz.[0-9][0-9][0-9])
[ -z "$cuda" ] || names+=(cuda.tar.xz.[0-9][0-9][0-9])
sha256sum "${names[@]}" > SHA256SUMS
say "${#names[@]} parts, $(du -shc "${names[@]}" | tail -n 1 | cut -f 1), in $out"
