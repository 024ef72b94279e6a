#!/usr/bin/env bash
# Checks the parts in this script's folder, joins them, and starts.
#   ./unpack.sh [--to FOLDER] [COMMAND…]
#   ./unpack.sh run --out results      the suite: benchmarks/gpu/run.sh with these options
#   ./unpack.sh doctor                 any command of ./sparring
# Without a command it only unpacks, into ./sparring-gpu. Needs sha256sum, tar and xz. What is unpacked already
# stays; a folder of that name that is not of these parts is left alone, and refused.
set -euo pipefail

here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
say() { printf 'unpack.sh: %s\n' "$*" >&2; }
refuse() { say "$@"; exit 1; }

to=.
while [ $# -gt 0 ]; do
  case $1 in
    --to) [ $# -ge 2 ] || refuse "--to wants a folder."; to=$2; shift 2 ;;
    --help | -h) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit ;;
    -*) refuse "unknown option $1; --help tells the ones there are." ;;
    *) break ;;
  esac
done
for tool in sha256sum tar xz; do
  command -v $tool > /dev/null || refuse "needs $tool, found none."
done

[ -s "$here/SHA256SUMS" ] || refuse "no SHA256SUMS beside this script; copy it with the parts."
missing=
names=()
while read -r _ name; do
  names+=("$name")
  [ -f "$here/$name" ] || missing="$missing $name"
done < "$here/SHA256SUMS"
[ -z "$missing" ] || refuse "these parts are missing:$missing"

# The parts of an archive, in their order: those that the sums name, not what else lies here.
parts_of() {
  local name
  for name in "${names[@]}"; do
    [ "${name%.*}" != "$1" ] || cat "$here/$name"
  done
}

mkdir -p "$to"
to=$(cd -P "$to" && pwd)
home=$to/sparring-gpu
sums=$(sha256sum < "$here/SHA256SUMS")
if [ "$(cat "$home/.unpacked" 2> /dev/null)" != "$sums" ]; then
  # runs and results may lie in it
  [ ! -e "$home" ] || refuse "$home is there already, and not of these parts; move it away, or choose another" \
    "folder with --to."
  (cd "$here" && sha256sum --quiet --check SHA256SUMS) \
    || refuse "the parts named above differ from what was packed; copy them again."
  unfinished=$to/.sparring-gpu.unfinished
  trap 'rm -rf "$unfinished"' EXIT
  rm -rf "$unfinished"
  mkdir "$unfinished"
  for archive in $(printf '%s\n' "${names[@]%.*}" | sort -u); do
    say "unpacking $archive…"
    parts_of "$archive" | xz --decompress --threads=0 | tar --extract --directory "$unfinished"
  done
  printf '%s\n' "$sums" > "$unfinished/sparring-gpu/.unpacked"
  mv "$unfinished/sparring-gpu" "$home"
  rm -rf "$unfinished"
  say "unpacked into $home"
fi

[ $# -gt 0 ] || exit 0
command=$1
shift
if [ "$command" = run ]; then
  exec "$home/benchmarks/gpu/run.sh" "$@"
fi
exec "$home/sparring" "$command" "$@"
