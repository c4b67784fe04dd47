//! A service as an imported table has it.

/// A liner service, not yet fitted to the atlas.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Draft {
    /// Code by which the table knows it.
    pub(super) code: String,
    pub(super) name: String,
    pub(super) carrier: String,
    /// Calls in order; the last connects back to the first.
    pub(super) calls: Vec<DraftCall>,
    /// Low, middle and high of the times between sailings, h.
    pub(super) headway_h: Option<[f64; 3]>,
    /// Ships in the rotation, where the table is sure to list all.
    pub(super) ships: Option<u32>,
    /// Capacity of its ships, TEU.
    pub(super) capacity_teu: Option<f64>,
    /// Speed between ports, kn.
    pub(super) speed_kn: Option<f64>,
    /// First and last day that the table knows.
    pub(super) span: Option<[String; 2]>,
    /// What was read off the table, in words.
    pub(super) derived: Vec<String>,
    /// What the table does not tell and was assumed on the way, in words.
    pub(super) assumed: Vec<String>,
}

/// A call of a rotation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DraftCall {
    /// UN/LOCODE.
    pub(super) port: String,
    /// Low, middle and high of the stays, h.
    pub(super) stay_h: Option<[f64; 3]>,
}

/// What a table holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drafts {
    pub(super) services: Vec<Draft>,
    /// What could not be made a service or a call of one, with its reason.
    pub(super) left_out: Vec<String>,
}

/// Least, middle and greatest of some values; none of none.
pub(super) fn three(mut values: Vec<f64>) -> Option<[f64; 3]> {
    values.sort_by(f64::total_cmp);
    let (first, last) = (*values.first()?, *values.last()?);
    Some([first, values[values.len() / 2], last])
}
