#!/usr/bin/env bash
# What this machine's NVIDIA GPU does with Sparring: doctor, the GPU's tests, the card's limits, training steps,
# PyTorch on the same work, and one table of all.
#   benchmarks/gpu/run.sh [--out FOLDER] [--only PART[,PART…]] [--minutes N] [--python PYTHON]
#                         [--cuda-from FOLDER] [--nets N,…] [--batches N,…] [--precisions P,…] [--xla WHICH]
#                         [--tests CLASS] [--cpu-check]
# PART is doctor, train, tests, limits, steps, pytorch or report; all of them without --only.
# --minutes     stops the steps, and PyTorch's, after so many each; what was measured stays
# --cuda-from   a folder with CUDA's and cuDNN's libraries, of the same or a newer version, below it
# --nets, --batches, --precisions   what the steps, and PyTorch's, are of: 64,32,128; 128,64,256,512,1024; and
#               mixed_bfloat16,tf32,float32, in the order in which they are measured. What is measured at one batch
#               only is at 128, or at the first batch where 128 is not among them
# --xla         which steps are compiled by XLA: some (those at one batch also), no, or only
# --tests       one test class of those of the GPU, such as GpuAgreementTest
# --cpu-check   tries all of this on the CPU, in fixed tiny sizes: no figures
# It runs in a checkout, with JDK and Maven, and in an unpacked bundle of pack.sh, with neither.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(cd -P "$here/../.." && pwd)
say() { printf 'run.sh: %s\n' "$*" >&2; }
refuse() { say "$@"; exit 1; }

out=gpu-results
parts=doctor,train,tests,limits,steps,pytorch,report
minutes=600
python=python3
cuda_from=
check=
nets=64,32,128
batches=128,64,256,512,1024
precisions=mixed_bfloat16,tf32,float32
xla=some
tested=
usage() { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit "$1"; }
while [ $# -gt 0 ]; do
  case $1 in
    --cpu-check) check=yes; shift; continue ;;
    --help | -h) usage 0 ;;
    --out | --only | --minutes | --python | --cuda-from | --nets | --batches | --precisions | --xla | --tests)
      [ $# -ge 2 ] || refuse "$1 wants a value." ;;
    *) say "unknown option $1"; usage 2 >&2 ;;
  esac
  case $1 in
    --out) out=$2 ;;
    --only) parts=$2 ;;
    --minutes) minutes=$2 ;;
    --python) python=$2 ;;
    --cuda-from) cuda_from=$2 ;;
    --nets) nets=$2 ;;
    --batches) batches=$2 ;;
    --precisions) precisions=$2 ;;
    --xla) xla=$2 ;;
    --tests) tested=$2 ;;
  esac
  shift 2
done
known=doctor,train,tests,limits,steps,pytorch,report
IFS=, read -ra asked <<< "$parts"
for name in ${asked[@]+"${asked[@]}"}; do
  case ",$known," in *",$name,"*) ;; *) refuse "--only: expected some of $known, found '$name'." ;; esac
done
[ -n "${parts//,/}" ] || refuse "--only: expected some of $known, found none."
case $minutes in
  '' | *[!0-9]* | 0*) refuse "--minutes: expected a whole number of at least 1, found '$minutes'." ;;
esac
list() { # OPTION PATTERN VALUES: words of a comma-separated list, each of which fits the pattern
  [[ $3 =~ ^($2)(,($2))*$ ]] || refuse "$1: expected a list such as ${4}, found '$3'."
}
list --nets '32|64|128' "$nets" 64,128
list --batches '[1-9][0-9]{0,5}' "$batches" 128,1024
list --precisions 'mixed_bfloat16|tf32|float32' "$precisions" mixed_bfloat16,tf32
[[ $xla =~ ^(some|no|only)$ ]] || refuse "--xla: expected some, no or only, found '$xla'."
[[ $tested =~ ^[A-Za-z0-9]*$ ]] || refuse "--tests: expected the name of a class, found '$tested'."
nets=${nets//,/ }
batches=${batches//,/ }
precisions=${precisions//,/ }
case " $batches " in *" 128 "*) most=128 ;; *) most=${batches%% *} ;; esac # the batch with all that is measured
[ -z "$cuda_from" ] || [ -d "$cuda_from" ] || refuse "--cuda-from: expected a folder, found $cuda_from."
wanted() { case ",$parts," in *",$1,"*) ;; *) return 1 ;; esac; }

