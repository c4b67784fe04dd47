"""An M/M/n queue in SimPy or salabim, as their manuals write it: one process a customer.

usage: portsim_queue.py simpy|salabim SERVERS RHO CUSTOMERS SEED

Prints one JSON object: the mean wait over the mean service time without the first tenth of the
customers, the seconds of the simulation alone, and the version.
"""

import json
import random
import sys
import time
from importlib.metadata import version


def with_simpy(servers, rho, customers, seed):
    import simpy

    draw = random.Random(seed).expovariate
    waits = [0.0, 0]
    warm_up = customers // 10

    def customer(env, number, line):
        came = env.now
        with line.request() as turn:
            yield turn
            if number >= warm_up:
                waits[0] += env.now - came
                waits[1] += 1
            yield env.timeout(draw(1.0))

    def source(env, line):
        for number in range(customers):
            yield env.timeout(draw(rho * servers))
            env.process(customer(env, number, line))

    env = simpy.Environment()
    env.process(source(env, simpy.Resource(env, capacity=servers)))
    started = time.perf_counter()
    env.run()
    return waits[0] / waits[1], time.perf_counter() - started


def with_salabim(servers, rho, customers, seed):
    import salabim

    salabim.yieldless(False)
    draw = random.Random(seed).expovariate
    waits = [0.0, 0]
    warm_up = customers // 10

    class Customer(salabim.Component):
        def process(self):
            came = env.now()
            yield self.request(line)
            if self.number >= warm_up:
                waits[0] += env.now() - came
                waits[1] += 1
            yield self.hold(draw(1.0))
            self.release(line)

    class Generator(salabim.Component):
        def process(self):
            for number in range(customers):
                yield self.hold(draw(rho * servers))
                customer = Customer()
                customer.number = number

    env = salabim.Environment(trace=False)
    line = salabim.Resource("line", capacity=servers)
    # The monitors of salabim would keep every single value.
    for monitor in (line.claimed_quantity, line.available_quantity, line.capacity, line.occupancy):
        monitor.monitor(False)
    Generator()
    started = time.perf_counter()
    env.run()
    return waits[0] / waits[1], time.perf_counter() - started


def main():
    peer, servers, rho, customers, seed = sys.argv[1:]
    run = {"simpy": with_simpy, "salabim": with_salabim}[peer]
    wait, seconds = run(int(servers), float(rho), int(customers), int(seed))
    print(json.dumps({"wait_over_service": wait, "seconds": seconds, "version": version(peer)}))


main()
