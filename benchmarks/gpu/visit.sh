#!/usr/bin/env bash
# Measures an air-gapped GPU machine that takes a limited number of bytes at a time, within fifteen minutes.
# Here, with a network:
#   visit.sh prepare [--out FOLDER] [--limit-mib N]   packs a lean bundle in parts, and prints the plan
#   visit.sh plan [--out FOLDER] [--limit-mib N]      prints the plan again: what to carry, and what to run there
#   visit.sh dry-run [--out FOLDER] [--limit-mib N]   follows the plan on a driver that is not there: no figures
# There, in the working tree:
#   visit.sh receive FOLDER                           stores the parts that the folder has, and describes the machine
#   visit.sh measure [--out FOLDER] [--minutes N] [--python PYTHON] [--cuda-from FOLDER]
#                                                     measures, each section under its own limit, into the folder
# --limit-mib   what a transfer may carry, the working tree included: 64
# --minutes     what all sections together may take: 8
# --python      a Python with PyTorch, whose CUDA libraries are used too: python3
# SPARRING_VISIT is the folder there that keeps the parts between transfers: ~/sparring-visit.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd -P "$here/../.." && pwd)
kept=${SPARRING_VISIT:-$HOME/sparring-visit}
say() { printf 'visit.sh: %s\n' "$*" >&2; }
refuse() { say "$@"; exit 1; }
usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit "$1"; }

[ $# -gt 0 ] || usage 2 >&2
command=$1
shift
case $command in
  --help | -h) usage 0 ;;
  prepare | plan | dry-run) out=$home/target/gpu-visit ;;
  measure) out=gpu-visit ;;
  receive)
    [ $# -eq 1 ] && [ -d "$1" ] || refuse "receive wants the folder with the parts."
    out=$1
    shift
    ;;
  *) say "unknown command $command"; usage 2 >&2 ;;
esac
limit_mib=64
minutes=8
python=python3
cuda_from=
while [ $# -gt 0 ]; do
  case $command,$1 in
    prepare,--limit-mib | plan,--limit-mib | dry-run,--limit-mib) ;;
    measure,--minutes | measure,--python | measure,--cuda-from) ;;
    prepare,--out | plan,--out | dry-run,--out | measure,--out) ;;
    *) say "$command: unknown option $1"; usage 2 >&2 ;;
  esac
  [ $# -ge 2 ] || refuse "$1 wants a value."
  case $1 in
    --out) out=$2 ;;
    --limit-mib) limit_mib=$2 ;;
    --minutes) minutes=$2 ;;
    --python) python=$2 ;;
    --cuda-from) cuda_from=$2 ;;
  esac
  shift 2
done
number() { # OPTION VALUE
  [[ $2 =~ ^[1-9][0-9]{0,3}$ ]] || refuse "$1: expected a whole number of at least 1, found '$2'."
}
number --limit-mib "$limit_mib"
number --minutes "$minutes"

# --- Here: what is carried --------------------------------------------------------------------
# The MiB of the working tree on a disk: what git has, and what it does not ignore.
tree_mib() {
  (cd "$home" && git ls-files --cached --others --exclude-standard -z |
    du --files0-from=- -c -B 1M 2> /dev/null | tail -n 1 | cut -f 1)
}

# A part leaves room for the tree, the checksums and unpack.sh.
part_mib() {
  local tree most
  tree=$(tree_mib)
  most=$((limit_mib - tree - 1))
  [ "$most" -ge 8 ] || refuse "the working tree has $tree MiB of the $limit_mib MiB of a transfer: no room for a part."
  echo $((most < 48 ? most : 48))
}

prepare() {
  SPARRING_PACK_XZ=${SPARRING_PACK_XZ:--1 --threads=0} "$here/pack.sh" --lean 90 --out "$out" --part-mib "$(part_mib)"
  plan
}

parts() { awk '{ print $2 }' "$out/SHA256SUMS"; }

# One line a transfer: what is carried, - for nothing, then what is run there.
transfers() {
  local count number=0 part then folder
  [ -s "$out/SHA256SUMS" ] || refuse "no parts in $out; run visit.sh prepare first."
  count=$(parts | wc -l)
  folder=$(realpath --relative-to="$home" "$out")
  for part in $(parts); do
    number=$((number + 1))
    then=
    [ "$number" -lt "$count" ] || then=" && ~/sparring-visit/unpack.sh --to ~/sparring-visit"
    printf '%s\t%s\n' "$part" "bash benchmarks/gpu/visit.sh receive $folder$then"
  done
  printf -- '-\t%s\n' "bash benchmarks/gpu/visit.sh measure --minutes $minutes --out \$OUT"
}

