"""Runs portsim and its peers in turn and writes docs/validation/portsim-peers.md; see portsim.sh."""

import argparse
import datetime
import json
import os
import statistics
import subprocess
from pathlib import Path

SERVERS, RHO, CUSTOMERS = 4, 0.9, 1_000_000
SALABIM_PART = 200


def run(command):
    """What the command prints, and its processor seconds."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE)
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} failed")
    return json.loads(text), used.ru_utime + used.ru_stime


def exact_wait():
    """M/M/n by Erlang's formula."""
    load, blocked = RHO * SERVERS, 1.0
    for n in range(1, SERVERS + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked / (1 - RHO * (1 - blocked)) / (SERVERS * (1 - RHO))


def queue_command(arguments, peer, seed):
    if peer == "portsim":
        options = ["--arrivals", "M", "--service", "M", "--servers", SERVERS, "--rho", RHO]
        options += ["--customers", CUSTOMERS, "--seed", seed, "--threads", 1]
        return [arguments.examples / "queue", *options]
    if peer == "NeXosim":
        return [arguments.nexosim, SERVERS, RHO, CUSTOMERS, seed]
    customers = CUSTOMERS // SALABIM_PART if peer == "salabim" else CUSTOMERS
    script = Path(__file__).parent / "portsim_queue.py"
    return [arguments.python, script, peer.lower(), SERVERS, RHO, customers, seed]


def measure_queue(arguments):
    peers = ["portsim", "NeXosim", "SimPy", "salabim"]
    found = {peer: [] for peer in peers}
    for round in range(arguments.rounds):
        for peer in peers:
            result, cpu = run(queue_command(arguments, peer, round + 1))
            scale = SALABIM_PART if peer == "salabim" else 1
            found[peer].append(
                {
                    "seconds": result["seconds"] * scale,
                    "cpu": cpu * scale,
                    "memory": result.get("peak_mb"),
                    "wait": result["wait_over_service"],
                    "version": result.get("version", ""),
                }
            )
            print(peer, found[peer][-1], flush=True)
    return found


def measure_ports(arguments):
    found = {1: [], 2: []}
    for _ in range(arguments.rounds):
        for threads in found:
            command = [arguments.examples / "two_ports", "--replications", 1000, "--threads", threads]
            result, cpu = run(command)
            found[threads].append((result, cpu))
            print(threads, "threads", result["seconds_without_strike"], "s", flush=True)
    return found


def middle(values, form="{:.3g}"):
    low, median, high = min(values), statistics.median(values), max(values)
    return f"{form.format(median)} ({form.format(low)} to {form.format(high)})"


def queue_table(found):
    own = found["portsim"]
    lines = [
        "| | seconds | × portsim | processor seconds of the process | × portsim | mean wait ÷ service |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for peer, rounds in found.items():
        def ratios(key):
            return middle([round[key] / mine[key] for round, mine in zip(rounds, own)])

        name = f"{peer} {rounds[0]['version']}".strip()
        if peer == "salabim":
            name += f" (scaled from {CUSTOMERS // SALABIM_PART:,} customers)"
        lines.append(
            f"| {name} | {middle([r['seconds'] for r in rounds])} | {ratios('seconds')} "
            f"| {middle([r['cpu'] for r in rounds])} | {ratios('cpu')} "
            f"| {middle([r['wait'] for r in rounds], '{:.2f}')} |"
        )
    return "\n".join(lines)


def ports_table(found):
    lines = [
        "| threads | seconds without a strike | seconds with a strike | processor seconds of both |",
        "|---:|---:|---:|---:|",
    ]
    for threads, rounds in found.items():
        calm = middle([result["seconds_without_strike"] for result, _ in rounds])
        strike = middle([result["seconds_with_strike"] for result, _ in rounds])
        cpu = middle([cpu for _, cpu in rounds])
        lines.append(f"| {threads} | {calm} | {strike} | {cpu} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ["root", "python", "examples", "nexosim"]:
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    arguments = parser.parse_args()
    queue, ports = measure_queue(arguments), measure_ports(arguments)
    events = ports[1][0][0]["events_a_replication"]
    text = f"""# portsim beside its peers

Made by `benches/peers/portsim.sh` on {datetime.date.today()}, all in one run of {arguments.rounds} rounds
on a machine with {os.cpu_count()} cores that other work shared. Figures are medians, with the least and the
largest in brackets; ratios are taken round by round.

## A queue

M/M/{SERVERS} at a load of {RHO} with {CUSTOMERS:,} customers, one core each. Seconds are those of the
simulation as each program measures them itself, without the start of the process; where other work shares
the machine, the processor seconds of the whole process are the steadier measure. The exact mean wait is
{exact_wait():.4f} service times; the spread over the rounds is chance, and of the same size for all who
serve as many customers.

{queue_table(queue)}

SimPy and salabim run a process for each customer, as their manuals do; NeXosim's model schedules its own
arrivals and departures and does nothing else. portsim runs the queue as a model of a source, a station and
a route, checks the model, keeps the distribution of the waits, the batches for its interval and the books
that it closes at the end, in {max(round["memory"] for round in queue["portsim"]):.1f} MB.

## Two ports

A thousand replications of 395 days of two ports with pilots, berths, cranes that break down, yards, gates
and roads (`cargo run --release -p portsim --example two_ports`): {events:,} events a replication. The goal
is 10 s on two cores that have nothing else to do. All figures of that model are invented.

{ports_table(ports)}
"""
    (arguments.root / "docs/validation/portsim-peers.md").write_text(text)


main()
