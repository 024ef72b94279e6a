#!/usr/bin/env bash
# Builds the stand-in for NVIDIA's driver and CUDA's libraries: one library under all their names.
#   build.sh NATIVES FOLDER
# NATIVES holds TensorFlow's GPU libraries, whose texts name the functions that they look for. Needs gcc, nm.
set -euo pipefail
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
natives=$1
out=$2
mkdir -p "$out"
gcc -std=gnu11 -D_GNU_SOURCE -O1 -w -fPIC -fno-builtin -c -o "$out/standin.o" "$here/standin.c"
LC_ALL=C grep --text --null-data --only-matching --no-filename -xE \
  '(__cuda[A-Z]|cu[A-Z]|cuda[A-Z]|cudnn|cublas|cufft|cusolver|cusparse)[A-Za-z0-9_]*' "$natives"/*.so.2 \
  | tr '\0' '\n' | sort -u > "$out/asked.txt"
nm --defined-only "$out/standin.o" | awk '$2 == "T" { print $3 }' | sort -u > "$out/made.txt"
comm -23 "$out/asked.txt" "$out/made.txt" | awk '
  BEGIN { print "void standin_call(const char *);" }
  { counted = /^cudnn(Convolution|BatchNormalization)|^cublas.*([Gg]emm|Matmul$)/ ? "standin_call(\"" $1 "\"); " : "" }
  { print "long " $1 "(void) { " counted "return 0; }" }' > "$out/others.c"
gcc -w -fPIC -fno-builtin -shared -o "$out/libstandin.so" "$out/standin.o" "$out/others.c" -lpthread
for name in cuda.so.1 cudart.so.12 cublas.so.12 cublasLt.so.12 cufft.so.11 cusolver.so.11 cusparse.so.12 cudnn.so.9; do
  ln -sf libstandin.so "$out/lib$name"
done
