#!/usr/bin/env bash
# Compares Sparring's training step with other JVM libraries', in alternating runs; prints ratios.
#   benchmarks/peers/compare.sh [--rounds N] [--steps N] [--warm-up N] [--net dcgan-32|dcgan-64]
#                               [--engines A,B,…] [--out FOLDER]
# Needs JDK 17, Maven and a quiet machine; the other libraries come from Maven Central, 500 MB.
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

exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -Dsparring.classpath="$home/target/test-classes:$home/target/classes:$(< "$home/target/classpath-test.txt")" \
  -Dnd4j.extension=$extension \
  -cp "$here/target/classes:$(< "$here/target/classpath.txt")" \
  org.sparring.benchmarks.peers.PeerComparison "$@"
