//! An M/M/n queue in NeXosim: one model that schedules its own arrivals and departures, which is the least
//! that the engine can be asked to do.
//!
//! usage: portsim-nexosim SERVERS RHO CUSTOMERS SEED

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use nexosim::model::{Context, Model, schedulable};
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use rand::SeedableRng;
use rand_distr::{Distribution, Exp};
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Queue {
    servers: u32,
    rate: f64,
    to_come: u64,
    warm_up: u64,
    seed: u64,
    busy: u32,
    came: u64,
    waiting: VecDeque<(u64, MonotonicTime)>,
    #[serde(skip)]
    random: Option<Pcg64Mcg>,
    /// Sum of the waits in seconds, and their number.
    #[serde(skip)]
    waits: Arc<Mutex<(f64, u64)>>,
    sum: (f64, u64),
}

#[Model]
impl Queue {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.random = Some(Pcg64Mcg::seed_from_u64(self.seed));
        self.schedule_arrival(cx);
    }

    fn after(&mut self, rate: f64) -> Duration {
        let random = self.random.as_mut().expect("made at the beginning");
        // Events must lie in the future, by a nanosecond at least.
        let law = Exp::new(rate).expect("a rate above 0");
        Duration::from_secs_f64(law.sample(random)).max(Duration::from_nanos(1))
    }

    fn schedule_arrival(&mut self, cx: &Context<Self>) {
        let after = self.after(self.rate);
        cx.schedule_event(after, schedulable!(Self::arrive), ()).expect("the future");
    }

    fn begin(&mut self, number: u64, waited: f64, cx: &Context<Self>) {
        if number >= self.warm_up {
            self.sum.0 += waited;
            self.sum.1 += 1;
        }
        let after = self.after(1.0);
        cx.schedule_event(after, schedulable!(Self::depart), ()).expect("the future");
    }

    #[nexosim(schedulable)]
    fn arrive(&mut self, _: (), cx: &Context<Self>) {
        let number = self.came;
        self.came += 1;
        if self.busy < self.servers {
            self.busy += 1;
            self.begin(number, 0.0, cx);
        } else {
            self.waiting.push_back((number, cx.time()));
        }
        if self.came < self.to_come {
            self.schedule_arrival(cx);
        }
    }

    #[nexosim(schedulable)]
    fn depart(&mut self, _: (), cx: &Context<Self>) {
        match self.waiting.pop_front() {
            Some((number, came)) => {
                let waited = cx.time().duration_since(came).as_secs_f64();
                self.begin(number, waited, cx);
            }
            None => self.busy -= 1,
        }
        if self.busy == 0 && self.came == self.to_come {
            *self.waits.lock().expect("one thread") = self.sum;
        }
    }
}

fn main() {
    let given: Vec<f64> = std::env::args().skip(1).map(|text| text.parse().expect("a number")).collect();
    let [servers, rho, customers, seed] = given[..] else { panic!("usage: SERVERS RHO CUSTOMERS SEED") };
    let waits = Arc::new(Mutex::new((0.0, 0)));
    let queue = Queue {
        servers: servers as u32,
        rate: rho * servers,
        to_come: customers as u64,
        warm_up: customers as u64 / 10,
        seed: seed as u64,
        busy: 0,
        came: 0,
        waiting: VecDeque::new(),
        random: None,
        waits: Arc::clone(&waits),
        sum: (0.0, 0),
    };
    let mailbox = Mailbox::new();
    let started = Instant::now();
    let simulation = SimInit::with_num_threads(1).add_model(queue, mailbox, "queue").init(MonotonicTime::EPOCH);
    simulation.expect("a sound bench").run().expect("a sound run");
    let seconds = started.elapsed().as_secs_f64();
    let (sum, count) = *waits.lock().expect("one thread");
    println!(
        "{{\"wait_over_service\": {}, \"seconds\": {seconds}, \"version\": \"1.0.0\"}}",
        sum / count as f64
    );
}
