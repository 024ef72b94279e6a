#!/usr/bin/env bash
# Trains with two commits and compares the weights: every shipped recipe, and a matrix over networks,
# rules, penalties, labels, precision and the device loop.
#
#   benchmarks/same-bits.sh OLD [NEW]      commits; NEW is HEAD where it is left out
#
#   STEPS=30   training steps of each run
#   ONLY=ring  runs whose name contains this text only
#
# Prints a line for each run: same, DIFFER, none (both refused it, for example for lack of memory) or
# random (the old commit does not repeat itself). A run that both refuse is compared again with a
# minibatch of 16, and a random one with a single thread. Ends with 1 where weights differ. Data: glyphs, so
# nothing is downloaded. Two builds and about 80 runs take 20 minutes on two cores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

old=${1:?usage: benchmarks/same-bits.sh OLD [NEW]}
new=${2:-HEAD}
steps=${STEPS:-30}
only=${ONLY:-}
work=$(mktemp -d)
trap 'git worktree remove --force "$work/old"; git worktree remove --force "$work/new"; rm -rf "$work"' EXIT

build() { # NAME COMMIT
  git worktree add --quiet --detach "$work/$1" "$2"
  (cd "$work/$1" && mvn -q -ntp -DskipTests -Djacoco.skip=true compile dependency:build-classpath \
    -Dmdep.includeScope=runtime -Dmdep.outputFile="$work/$1.classpath")
}

weights() { # NAME RECIPE SETTING...
  local name=$1 recipe=$2 run
  shift 2
  run=$(mktemp -d "$work/run-XXXXXX")
  local sets=()
  for setting in "$@"; do sets+=(--set "$setting"); done
  java -cp "$work/$name/target/classes:$(cat "$work/$name.classpath")" org.sparring.cli.Main \
    train "$recipe" --run "$run/run" --json --set "steps=$steps" --set samples.steps=0 \
    "${sets[@]}" 2> "$run/log" | grep -o '"weights_sha256":"[0-9a-f]*"' | cut -d '"' -f 4 \
    || tail -n 1 "$run/log"
  rm -rf "$run"
}

differences=0
compare() { # TITLE RECIPE SETTING...
  local title=$1 before after again=
  shift
  case $title in *"$only"*) ;; *) return ;; esac
  before=$(weights old "$@")
  after=$(weights new "$@")
  if [[ ! $before =~ ^[0-9a-f]{64}$ ]] && [[ ! $after =~ ^[0-9a-f]{64}$ ]]; then
    printf 'none   %-44s %s\n' "$title" "${before:0:60}"
    again=batch=16
  elif [ "$before" = "$after" ]; then
    printf 'same   %-44s %s\n' "$title" "${before:0:16}"
  elif [ "$before" != "$(weights old "$@")" ]; then
    # the old commit does not repeat itself either
    printf 'random %-44s\n' "$title"
    again="device.intra_op_threads=1 device.inter_op_threads=1"
  else
    printf 'DIFFER %-44s %s %s\n' "$title" "${before:0:40}" "${after:0:40}"
    differences=$((differences + 1))
  fi
  case "$again $title" in
    ' '* | *"with $again"*) ;;
    *) compare "$title with $again" "$@" $again ;; # unquoted: one or two settings
  esac
}

build old "$old"
build new "$new"

for file in "$work"/old/models/*/recipe.yaml; do
  name=$(basename "$(dirname "$file")")
  if grep -q 'source: *\(ring\|grid\)' "$file"; then
    compare "recipe $name" "$file"
  else
    compare "recipe $name" "$file" data.source=glyphs:512
  fi
done

tiny=(net.width=4 data.side=16 batch=8 data.source=glyphs:256)
base="$work/old/models/glyphs-non-saturating/recipe.yaml"
matrix() { local title=$1; shift; compare "$title" "$base" "${tiny[@]}" "$@"; }

free=(net.discriminator_norm=none)
for rule in alternating simultaneous extra-gradient extra-gradient-past optimistic lookahead \
  consensus symplectic unrolled; do
  matrix "mlp $rule" net.kind=mlp "game.rule=$rule" game.strength=0.1 game.unrolled_steps=3
done
for rule in alternating simultaneous extra-gradient optimistic lookahead; do
  matrix "dcgan $rule" "game.rule=$rule"
  matrix "projection $rule r1" "game.rule=$rule" labels.kind=projection penalty.kind=r1 "${free[@]}"
done
matrix "alternating k=3, fresh noise" game.discriminator_steps=3 game.fresh_noise=true
for net in dcgan5 sndcgan resnet r3 mlp maxout-mlp; do
  matrix "net $net" "net.kind=$net"
  matrix "net $net bfloat16" "net.kind=$net" device.precision=mixed_bfloat16
done
for penalty in r1 r2 r1+r2 gradient-penalty dragan; do
  for every in 1 4; do
    matrix "penalty $penalty every $every" "penalty.kind=$penalty" "penalty.every=$every" "${free[@]}"
  done
done
for labels in projection auxiliary; do
  matrix "labels $labels" "labels.kind=$labels"
  matrix "labels $labels extra-gradient" "labels.kind=$labels" game.rule=extra-gradient
done
for loop in 1 5; do
  matrix "loop $loop lazy r1" "device.steps_per_run=$loop" penalty.kind=r1 penalty.every=4 "${free[@]}"
  matrix "loop $loop bfloat16" "device.steps_per_run=$loop" device.precision=mixed_bfloat16
done
for loss in minimax least-squares hinge wasserstein relativistic-pairing relativistic-average; do
  matrix "loss $loss" "loss.kind=$loss"
done
matrix "adaptive augmentation" augment.kind=color+translation+cutout augment.target=0.6 \
  augment.kimg=0.1 penalty.kind=r1 "${free[@]}"
matrix "streamed, mirrored" data.residence=stream data.mirror=true game.discriminator_steps=2
matrix "packing 2" net.packing=2
matrix "weight clip, sgd" penalty.clip=0.01 optimizer.kind=sgd loss.kind=wasserstein "${free[@]}"

[ "$differences" -eq 0 ] || { echo "$differences runs differ"; exit 1; }
