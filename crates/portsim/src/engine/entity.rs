//! Entities, kept in places that are used again.

/// Most stations of which an entity can hold a part at the same time.
pub(crate) const MOST_HELD: usize = 6;

/// No entity: the end of a chain.
pub(crate) const NONE: u32 = u32::MAX;

/// What an entity holds of a station.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Held {
    pub station: u32,
    pub units: u32,
    pub since_h: f64,
}

/// What an entity is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// Going from stage to stage, in no time.
    #[default]
    Moving,
    /// In the queue of a station.
    Waiting,
    /// In a hold.
    Holding,
    /// In a hold whose station's work stands still.
    Paused,
}

/// A ship, truck, train or lot of boxes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entity {
    /// Whether this place is taken.
    pub inside: bool,
    /// Its luck.
    pub key: u64,
    pub source: u32,
    /// Number among those of its source, for those that a source made; else of who sent it out.
    pub number: u64,
    /// Whether another entity sent it out.
    pub sent: bool,
    pub priority: u8,
    pub length_m: f32,
    pub draught_m: f32,
    pub state: State,
    /// The stage that it is at, or goes to next.
    pub step: u32,
    /// Changes of route so far: the second time round has luck of its own.
    pub laps: u32,
    /// Grows with everything that makes events about this place void.
    pub turn: u32,
    pub arrived_h: f64,
    /// When the waiting or the hold began.
    pub since_h: f64,
    /// End of the hold; while paused, what is left of it.
    pub end_h: f64,
    /// Units asked for while waiting.
    pub asked: u32,
    /// What the queue is ordered by.
    pub rank: f64,
    pub before: u32,
    pub behind: u32,
    pub held: [Held; MOST_HELD],
    pub held_count: u8,
}

impl Entity {
    pub fn held(&self) -> &[Held] {
        &self.held[..usize::from(self.held_count)]
    }

    /// Place of a station among what is held.
    pub fn holds(&self, station: u32) -> Option<usize> {
        self.held().iter().position(|held| held.station == station)
    }

    pub fn take(&mut self, station: u32, units: u32, since_h: f64) {
        // A plan has at most MOST_HELD at once on every way that was followed; the run checks the rest.
        self.held[usize::from(self.held_count)] = Held {
            station,
            units,
            since_h,
        };
        self.held_count += 1;
    }

    pub fn give_back(&mut self, position: usize) -> Held {
        let held = self.held[position];
        self.held
            .copy_within(position + 1..usize::from(self.held_count), position);
        self.held_count -= 1;
        held
    }

    /// Makes every event void that was scheduled about it.
    pub fn next_turn(&mut self) -> u32 {
        self.turn = self.turn.wrapping_add(1);
        self.turn
    }
}

/// All entities inside; a place that one leaves is taken by the next.
#[derive(Debug, Default)]
pub(crate) struct Slab {
    places: Vec<Entity>,
    free: Vec<u32>,
}

impl Slab {
    pub fn clear(&mut self) {
        self.places.clear();
        self.free.clear();
    }

    pub fn inside(&self) -> u32 {
        (self.places.len() - self.free.len()) as u32
    }

    /// Everyone inside.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.places.iter().filter(|entity| entity.inside)
    }

    #[inline]
    pub fn add(&mut self, mut entity: Entity) -> u32 {
        entity.inside = true;
        match self.free.pop() {
            Some(place) => {
                entity.turn = self.places[place as usize].turn;
                self.places[place as usize] = entity;
                place
            }
            None => {
                self.places.push(entity);
                (self.places.len() - 1) as u32
            }
        }
    }

    pub fn remove(&mut self, place: u32) {
        self.places[place as usize].next_turn();
        self.places[place as usize].inside = false;
        self.free.push(place);
    }
}

impl std::ops::Index<u32> for Slab {
    type Output = Entity;
    #[inline]
    fn index(&self, place: u32) -> &Entity {
        &self.places[place as usize]
    }
}

impl std::ops::IndexMut<u32> for Slab {
    #[inline]
    fn index_mut(&mut self, place: u32) -> &mut Entity {
        &mut self.places[place as usize]
    }
}
