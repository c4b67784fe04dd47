#!/usr/bin/env bash
# sealane beside its peers, on this machine, in one run:
#
# - searoute (https://pypi.org/project/searoute), Eurostat's maritime network, with both its graph backends;
# - scgraph (https://pypi.org/project/scgraph), Oak Ridge's maritime network. Its version 3 fetches the
#   network from a web site when first used; here the engine of version 3 gets the network that the package
#   of version 2 carries.
#
# Time per route and for a matrix; how much of the routes runs over the land of Natural Earth 1:10m; how far
# lengths are from those that NGA publishes (atlas/distances.csv).
#
# usage: benches/peers/sealane.sh [PAIRS [PORTS]]
#
# PAIRS routes between ports drawn at random (500) and a matrix of PORTS ports (200). Writes
# docs/validation/sealane-peers.md. Peers and land come from PyPI and npm with pinned versions into a folder
# that SEALANE_PEERS names to use it again, else a temporary one.
set -euo pipefail

pairs=${1:-500}
ports=${2:-200}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)

folder=${SEALANE_PEERS:-}
if [ -z "$folder" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
fi
mkdir -p "$folder"
python=$folder/venv/bin/python
if [ ! -x "$python" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet \
        searoute==1.6.0 igraph==1.0.0 scgraph==3.6.0 shapely==2.2.0 numpy==2.4.6
fi
if [ ! -d "$folder/network" ]; then
    "$folder/venv/bin/pip" install --quiet --no-deps --target "$folder/network" scgraph==2.15.0
fi
if [ ! -f "$folder/package/land-10m.json" ]; then
    (cd "$folder" && npm pack --silent world-atlas@2.0.2 >/dev/null && tar xzf world-atlas-2.0.2.tgz package/land-10m.json)
fi
# The hash that atlas/packages.toml has for this file.
echo "9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8  $folder/package/land-10m.json" |
    sha256sum --check --quiet

cd "$root"
cargo build --quiet --release -p sealane --example routes --example figures
examples=$(cargo metadata --format-version 1 --no-deps |
    "$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release/examples

"$python" "$here/sealane_peers.py" --root "$root" --folder "$folder" --examples "$examples" \
    --pairs "$pairs" --ports "$ports"
