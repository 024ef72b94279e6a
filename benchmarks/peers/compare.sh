#!/usr/bin/env bash
# Compares Sparring's training step with other libraries', in alternating runs; prints ratios.
#   benchmarks/peers/compare.sh [--rounds N] [--steps N] [--warm-up N] [--net dcgan-32|dcgan-64]
#                               [--engines A,B,…] [--out FOLDER]
# Needs JDK 17, Maven, Python 3.10 to 3.12, g++ (torch.compile) and a quiet machine. The other libraries
# come from Maven Central, 500 MB, and from PyPI, 4 GB below target/python; PIP_EXTRA_INDEX_URL may name
# PyTorch's index of builds for CPUs, which are smaller.
#   SPARRING_PEERS_PYTHON=…   a Python that has PyTorch and TensorFlow already
set -euo pipefail

refuse() { printf 'compare.sh: %s\n' "$*" >&2; exit 1; }

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd -P "$here/../.." && pwd)
[ "$(uname -sm)" = "Linux x86_64" ] \
  || refuse "needs Linux on x86-64, which the other libraries' natives are of; found $(uname -sm)."
command -v mvn > /dev/null || refuse "needs Maven, found none. Install it: apt-get install maven"

extension=-avx2
grep -q avx512f /proc/cpuinfo && extension=-avx512

mvn -B -q -ntp -f "$home/pom.xml" -Djacoco.skip=true -DskipTests test-compile \
  dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/classpath-test.txt
mvn -B -q -ntp -f "$here/pom.xml" -Dnd4j.extension=$extension compile \
  dependency:build-classpath -Dmdep.outputFile=target/classpath.txt

# Python's engines are in no plan that leaves them out
pytorch=torch==2.15.0
tensorflow=tensorflow-cpu==2.18.1
python=${SPARRING_PEERS_PYTHON:-$here/target/python/bin/python}
engines=
for ((i = 1; i < $#; i++)); do
  [ "${!i}" != --engines ] || { next=$((i + 1)); engines=${!next:-}; }
done
case ${engines:-pytorch-tensorflow-} in
  *pytorch-* | *tensorflow-*)
    if ! "$python" -c 'import torch, keras, tensorflow' 2> /dev/null; then
      [ -z "${SPARRING_PEERS_PYTHON:-}" ] || refuse "found no PyTorch and TensorFlow in $python."
      python3 -m venv "$here/target/python" || refuse 'needs python3 with venv: apt-get install python3-venv'
      "$python" -m pip install --quiet "$pytorch" "$tensorflow" 'keras<3.16'
    fi
    ;;
esac

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -Dsparring.classpath="$home/target/test-classes:$home/target/classes:$(< "$home/target/classpath-test.txt")" \
  -Dnd4j.extension=$extension -Dsparring.python="$python" -Dsparring.peers="$here" \
  -cp "$here/target/classes:$(< "$here/target/classpath.txt")" \
  org.sparring.benchmarks.peers.PeerComparison "$@"
