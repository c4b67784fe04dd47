#!/usr/bin/env bash
# freightflow beside its peers, on this machine, in one run, one core each:
#
# - user equilibrium of Chicago Sketch: freightflow to 1e-12, AequilibraE (bi-conjugate Frank-Wolfe,
#   https://www.aequilibrae.com) to 1e-6;
# - cargo flow of LINERLIB's World Small: freightflow, and HiGHS (https://highs.dev) on the arc-flow
#   linear program.
#
# The C code tap-b (https://github.com/spartalab/tap-b) is a further peer, published as source in a
# repository only; it cannot be installed from a package registry and is not run here.
#
# usage: FORELAND_REFERENCE=DIR benches/peers/freightflow.sh [ROUNDS]
#
# DIR holds tntp/ChicagoSketch_{net,trips}.tntp and linerlib/{data,results}. The Python peers go into a
# virtual environment: FREIGHTFLOW_PEERS names one to use again, else a temporary one is made.
set -euo pipefail

rounds=${1:-3}
here=$(cd "$(dirname "$0")" && pwd)
reference=${FORELAND_REFERENCE:?names the folder of the reference data}
tntp=$reference/tntp
linerlib=$reference/linerlib

venv=${FREIGHTFLOW_PEERS:-}
if [ -z "$venv" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    venv=$scratch/venv
fi
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet aequilibrae==1.7.2 scipy==1.17.1
fi

cd "$here/../.."
cargo build --quiet --release -p freightflow --examples
examples=$(cargo metadata --format-version 1 --no-deps |
    "$venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')/release/examples

export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 RAYON_NUM_THREADS=1
run() { # NAME COMMAND…: its JSON, and the CPU seconds of the whole process
    local name=$1
    shift
    "$venv/bin/python" - "$name" "$@" <<'PYTHON'
import json, resource, subprocess, sys
name, command = sys.argv[1], sys.argv[2:]
done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
found = json.loads(done.stdout)
keep = ("objective", "relative_gap", "seconds", "cpu_seconds", "max_dual")
line = {key: found[key] for key in keep if key in found}
line["process_cpu_seconds"] = round(used.ru_utime + used.ru_stime, 3)
line["process_peak_mb"] = round(used.ru_maxrss * 1024 / 1e6, 1)
print(f"{name:24}", json.dumps(line))
PYTHON
}

for round in $(seq "$rounds"); do
    echo "round $round"
    run "freightflow 1e-12" "$examples/tntp" \
        "$tntp/ChicagoSketch_net.tntp" "$tntp/ChicagoSketch_trips.tntp" --gap 1e-12 --threads 1
    run "AequilibraE 1e-6" "$venv/bin/python" "$here/freightflow_aequilibrae.py" \
        "$tntp/ChicagoSketch_net.tntp" "$tntp/ChicagoSketch_trips.tntp" 1e-6 0.02 0.04
    run "freightflow cargo" "$examples/linerlib" "$linerlib/data" \
        "$linerlib/results/WorldSmall_Best_Base.log" \
        --demand "$linerlib/data/Demand_WorldSmall.csv" --threads 1
    run "HiGHS arc flow" "$venv/bin/python" "$here/freightflow_highs.py" "$linerlib/data" \
        "$linerlib/results/WorldSmall_Best_Base.log" "$linerlib/data/Demand_WorldSmall.csv"
done
