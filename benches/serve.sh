#!/usr/bin/env bash
# Routes a second that `foreland serve` answers on loopback, and how long they take: routes between
# ports taken at random, drawn anew for each request, with their lines. Needs wrk (Debian package).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
cargo build --release --quiet -p foreland-cli
folder=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
"${CARGO_TARGET_DIR:-target}/release/foreland" serve --bind 127.0.0.1:0 --store "$folder" 2> "$folder/log" &
server=$!
until address=$(grep -o 'http://127.0.0.1:[0-9]*' "$folder/log" | head -1) && [ -n "$address" ]; do sleep 0.1; done
curl --silent "$address/v1/ports?format=csv" | tail -n +2 | cut -d, -f1 > "$folder/ports"
PORTS="$folder/ports" wrk --threads 1 --connections 16 --duration "${seconds}s" --latency --script benches/serve.lua "$address"
