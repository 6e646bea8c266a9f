//! Where the cells of a table come to stand when some stretch over several rows or columns.

use super::block::Cell;

/// Beyond this column nothing stretches.
const LAST_COLUMN: u32 = 1 << 20;

/// A table while its cells come in.
#[derive(Debug)]
pub(super) struct Grid {
    pub table: u32,
    row: u32,
    /// The next column that may be free.
    column: u32,
    /// For each column, the last row that a cell from above reaches into.
    taken: Vec<u32>,
}

impl Grid {
    pub(super) fn new(table: u32) -> Grid {
        Grid { table, row: 0, column: 1, taken: Vec::new() }
    }

    /// The next cells are those of a new row.
    pub(super) fn next_row(&mut self) {
        self.row += 1;
        self.column = 1;
    }

    /// Leaves columns of this row empty.
    pub(super) fn skip(&mut self, columns: u32) {
        self.column = self.column.saturating_add(columns).min(LAST_COLUMN);
    }

    /// The place of the next cell.
    pub(super) fn next_cell(&mut self, rows: u32, columns: u32, is_head: bool) -> Cell {
        self.row = self.row.max(1);
        while self.taken.get(self.column as usize - 1).is_some_and(|last| *last >= self.row) {
            self.column += 1;
        }
        let column = self.column;
        let columns = if column.saturating_add(columns) > LAST_COLUMN { 1 } else { columns.max(1) };
        let rows = rows.max(1);
        if rows > 1 {
            let (from, to) = (column as usize - 1, (column + columns) as usize - 1);
            if self.taken.len() < to {
                self.taken.resize(to, 0);
            }
            self.taken[from..to].fill(self.row.saturating_add(rows - 1));
        }
        self.column = column + columns;
        Cell { table: self.table, row: self.row, column, rows, columns, is_head }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_makes_room_for_those_that_reach_down_from_above() {
        let mut grid = Grid::new(1);
        let mut at = |rows: u32, columns: u32| {
            let cell = grid.next_cell(rows, columns, false);
            (cell.row, cell.column)
        };
        assert_eq!([at(2, 1), at(1, 2), at(3, 1)], [(1, 1), (1, 2), (1, 4)]);
        // the first row was begun by its first cell
        grid.next_row();
        let mut at = |rows: u32, columns: u32| {
            let cell = grid.next_cell(rows, columns, false);
            (cell.row, cell.column)
        };
        assert_eq!([at(1, 1), at(1, 1)], [(2, 2), (2, 3)]);
        grid.next_row();
        let cell = grid.next_cell(1, 3, false);
        assert_eq!((cell.row, cell.column), (3, 1));
    }
}
