//! Where a part of a text has gone, as told by claims whose place is settled.

/// Settled claims by their old line, with the line on which they stand now.
pub(super) struct Neighbours(Vec<(u32, usize)>);

/// How many neighbours on either side are asked.
const ASKED: usize = 4;
/// Lines that a place may be away from where a neighbour expects it.
const NEAR: usize = 2;

impl Neighbours {
    pub fn new(mut settled: Vec<(u32, usize)>) -> Neighbours {
        settled.retain(|(line, _)| *line > 0);
        settled.sort_unstable();
        settled.dedup();
        Neighbours(settled)
    }

    fn around(&self, line: u32) -> &[(u32, usize)] {
        let after = self.0.partition_point(|(other, _)| *other <= line);
        let before = self.0.partition_point(|(other, _)| *other < line);
        self.0.get(before.saturating_sub(ASKED)..(after + ASKED).min(self.0.len())).unwrap_or_default()
    }

    /// How many lines a place is away from where the nearest neighbour expects it; `None` if there is nobody to ask.
    pub fn distance(&self, line: u32, now: usize) -> Option<usize> {
        if line == 0 {
            return None;
        }
        let expected =
            |(old, new): &(u32, usize)| (*new as i64 + i64::from(line) - i64::from(*old)).abs_diff(now as i64);
        self.around(line).iter().map(|neighbour| expected(neighbour) as usize).min()
    }

    /// Whether a neighbour expects it about there.
    pub fn agree(&self, line: u32, now: usize) -> bool {
        self.distance(line, now).is_some_and(|distance| distance <= NEAR)
    }
}