plan() {
  local part run number=0 size tree
  tree=$(tree_mib)
  while IFS=$'\t' read -r part run; do
    number=$((number + 1))
    if [ "$part" != - ]; then
      size=$(($(stat -c %s "$out/$part") / 1048576 + 1))
      [ $((size + tree)) -le "$limit_mib" ] ||
        refuse "$part has $size MiB and the tree $tree: more than the $limit_mib MiB of a transfer."
      printf 'Transfer %s: carry %s (%s MiB), SHA256SUMS and unpack.sh with the tree (%s MiB); at most 150 s\n  %s\n' \
        "$number" "$part" "$size" "$tree" "$run"
    else
      printf 'Transfer %s: carry nothing but the tree; OUT is the folder that comes back; at most %s s\n  %s\n' \
        "$number" "$((minutes * 60 + 30))" "$run"
    fi
  done < <(transfers)
}

# --- There: the parts -------------------------------------------------------------------------
receive() {
  local name
  mkdir -p "$kept"
  cp "$out/SHA256SUMS" "$out/unpack.sh" "$kept/"
  for name in $(parts); do
    if [ -f "$out/$name" ]; then cp "$out/$name" "$kept/"; fi
  done
  for name in $(parts); do
    if [ ! -f "$kept/$name" ]; then
      say "still missing: $name"
    elif ! (cd "$kept" && grep -F " $name" SHA256SUMS | sha256sum --quiet --check); then
      rm "$kept/$name"
      refuse "$name differs from what was packed; carry it again."
    fi
  done
  say "$(cd "$kept" && ls | grep -c '\.tar\.xz\.') of $(parts | wc -l) parts are here"
  describe
}

# What the next transfers depend on.
describe() {
  local tool
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || say "no nvidia-smi"
  for tool in xz tar sha256sum "$python"; do
    command -v "$tool" || say "no $tool"
  done
  ldd --version 2>&1 | sed -n 1p
  df -h "$kept" | tail -n 1
  find /usr /opt -name 'libdevice.10.bc' -print -quit 2> /dev/null || true
  found_cuda || say "no CUDA libraries"
}

# The folder of the Python packages of CUDA's libraries, else a toolkit's.
found_cuda() {
  "$python" -c 'import nvidia; print(list(nvidia.__path__)[0])' 2> /dev/null && return
  [ -d /usr/local/cuda ] && echo /usr/local/cuda
}

# --- There: the figures -----------------------------------------------------------------------
sections() {
  local until=$((SECONDS + 60 * minutes)) failed=''
  local run=$kept/sparring-gpu/benchmarks/gpu/run.sh cuda=()
  [ -x "$run" ] || refuse "no bundle in $kept; receive the parts and unpack them first."
  [ -n "$cuda_from" ] || cuda_from=$(found_cuda || true)
  [ -z "$cuda_from" ] || cuda=(--cuda-from "$cuda_from")
  mkdir -p "$out"
  out=$(cd -P "$out" && pwd)

  section() { # NAME SECONDS COMMAND…
    local name=$1 most=$2 left=$((until - SECONDS)) begun=$SECONDS code=0
    shift 2
    if [ "$left" -lt 5 ]; then
      say "$name: no time left"
      failed="$failed $name"
      return 1
    fi
    timeout --kill-after=5 $((left < most ? left : most)) "$@" > "$out/$name.log" 2>&1 || code=$?
    say "$name: exit code $code after $((SECONDS - begun)) s"
    [ $code -eq 0 ] || failed="$failed $name"
    return $code
  }
  figures() { # NAME SECONDS OPTION…: run.sh into a folder of its own
    local name=$1 most=$2
    shift 2
    section "$name" "$most" "$run" --out "$out/$name" ${cuda[@]+"${cuda[@]}"} --python "$python" --nets 64 "$@"
  }

  # without these nothing else is worth its time
  figures doctor 40 --only doctor || { tail -n 20 "$out/doctor.log" >&2; refuse "doctor failed."; }
  cat "$out/doctor/doctor.txt" || true
  figures train 45 --only train || { tail -n 20 "$out/train.log" >&2; refuse "the first steps failed."; }
  figures steps 150 --only steps --batches 128 --xla no || true
  figures pytorch 100 --only pytorch --batches 128 --minutes 2 || true
  figures agreement 45 --only tests --tests GpuAgreementTest || true
  TF_USE_CUDNN_BATCHNORM_SPATIAL_PERSISTENT=0 \
    figures transposed 40 --only steps --batches 128 --precisions mixed_bfloat16 --xla no || true
  figures large 50 --only steps --batches 1024 --precisions mixed_bfloat16,tf32 --xla no || true
  scaling || true
  figures xla 60 --only steps --batches 128 --precisions mixed_bfloat16 --xla only || true
  report
  [ -z "$failed" ] || say "failed, or out of time:$failed; the logs are in $out"
  say "done: $out/results.md after $SECONDS s"
}