# --- Is there a GPU? --------------------------------------------------------------------------
gpu() { command -v nvidia-smi > /dev/null && nvidia-smi --list-gpus 2> /dev/null | grep -q .; }
if gpu; then
  [ -z "$check" ] || say "--cpu-check: the GPU of this machine is left alone."
else
  [ -n "$check" ] || refuse "no NVIDIA GPU here (nvidia-smi lists none); --cpu-check tries the script on the CPU."
  say "no NVIDIA GPU here: tiny sizes on the CPU, which are no figures."
fi
[ -z "$check" ] || export CUDA_VISIBLE_DEVICES=-1

mkdir -p "$out"
out=$(cd -P "$out" && pwd)

# --- Java and the class path ------------------------------------------------------------------
# Java takes the charset of file names from the locale, which may be none.
case $(locale charmap 2> /dev/null) in
  '' | ASCII | US-ASCII | ANSI_X3.4-1968 | 646)
    if [ -n "${LC_ALL:-}" ]; then name=LC_ALL; else name=LC_CTYPE; fi
    { export "$name=C.UTF-8"; } 2> /dev/null
    ;;
esac
options=("-Dsparring.home=$home" -XX:-UsePerfData)
if [ -x "$home/runtime/bin/java" ]; then
  java=$home/runtime/bin/java
  class_path="$home/natives:$home/lib/*"
  options+=(-Dorg.bytedeco.javacpp.platform.extension=-gpu)
  libraries=$home/cuda
else
  command -v mvn > /dev/null || refuse "needs Maven in a checkout, found none. Or bring a bundle: pack.sh."
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  flavour=()
  if [ -z "$check" ]; then
    flavour=(-Pgpu)
    # the natives alone, without the profile's 2 GB of CUDA
    [ -z "$cuda_from" ] || flavour=(-Dnatives=linux-x86_64-gpu)
    options+=(-Dorg.bytedeco.javacpp.platform.extension=-gpu)
  fi
  say "building…"
  mvn -B -q -ntp -f "$home/pom.xml" ${flavour[@]+"${flavour[@]}"} -Djacoco.skip=true -DskipTests test-compile \
    dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/classpath-suite.txt
  class_path=$home/target/test-classes:$home/target/classes:$(< "$home/target/classpath-suite.txt")
  libraries=
fi
jvm() { "$java" "${options[@]}" -cp "$class_path" "$@"; }

# --- CUDA's libraries -------------------------------------------------------------------------
# TensorFlow opens them by these names. Newer ones with other names may work: a folder of links to them is put
# on the loader's path.
names=$here/cuda-libraries.txt # in a bundle
[ -f "$names" ] || names=$home/src/main/resources/org/sparring/natives/cuda-libraries.txt
link_from() {
  local links=$1 from=$2 soname stem found folders=
  while read -r soname; do
    stem=${soname%%.so.*}.so
    found=$(find -L "$from" -name "$soname" -print -quit 2> /dev/null)
    # CUDA 13's runtime lacks functions of this one, which a bundle carries
    [ -n "$found" ] || [ ! -f "$home/toolkit/$soname" ] || found=$home/toolkit/$soname
    # else the highest version that there is; the bare name is for those who compile
    [ -n "$found" ] || found=$(find -L "$from" -name "$stem.*" 2> /dev/null | sort -V | tail -n 1)
    [ -n "$found" ] || { say "--cuda-from: no $stem below $from"; continue; }
    ln -sf "$found" "$links/$soname"
    case ":$folders:" in *":$(dirname "$found"):"*) ;; *) folders=$folders:$(dirname "$found") ;; esac
  done < <(sed '/^#/d; / bundled$/d' "$names")
  libraries=$links$folders
}
if [ -n "$cuda_from" ]; then
  mkdir -p "$out/cuda-links"
  link_from "$out/cuda-links" "$(cd -P "$cuda_from" && pwd)"
fi
own_libraries=${LD_LIBRARY_PATH:-}
own_cuda_home=${CUDA_HOME:-}
[ -z "$libraries" ] || export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
if [ -d "$home/toolkit" ]; then # in a bundle: as its ./sparring does
  export CUDA_HOME=${CUDA_HOME:-$home/toolkit} LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$home/toolkit
