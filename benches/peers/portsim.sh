#!/usr/bin/env bash
# portsim beside its peers, on this machine, in one run: an M/M/4 queue of a million customers at a load
# of 0.9, one core each.
#
# - SimPy (https://pypi.org/project/simpy) and salabim (https://pypi.org/project/salabim), each as its
#   manual writes a queue: one process a customer. salabim serves a two-hundredth of the customers, its time is
#   scaled.
# - NeXosim (https://crates.io/crates/nexosim), with one model that schedules its own arrivals and
#   departures, built as a project of its own in portsim_nexosim/.
#
# And, of portsim by itself: a thousand replications of a year of two ports, with one core and with two.
#
# usage: benches/peers/portsim.sh [ROUNDS]
#
# Writes docs/validation/portsim-peers.md. The Python peers go into a virtual environment in a folder that
# PORTSIM_PEERS names to use it again, else a temporary one.
set -euo pipefail

rounds=${1:-5}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

folder=${PORTSIM_PEERS:-}
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
python=$folder/venv/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet simpy==4.1.2 salabim==26.0.9
fi
CARGO_TARGET_DIR=$folder/nexosim cargo build --quiet --release --locked \
    --manifest-path "$here/portsim_nexosim/Cargo.toml"

cd "$root"
cargo build --quiet --release -p portsim --example queue --example two_ports
examples=$(cargo metadata --format-version 1 --no-deps |
    "$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release/examples

"$python" "$here/portsim.py" --root "$root" --python "$python" --examples "$examples" \
    --nexosim "$folder/nexosim/release/portsim-nexosim" --rounds "$rounds"
