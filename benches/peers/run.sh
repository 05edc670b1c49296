#!/usr/bin/env bash
# Times other programs on nearfar's work, and nearfar's own processes (after `cargo build --release`). Each peer lives in a
# virtual environment of its own under target/peers, none is a dependency of nearfar. Needs python3 and the network once;
# takes some seven minutes on a quiet machine.
#
# Usage: benches/peers/run.sh [PEER ...]      PEER: tensorflow jax lbfgs blur fourier processes; all of them by default
#
# Writes one JSON line per measure to target/peers/results.jsonl (lines of the peers run now replace older ones)
# and prints them as a table. Every line says which CPU, how many threads, which versions, and the machine's load
# just before: above about 0.5 other programs were running and the figure is an upper bound.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1 TF_CPP_MIN_LOG_LEVEL=3
here=benches/peers
out=target/peers
mkdir -p "$out"

# python NAME REQUIREMENT ... : makes the environment once, prints its interpreter.
python() {
  local venv=$out/venv-$1
  shift
  if ! [ -e "$venv/ready" ]; then
    python3 -m venv "$venv" >&2
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" >&2
    touch "$venv/ready"
  fi
  echo "$venv/bin/python"
}

numeric=(numpy==2.4.6 pillow==13.0.0)

# peer NAME : one run, JSON lines on stdout.
peer() {
  case $1 in
    tensorflow) taskset -c 0,1 "$(python tensorflow "${numeric[@]}" tensorflow-cpu==2.21.0)" $here/tensorflow_descent.py ;;
    jax) taskset -c 0,1 "$(python jax "${numeric[@]}" jax==0.10.2 scipy==1.17.1)" $here/jax_descent.py ;;
    lbfgs) taskset -c 0,1 "$(python jax "${numeric[@]}" jax==0.10.2 scipy==1.17.1)" $here/jax_lbfgs.py ;;
    blur) taskset -c 0 "$(python array "${numeric[@]}" scipy==1.17.1 opencv-python-headless==5.0.0.93)" $here/blur.py ;;
    fourier) taskset -c 0,1 "$(python array "${numeric[@]}" scipy==1.17.1 opencv-python-headless==5.0.0.93)" $here/fourier.py ;;
    processes) taskset -c 0,1 "$(python array "${numeric[@]}" scipy==1.17.1 opencv-python-headless==5.0.0.93)" $here/processes.py ;;
    *) echo "unknown peer $1: tensorflow, jax, lbfgs, blur, fourier or processes" >&2; exit 2 ;;
  esac
}

[ $# -gt 0 ] || set -- tensorflow jax lbfgs blur fourier processes
touch "$out/results.jsonl"
for name; do
  echo "running $name ..." >&2
  peer "$name" >"$out/$name.jsonl"
  { grep -v "\"peer\": \"$name\"" "$out/results.jsonl" || true; cat "$out/$name.jsonl"; } >"$out/results.new"
  mv "$out/results.new" "$out/results.jsonl"
done
python3 $here/table.py "$out/results.jsonl"
