//! A four-way heap of nodes by key, whose keys can be lowered.

const ABSENT: u32 = u32::MAX;

/// Nodes by key, least first. Four children a node: fewer levels than a binary heap, and the
/// children share a cache line.
#[derive(Clone, Debug)]
pub(crate) struct NodeHeap {
    entries: Vec<(f64, u32)>,
    slot: Vec<u32>,
}

impl NodeHeap {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            entries: Vec::new(),
            slot: vec![ABSENT; nodes],
        }
    }

    /// Forgets every entry.
    pub(crate) fn clear(&mut self) {
        for (_, node) in self.entries.drain(..) {
            self.slot[node as usize] = ABSENT;
        }
    }

    /// Adds `node`, or lowers its key. A key that is not lower is ignored.
    pub(crate) fn push(&mut self, node: u32, key: f64) {
        let slot = self.slot[node as usize];
        if slot == ABSENT {
            self.entries.push((key, node));
            self.rise(self.entries.len() - 1);
        } else if key < self.entries[slot as usize].0 {
            self.entries[slot as usize].0 = key;
            self.rise(slot as usize);
        }
    }

    /// Takes the node with the least key.
    pub(crate) fn pop(&mut self) -> Option<(f64, u32)> {
        let last = self.entries.pop()?;
        let Some(&first) = self.entries.first() else {
            self.slot[last.1 as usize] = ABSENT;
            return Some(last);
        };
        self.slot[first.1 as usize] = ABSENT;
        self.entries[0] = last;
        self.sink();
        Some(first)
    }

    fn rise(&mut self, mut at: usize) {
        let entry = self.entries[at];
        while at > 0 {
            let parent = (at - 1) / 4;
            if self.entries[parent].0 <= entry.0 {
                break;
            }
            self.put(at, self.entries[parent]);
            at = parent;
        }
        self.put(at, entry);
    }

    fn sink(&mut self) {
        let entry = self.entries[0];
        let mut at = 0;
        loop {
            let first = 4 * at + 1;
            if first >= self.entries.len() {
                break;
            }
            let last = (first + 4).min(self.entries.len());
            let mut least = first;
            for child in first + 1..last {
                if self.entries[child].0 < self.entries[least].0 {
                    least = child;
                }
            }
            if self.entries[least].0 >= entry.0 {
                break;
            }
            self.put(at, self.entries[least]);
            at = least;
        }
        self.put(at, entry);
    }

    fn put(&mut self, at: usize, entry: (f64, u32)) {
        self.entries[at] = entry;
        self.slot[entry.1 as usize] = at as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pops_in_order_with_the_lowest_key_given(
            pushes in prop::collection::vec((0u32..40, 0.0f64..10.0), 0..200)
        ) {
            let mut heap = NodeHeap::new(40);
            let mut lowest = [f64::INFINITY; 40];
            for (node, key) in pushes {
                heap.push(node, key);
                lowest[node as usize] = lowest[node as usize].min(key);
            }
            let mut last = 0.0;
            let mut taken = 0;
            while let Some((key, node)) = heap.pop() {
                prop_assert!(key >= last);
                prop_assert_eq!(key, lowest[node as usize]);
                last = key;
                taken += 1;
            }
            prop_assert_eq!(taken, lowest.iter().filter(|key| key.is_finite()).count());
        }
    }
}
