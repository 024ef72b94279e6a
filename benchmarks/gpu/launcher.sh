#!/usr/bin/env bash
# Starts Sparring from an unpacked bundle, which needs no JDK and no network.
#   ./sparring doctor
#   ./sparring train --run runs/glyphs
# SPARRING_JAVA_OPTS goes to java, as in SPARRING_JAVA_OPTS=-Xmx8g.
set -euo pipefail
home=$(cd -P "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
# Java takes the charset of file names from the locale, which may be none.
case $(locale charmap 2> /dev/null) in
  '' | ASCII | US-ASCII | ANSI_X3.4-1968 | 646)
    if [ -n "${LC_ALL:-}" ]; then name=LC_ALL; else name=LC_CTYPE; fi
    { export "$name=C.UTF-8"; } 2> /dev/null
    ;;
esac
export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-3}
if [ -d "$home/cuda" ]; then
  export LD_LIBRARY_PATH=$home/cuda${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
if [ -d "$home/toolkit" ]; then
  # libdevice, for kernels that are compiled when they first run, and CUDA 12's runtime where there is no other
  export CUDA_HOME=${CUDA_HOME:-$home/toolkit} LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$home/toolkit
fi
# Unquoted on purpose: the variable holds several options.
# shellcheck disable=SC2086
exec "$home/runtime/bin/java" -XX:-UsePerfData -Xshare:auto "-Dsparring.home=$home" \
  -Dsparring.quiet=true -Dlog4j2.configurationFile=classpath:org/sparring/cli/log4j2.xml \
  -Dorg.bytedeco.javacpp.platform.extension=-gpu ${SPARRING_JAVA_OPTS:-} \
  -cp "$home/natives:$home/lib/*" org.sparring.cli.Main "$@"
