#!/usr/bin/env bash
# Compares calls of exported generators with ONNX Runtime for Java on the same models; prints ratios.
#   benchmarks/peers/inference.sh [--rounds N] [NET…]
#     NET   dcgan-mnist (default), dcgan-32 or dcgan-64: the sizes of the shipped model, and width 64
# Needs Linux on x86-64, JDK 17, Maven, Python 3.10 to 3.12 and a quiet machine. ONNX Runtime comes from
# Maven Central, 100 MB; the converter from PyPI, by .ci/interop.
#   SPARRING_PYTHON=…   a Python that has TensorFlow and tf2onnx already
set -euo pipefail

refuse() { printf 'inference.sh: %s\n' "$*" >&2; exit 1; }

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd -P "$here/../.." && pwd)
rounds=7
if [ "${1:-}" = --rounds ]; then
  [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || refuse "--rounds: expected a number, found '${2:-}'"
  rounds=$2
  shift 2
fi
[ $# -gt 0 ] || set -- dcgan-mnist

python=${SPARRING_PYTHON:-$("$home/.ci/interop")}
[ -n "$python" ] || refuse 'found no Python with tf2onnx.'
mvn -B -q -ntp -f "$home/pom.xml" -Djacoco.skip=true -DskipTests test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/classpath-test.txt
mvn -B -q -ntp -f "$here/pom.xml" compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
ours=$home/target/test-classes:$home/target/classes:$(< "$home/target/classpath-test.txt")
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

for net in "$@"; do
  case $net in
    dcgan-mnist) sizes=(32 1 48) ;;
    dcgan-32) sizes=(32 3 64) ;;
    dcgan-64) sizes=(64 3 64) ;;
    *) refuse "expected dcgan-mnist, dcgan-32 or dcgan-64, found '$net'" ;;
  esac
  models=$here/target/inference/$net
  rm -rf "$models"
  "$java" -cp "$ours" org.sparring.benchmarks.calls.ExportedNets "$models" "${sizes[@]}" 2> /dev/null
  for form in folded separate; do
    "$python" -m tf2onnx.convert --saved-model "$models/$form" --signature_def serving_default \
      --output "$models/$form.onnx" > "$models/$form.log" 2>&1 || refuse "see $models/$form.log"
  done
  "$java" -Dsparring.classpath="$ours" -cp "$here/target/classes:$(< "$here/target/classpath.txt")" \
    org.sparring.benchmarks.peers.InferenceComparison "$models" "$rounds"
done
