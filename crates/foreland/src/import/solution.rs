//! Logs of LINERLIB's published solutions, taken apart into the calls of their services.

use std::collections::VecDeque;
use std::io::Read;

use csv::{ByteRecord, Position};
use freightflow::linerlib::SolutionLog;

use crate::error::{Error, Problem};

/// Longest log: those of the suite's largest instance have less than 1 MB.
pub(super) const LOG_BYTES: u64 = 64 << 20;

/// The calls of a log as records with their service's line; a line that belongs to no known part of a
/// service becomes a record that no layout takes, so that it is counted.
///
/// # Errors
///
/// [`Error::Input`] if the log has no services or one of them is not complete.
pub(super) fn calls(file: &str, mut input: impl Read) -> Result<VecDeque<ByteRecord>, Error> {
    let refuse = |message: String| {
        let remedy = "bring a solution log of the suite as it came";
        Error::Input(Problem::in_file(file, message, remedy))
    };
    let mut text = String::new();
    input
        .read_to_string(&mut text)
        .map_err(|cause| refuse(format!("no log of a solution: {cause}")))?;
    let log = SolutionLog::from_text(file, &text).map_err(|error| {
        let remedy = "bring a solution log of the suite as it came";
        let problem = Problem::in_file(file, error.problem.to_string(), remedy);
        Error::Input(problem.on_line(error.line as u64))
    })?;
    let record = |cells: &[String], line: usize| {
        let mut record = ByteRecord::from(cells.to_vec());
        let mut position = Position::new();
        position.set_line(line as u64);
        record.set_position(Some(position));
        record
    };
    let mut records = VecDeque::new();
    for (number, service) in log.services.iter().enumerate() {
        for port in &service.calls {
            let cells = [
                number.to_string(),
                service.capacity_ffe.to_string(),
                service.ships.to_string(),
                service.speed_kn.to_string(),
                port.clone(),
            ];
            records.push_back(record(&cells, service.line));
        }
    }
    for &line in &log.unknown_lines {
        let text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        records.push_back(record(&[text.trim().to_owned()], line));
    }
    Ok(records)
}
