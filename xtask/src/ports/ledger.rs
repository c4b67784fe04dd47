//! The list of what was repaired, dropped or doubted.

use anyhow::Result;

/// One row of `atlas/ports-repairs.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repair {
    /// Port, by the code in the finished table (or the code as found, if it was dropped).
    pub unlocode: String,
    /// Kind of finding: `position`, `name`, `duplicate`, `doubt`, `drop` ...
    pub what: &'static str,
    /// Value as found.
    pub before: String,
    /// Value as kept; empty for a drop or a doubt.
    pub after: String,
    /// Why.
    pub reason: String,
}

/// All findings of one build.
#[derive(Debug, Default)]
pub struct Ledger {
    rows: Vec<Repair>,
}

impl Ledger {
    /// Notes one finding.
    pub fn note(
        &mut self,
        unlocode: &str,
        what: &'static str,
        before: impl Into<String>,
        after: impl Into<String>,
        reason: impl Into<String>,
    ) {
        self.rows.push(Repair {
            unlocode: unlocode.to_owned(),
            what,
            before: before.into(),
            after: after.into(),
            reason: reason.into(),
        });
    }

    /// The findings, sorted and each once.
    pub fn rows(mut self) -> Vec<Repair> {
        self.rows.sort();
        self.rows.dedup();
        self.rows
    }
}

/// Writes the findings as CSV.
///
/// # Errors
/// Only if memory cannot be written.
pub fn to_csv(rows: &[Repair]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["unlocode", "what", "before", "after", "reason"])?;
    for Repair {
        unlocode,
        what,
        before,
        after,
        reason,
    } in rows
    {
        writer.write_record([unlocode.as_str(), what, before, after, reason])?;
    }
    Ok(writer.into_inner()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_each_stands_once() {
        let mut ledger = Ledger::default();
        ledger.note("PECLL", "name", "CALLAO", "Callao", "capitals");
        ledger.note(
            "CLVAP",
            "name",
            "Valparaiso",
            "Valparaíso",
            "diacritics, as in UN/LOCODE",
        );
        ledger.note("PECLL", "name", "CALLAO", "Callao", "capitals");
        let text = String::from_utf8(to_csv(&ledger.rows()).unwrap()).unwrap();
        assert_eq!(
            text,
            "unlocode,what,before,after,reason\n\
             CLVAP,name,Valparaiso,Valparaíso,\"diacritics, as in UN/LOCODE\"\n\
             PECLL,name,CALLAO,Callao,capitals\n"
        );
    }
}