fi
# PyTorch brings its CUDA, and must not meet this one.
without_ours() {
  (
    export LD_LIBRARY_PATH=$own_libraries
    [ -n "$own_cuda_home" ] || unset CUDA_HOME
    "$@"
  )
}
export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2}

# --- The parts --------------------------------------------------------------------------------
failed=
part() { # NAME COMMAND…: a part that fails does not take the next ones with it
  local name=$1
  shift
  wanted "$name" || return 0
  say "$name…"
  "$@" || { failed="$failed $name"; say "$name: failed"; }
}

machine() {
  {
    echo "kernel: $(uname -sr)"
    echo "processor: $(sed -n 's/^model name[^:]*: //p;T;q' /proc/cpuinfo), $(nproc) cores"
    if [ -z "$check" ]; then
      nvidia-smi --id=0 --format=csv,noheader \
        --query-gpu=name,driver_version,memory.total,power.limit,clocks.max.sm |
        sed 's/^\([^,]*\), \([^,]*\), \([^,]*\), \([^,]*\), \(.*\)/card: \1, \3, \4, \5\ndriver: \2/'
    fi
  } > "$out/machine.txt"
}

doctor() { jvm org.sparring.cli.Main doctor 2> "$out/doctor.log" | tee "$out/doctor.txt"; }

# Ten steps of the default recipe: does a step run at all?
train() {
  rm -rf "$out/run"
  jvm org.sparring.cli.Main train --run "$out/run" --steps 10 > "$out/train.txt" 2> "$out/train.log" ||
    { tail -n 5 "$out/train.log" >&2; return 1; }
  grep -E '"device_used"' "$out/run/run.json"
}

# Named, so that a GPU that TensorFlow does not see fails the tests, which else pass them over.
tests() {
  local tag=gpu device=-Dsparring.test.device=gpu:0
  [ -z "$check" ] || device=-Dsparring.test.device=cpu
  if [ -x "$home/runtime/bin/java" ]; then
    # the tests look for the repository's files in the folder that they run in
    (cd "$home" && jvm "$device" org.junit.platform.console.ConsoleLauncher execute \
      --scan-classpath "$home/lib/sparring-tests.jar" --include-tag "$tag" --fail-if-no-tests \
      --include-classname ".*\.${tested:-.*}" \
      --disable-banner --details=tree) > "$out/tests.txt" 2>&1
  else
    mvn -B -ntp -f "$home/pom.xml" ${flavour[@]+"${flavour[@]}"} -Djacoco.skip=true -Dtest.excluded.groups=long \
      -Dgroups="$tag" ${tested:+-Dtest=$tested} -DargLine="$device" -DfailIfNoTests=true -Dsurefire.failIfNoSpecifiedTests=true \
      test > "$out/tests.txt" 2>&1
  fi || { tail -n 40 "$out/tests.txt" >&2; return 1; }
  grep -E 'peak GPU memory' "$out/tests.txt" || true
  grep -E 'tests (successful|failed)|Tests run' "$out/tests.txt" | tail -n 3
}

limits() {
  local sizes=()
  [ -z "$check" ] || sizes=(128 4)
  jvm org.sparring.benchmarks.steps.DeviceLimits ${sizes[@]+"${sizes[@]}"} 2> "$out/limits.log" | tee "$out/limits.json"
}

# A process for each net and batch: TensorFlow gives no memory back, so the thriftiest comes first.
configurations() { # NET BATCH
  local work="net=dcgan-$1 batch=$2" precision
  if [ -n "$check" ]; then
    echo "$work width=2 device=cpu warm_up=2 steps=2"
    echo "$work width=2 device=cpu warm_up=4 steps=4 steps_per_run=2 precision=mixed_bfloat16"
    return
  fi
  for precision in $precisions; do
    if [ "$xla" != only ]; then
      echo "$work precision=$precision steps_per_run=16 warm_up=48 steps=64 seconds=4"
      [ "$2" = "$most" ] || continue
      echo "$work precision=$precision steps_per_run=1 warm_up=48 steps=64 seconds=4"
      echo "$work precision=$precision steps_per_run=128 warm_up=256 steps=256 seconds=4"
    fi
    [ "$xla" = no ] || echo "$work precision=$precision steps_per_run=16 warm_up=48 steps=64 seconds=4 jit=on"
  done
}

