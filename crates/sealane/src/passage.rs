//! Canals, straits, capes, ice limits and approach channels: what can be closed.

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A canal or locks.
    Canal,
    /// A strait.
    Strait,
    /// The waters off a cape, out to the next land.
    Cape,
    /// A limit of latitude against ice.
    Ice,
    /// An approach channel to inland ports.
    Channel,
}

impl Kind {
    /// All kinds with their names in files.
    pub const NAMES: [(Kind, &'static str); 5] = [
        (Kind::Canal, "canal"),
        (Kind::Strait, "strait"),
        (Kind::Cape, "cape"),
        (Kind::Ice, "ice"),
        (Kind::Channel, "channel"),
    ];

    /// The name in files.
    pub fn name(self) -> &'static str {
        Kind::NAMES
            .iter()
            .find(|(k, _)| *k == self)
            .map_or("", |(_, n)| n)
    }

    /// The kind of a name in files.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::NAMES
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(k, _)| *k)
    }
}

/// The largest ship that may pass; `None` where no limit is known. Metres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Length over all in metres.
    pub loa_m: Option<f64>,
    /// Beam in metres.
    pub beam_m: Option<f64>,
    /// Draught in metres.
    pub draught_m: Option<f64>,
    /// Air draught in metres.
    pub air_draught_m: Option<f64>,
}

/// A ship's dimensions; `None` where not given, which no limit bars. Metres.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Vessel {
    /// Length over all in metres.
    pub loa_m: Option<f64>,
    /// Beam in metres.
    pub beam_m: Option<f64>,
    /// Draught in metres.
    pub draught_m: Option<f64>,
    /// Air draught in metres.
    pub air_draught_m: Option<f64>,
}

/// A dimension in which a ship exceeds a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Barred {
    /// Id of the passage.
    pub passage: String,
    /// `loa`, `beam`, `draught` or `air draught`; `closed` for one that is shut
    /// to all ships.
    pub limit: &'static str,
    /// What the passage takes, in metres.
    pub allowed_m: Option<f64>,
    /// What the ship has, in metres.
    pub asked_m: Option<f64>,
}

impl Limits {
    /// The first dimension in which the vessel is too large, with what is
    /// allowed and what was asked, in metres.
    pub fn exceeded_by(&self, v: &Vessel) -> Option<(&'static str, f64, f64)> {
        [
            ("loa", self.loa_m, v.loa_m),
            ("beam", self.beam_m, v.beam_m),
            ("draught", self.draught_m, v.draught_m),
            ("air draught", self.air_draught_m, v.air_draught_m),
        ]
        .into_iter()
        .find_map(|(name, allowed, asked)| {
            let (allowed, asked) = (allowed?, asked?);
            (asked > allowed).then_some((name, allowed, asked))
        })
    }
}

/// A passage that routes can be told to avoid or to take.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Short name used in files and on the command line, such as `suez`.
    pub id: String,
    /// Name in full.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether routes take it unless told otherwise.
    pub open_by_default: bool,
    /// The largest ship.
    pub limits: Limits,
    /// Passages that a ship taking this one means to do without: round a continent
    /// instead of through its canal. They close when it is a passage to be taken,
    /// unless they are themselves.
    pub instead_of: PassageSet,
}

/// A set of passages by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PassageSet(u128);

impl PassageSet {
    /// The most passages there can be.
    pub const CAPACITY: usize = 128;
    /// No passage.
    pub const EMPTY: PassageSet = PassageSet(0);

    /// The passage with this number alone; empty from [`PassageSet::CAPACITY`] on.
    pub fn one(number: usize) -> Self {
        PassageSet(if number < Self::CAPACITY {
            1 << number
        } else {
            0
        })
    }

    /// From the bits of a number.
    pub(crate) fn from_bits(bits: u128) -> Self {
        PassageSet(bits)
    }

    /// As the bits of a number.
    #[cfg(feature = "build")]
    pub(crate) fn bits(self) -> u128 {
        self.0
    }

    /// All in either.
    #[must_use]
    pub fn with(self, o: Self) -> Self {
        PassageSet(self.0 | o.0)
    }

    /// All here and not there.
    #[must_use]
    pub fn without(self, o: Self) -> Self {
        PassageSet(self.0 & !o.0)
    }

    /// All in both.
    #[must_use]
    pub fn and(self, o: Self) -> Self {
        PassageSet(self.0 & o.0)
    }

    /// Those in one of the two only.
    #[must_use]
    pub fn toggled(self, o: Self) -> Self {
        PassageSet(self.0 ^ o.0)
    }

    /// Whether none is in.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have one in common.
    pub fn meets(self, o: Self) -> bool {
        self.0 & o.0 != 0
    }

    /// Whether a number is in.
    pub fn contains(self, number: usize) -> bool {
        number < Self::CAPACITY && self.0 >> number & 1 == 1
    }

    /// The numbers in it, ascending.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            (bits != 0).then(|| {
                let i = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                i
            })
        })
    }
}