# One process a GPU, all at once, without an exchange: what the machine's host and power leave of n times one.
scaling() {
  local gpus gpu codes=0 running=()
  gpus=$(nvidia-smi --list-gpus | wc -l)
  [ "$gpus" -gt 1 ] || { say "scaling: one GPU"; return 0; }
  for ((gpu = 0; gpu < gpus; gpu++)); do
    CUDA_VISIBLE_DEVICES=$gpu figures "gpu-$gpu" 60 --only steps --batches 128 --precisions tf32 --xla no &
    running+=($!)
  done
  for gpu in "${running[@]}"; do wait "$gpu" || codes=1; done
  return $codes
}

report() {
  local name
  cp "$out/doctor/machine.txt" "$out/machine.txt" 2> /dev/null || true
  for name in sparring pytorch; do
    : > "$out/$name.jsonl"
    find "$out" -mindepth 2 -name "$name.jsonl" -not -path '*/gpu-*/*' | sort |
      while read -r file; do cat "$file" >> "$out/$name.jsonl"; done
  done
  timeout 20 "$run" --only report --out "$out" ${cuda[@]+"${cuda[@]}"} || say "no report"
}

# --- Here: without a GPU ----------------------------------------------------------------------
# A folder as the machine's home, a copy of the tree for each transfer, and the stand-in of src/test/native for
# the driver and CUDA's libraries.
dry_run() {
  local there part run folder number=0 begun
  there=$(mktemp -d "$home/target/visit.XXXXXX")
  trap 'rm -rf "'"$there"'"' EXIT
  folder=$(realpath --relative-to="$home" "$out")
  mkdir -p "$there/bin" "$there/home" "$there/out"
  printf '#!/bin/bash\ncase $* in *list-gpus*) echo "GPU 0: stand-in" ;; *query*) echo "stand-in, 0, 16384 MiB, 0 W, 0 MHz" ;; esac\n' \
    > "$there/bin/nvidia-smi"
  chmod +x "$there/bin/nvidia-smi"
  while IFS=$'\t' read -r part run <&3; do
    number=$((number + 1))
    begun=$SECONDS
    rm -rf "$there/tree"
    mkdir -p "$there/tree/$folder"
    (cd "$home" && git ls-files --cached --others --exclude-standard -z | tar --create --null --files-from=-) |
      tar --extract --directory "$there/tree"
    if [ "$part" != - ]; then
      cp "$out/$part" "$out/SHA256SUMS" "$out/unpack.sh" "$there/tree/$folder/"
    else
      bash "$home/src/test/native/build.sh" \
        "$there/home/sparring-visit/sparring-gpu/natives/org/tensorflow/internal/c_api/linux-x86_64-gpu" "$there/cuda"
      run="$run --cuda-from $there/cuda"
    fi
    say "transfer $number: $(du -sm "$there/tree" | cut -f 1) MiB; $run"
    (cd "$there/tree" && env -i PATH="$there/bin:$PATH" HOME="$there/home" OUT="$there/out" LC_ALL=C.UTF-8 \
      LD_LIBRARY_PATH="$there/cuda" TF_CUDNN_USE_FRONTEND=0 bash -c "$run") ||
      refuse "transfer $number failed."
    say "transfer $number: $((SECONDS - begun)) s"
  done 3< <(transfers)
  rm -rf "$out/dry-run"
  cp -r "$there/out" "$out/dry-run"
  say "all that was measured is in $out/dry-run; the stand-in's times are no figures"
}

case $command in
  prepare) prepare ;;
  plan) plan ;;
  receive) receive ;;
  measure) sections ;;
  dry-run) dry_run ;;
esac