if [ -n "$check" ]; then nets=32 batches=2; fi

steps() {
  local net batch code until=$((SECONDS + 60 * minutes)) refused='' crashed=''
  : > "$out/sparring.jsonl"
  : > "$out/steps.log"
  for batch in $batches; do
    for net in $nets; do
      [ $SECONDS -lt $until ] || { say "steps: $minutes minutes are over"; break 2; }
      configurations "$net" "$batch" > "$out/configurations.txt"
      code=0
      timeout $((until - SECONDS)) "$java" "${options[@]}" -cp "$class_path" org.sparring.benchmarks.steps.StepTimer \
        "@$out/configurations.txt" >> "$out/sparring.jsonl" 2>> "$out/steps.log" || code=$?
      case $code in
        0 | 124) ;; # 124: the minutes are over
        1) refused=yes ;;
        *) crashed=yes; say "steps: dcgan-$net at batch $batch ended with exit code $code" ;;
      esac
    done
  done
  rm -f "$out/configurations.txt"
  local measured
  measured=$(grep -c '^{' "$out/sparring.jsonl" || true)
  say "steps: $measured configurations measured"
  if [ -n "$crashed" ] || [ "$measured" = 0 ]; then
    tail -n 20 "$out/steps.log" >&2
    return 1
  fi
  [ -n "$refused" ] || return 0
  # without a toolkit XLA cannot be, and the rest is still whole
  ! grep -q 'device.jit on: expected' "$out/steps.log" || say "steps: none with XLA, which needs a CUDA toolkit"
  # exit code 1 is of configurations, which the log names, or of java itself
  grep -q '^net=' "$out/steps.log" || { tail -n 20 "$out/steps.log" >&2; return 1; }
  ! grep -E '^net=' "$out/steps.log" | grep -v 'device.jit on: expected' >&2
}

pytorch() {
  : > "$out/pytorch.jsonl"
  without_ours "$python" -c 'import torch' 2> "$out/pytorch.log" || {
    say "pytorch: $python has none, as $out/pytorch.log says; --python names another"
    return 0
  }
  local script=$home/benchmarks/peers/pytorch_dcgan.py until=$((SECONDS + 60 * minutes)) broken=
  torch() {
    local code=0
    if [ $SECONDS -lt $until ]; then
      without_ours timeout $((until - SECONDS)) "$python" "$script" "$@" 2>> "$out/pytorch.log" |
        { grep '^{' || true; } >> "$out/pytorch.jsonl" || code=$?
    else
      code=124
    fi
    case $code in
      0) ;;
      124) say "pytorch: $minutes minutes are over" ;;
      *) broken=yes ;;
    esac
  }
  if [ -n "$check" ]; then
    torch --cpu --nets 32 --batches 2 --width 2 --modes eager,amp --steps 2 --seconds 0 --sync 1 --warm-up 1
  else
    local precision modes='' compiled=''
    for precision in $precisions; do
      case $precision in
        mixed_bfloat16) modes=$modes,amp,graph compiled=compile-graph,compile,compile-reduce ;;
        tf32) modes=$modes,tf32,channels_last ;;
        float32) modes=$modes,eager ;;
      esac
    done
    # what is not compiled first: whatever the time, these figures are there
    torch --nets "${nets// /,}" --batches "${batches// /,}" --modes "${modes#,}"
    # compiling takes a minute each: only where the bounds are stated
    [ -z "$compiled" ] || torch --nets "${nets// /,}" --batches "$most" --modes "$compiled"
  fi
  say "pytorch: $(wc -l < "$out/pytorch.jsonl") configurations measured"
  [ -z "$broken" ] || { tail -n 5 "$out/pytorch.log" >&2; return 1; }
}

report() { jvm org.sparring.benchmarks.suite.GpuReport "$out" && cat "$out/results.md"; }

machine
part doctor doctor
part train train
part tests tests
part limits limits
part steps steps
part pytorch pytorch
part report report
[ -z "$failed" ] || refuse "failed:$failed. The logs are in $out."
if wanted report; then say "done: $out/results.json, $out/results.md"; else say "done: $out"; fi
