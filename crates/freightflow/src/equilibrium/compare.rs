//! Which links two paths do not share.

/// Compares paths; holds a mark a link.
pub(super) struct Comparison {
    marks: Vec<u32>,
    stamp: u32,
}

impl Comparison {
    pub(super) fn new(links: usize) -> Self {
        Self {
            marks: vec![0; links],
            stamp: 0,
        }
    }

    /// Appends the links that only `a` uses to `only_a`, and those that only `b` uses to `only_b`.
    pub(super) fn split(
        &mut self,
        a: &[u32],
        b: &[u32],
        only_a: &mut Vec<u32>,
        only_b: &mut Vec<u32>,
    ) {
        if self.stamp > u32::MAX - 2 {
            self.marks.fill(0);
            self.stamp = 0;
        }
        self.stamp += 2;
        let (on_b, on_both) = (self.stamp - 1, self.stamp);
        for &link in b {
            self.marks[link as usize] = on_b;
        }
        for &link in a {
            let mark = &mut self.marks[link as usize];
            if *mark == on_b {
                *mark = on_both;
            } else {
                only_a.push(link);
            }
        }
        only_b.extend(b.iter().filter(|link| self.marks[**link as usize] == on_b));
    }
}
