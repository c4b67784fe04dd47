//! Ports, services and demand put together.

use std::path::{Path, PathBuf};

use super::demand::{Demand, read_demands};
use super::distance::Distances;
use super::log::{LoggedService, SolutionLog};
use super::ports::Ports;
use crate::cargo::CargoError;
use crate::cargo::liner::{Call, LinerProblem, Place, Service, Shipment, liner_problem};
use crate::error::{ReadError, ReadProblem};

/// Penalty for each FFE left behind, in USD (Brouer et al. 2014, table 4).
pub const REJECTION_PENALTY_USD: f64 = 1_000.0;

/// Time in port, in hours (Brouer et al. 2014: "a fixed port stay of 24 hours").
const PORT_STAY_H: f64 = 24.0;

/// A published network and a demand.
#[derive(Clone, Debug)]
pub struct Instance {
    ports: Ports,
    log_file: PathBuf,
    log: SolutionLog,
    demand_file: PathBuf,
    demands: Vec<Demand>,
    distances: Option<Distances>,
}

/// How long cargo may and does take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TransitTimes {
    /// As long as it likes: the published base solutions.
    Unlimited,
    /// No longer than the demand file says.
    Limited {
        /// Time from one call to another for cargo that changes, in hours. Half a week is the mean
        /// wait for a weekly sailing.
        transfer_h: f64,
    },
}

/// A cargo problem cannot be made of the files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InstanceError {
    /// A file cannot be read, or names what another does not have.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A number makes no sense.
    #[error(transparent)]
    Cargo(#[from] CargoError),
    /// The distance between two ports of a rotation is not known.
    #[error(
        "no distance from {from} to {to}, which the service in line {line} of the log sails; add it to the distance file"
    )]
    Distance {
        /// Line of the service, from 1.
        line: usize,
        /// Code of the port where the leg starts.
        from: String,
        /// Code of the port where it ends.
        to: String,
    },
}

impl Instance {
    /// Reads `ports.csv` (and with transit times `dist_dense.csv`) from a folder, a log and a demand
    /// file.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column, also for ports of the log or the demand that are not
    /// in `ports.csv`.
    pub fn read(
        folder: &Path,
        log_file: &Path,
        demand_file: &Path,
        times: TransitTimes,
    ) -> Result<Self, ReadError> {
        let ports = Ports::read(&folder.join("ports.csv"))?;
        let distances = match times {
            TransitTimes::Unlimited => None,
            TransitTimes::Limited { .. } => {
                Some(Distances::read(&folder.join("dist_dense.csv"), &ports)?)
            }
        };
        let instance = Self {
            log: SolutionLog::read(log_file)?,
            log_file: log_file.into(),
            demands: read_demands(demand_file)?,
            demand_file: demand_file.into(),
            ports,
            distances,
        };
        instance.check()?;
        Ok(instance)
    }

    /// The solution log.
    pub fn log(&self) -> &SolutionLog {
        &self.log
    }

    /// The demands.
    pub fn demands(&self) -> &[Demand] {
        &self.demands
    }

    /// Cost of all services, in USD/week.
    pub fn service_cost_usd(&self) -> f64 {
        self.log.services.iter().map(LoggedService::cost_usd).sum()
    }

    /// The cargo problem: profit in USD/week, flows in FFE/week. Demand between ports that no service
    /// calls at stays in it, to be rejected.
    ///
    /// # Errors
    /// [`InstanceError`].
    pub fn problem(&self, times: TransitTimes) -> Result<LinerProblem, InstanceError> {
        let transfer_h = match times {
            TransitTimes::Unlimited => 0.0,
            TransitTimes::Limited { transfer_h } => transfer_h,
        };
        // A port without a cost is one that nothing calls at and no demand names: see `check`.
        let places: Vec<Place> = self
            .ports
            .all()
            .iter()
            .map(|port| Place {
                load_cost: port.move_cost_usd.unwrap_or(0.0),
                discharge_cost: port.move_cost_usd.unwrap_or(0.0),
                transfer_cost: port.transfer_cost_usd.unwrap_or(0.0),
                transfer_h,
            })
            .collect();
        let services = self
            .log
            .services
            .iter()
            .map(|service| self.service(service, times));
        let services = services.collect::<Result<Vec<Service>, InstanceError>>()?;
        let shipments: Vec<Shipment> = self
            .demands
            .iter()
            .map(|demand| self.shipment(demand, times))
            .collect();
        Ok(liner_problem(&places, &services, &shipments)?)
    }

    fn service(
        &self,
        logged: &LoggedService,
        times: TransitTimes,
    ) -> Result<Service, InstanceError> {
        let count = logged.calls.len();
        let call = |index: usize| {
            let (from, to) = (&logged.calls[index], &logged.calls[(index + 1) % count]);
            let place = self.position(from);
            let sail_h = match times {
                TransitTimes::Unlimited => 0.0,
                TransitTimes::Limited { .. } => {
                    let distances = self.distances.as_ref();
                    let distance =
                        distances.and_then(|d| d.nautical_miles(place, self.position(to)));
                    let distance = distance.ok_or_else(|| InstanceError::Distance {
                        line: logged.line,
                        from: from.clone(),
                        to: to.clone(),
                    })?;
                    distance / logged.speed_kn
                }
            };
            Ok(Call {
                place,
                stay_h: PORT_STAY_H,
                sail_h,
            })
        };
        let calls = (0..count)
            .map(call)
            .collect::<Result<Vec<Call>, InstanceError>>()?;
        Ok(Service {
            capacity: logged.capacity_ffe,
            calls,
        })
    }

    fn shipment(&self, demand: &Demand, times: TransitTimes) -> Shipment {
        Shipment {
            origin: self.position(&demand.origin),
            destination: self.position(&demand.destination),
            volume: demand.ffe_per_week,
            revenue: demand.revenue_usd,
            penalty: REJECTION_PENALTY_USD,
            time_limit_h: match times {
                TransitTimes::Unlimited => f64::INFINITY,
                TransitTimes::Limited { .. } => 24.0 * demand.transit_time_d,
            },
        }
    }

    /// Position of a port that `check` has found.
    fn position(&self, code: &str) -> usize {
        self.ports.position(code).unwrap_or(usize::MAX)
    }

    fn check(&self) -> Result<(), ReadError> {
        for service in &self.log.services {
            for code in &service.calls {
                self.check_port(code, &self.log_file, service.line)?;
            }
        }
        for demand in &self.demands {
            for code in [&demand.origin, &demand.destination] {
                self.check_port(code, &self.demand_file, demand.line)?;
            }
        }
        Ok(())
    }

    fn check_port(&self, code: &str, file: &Path, line: usize) -> Result<(), ReadError> {
        let known = self
            .ports
            .position(code)
            .map(|position| &self.ports.all()[position]);
        let place = match known {
            None => "ports.csv".to_owned(),
            Some(port) if port.move_cost_usd.is_none() || port.transfer_cost_usd.is_none() => {
                "ports.csv with its costs".to_owned()
            }
            Some(_) => return Ok(()),
        };
        let problem = ReadProblem::Unknown {
            what: "port",
            name: code.to_owned(),
            place,
        };
        Err(ReadError {
            file: file.into(),
            line,
            column: 0,
            problem,
        })
    }
}
