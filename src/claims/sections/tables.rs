//! Tables while they are being read: a section, what its dotted keys and further headers make, a pair of braces.

use super::names::{Conflict, Names, Scope};
use super::{Entry, Key, Span, Spanned, Value};

/// From how many keys on a table is entered in [`Names`] rather than searched.
const MANY: usize = 16;

/// A table while it is being read.
pub(super) struct Growing<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    scope: Scope,
    /// Whether all of its keys are entered in [`Names`].
    is_entered: bool,
    /// A bit for each key, some keys sharing one: a key whose bit is not set is new.
    marks: u64,
}

/// The way from a section to one of its sub-tables, as positions among the entries.
#[derive(Default)]
pub(super) struct SubTable {
    positions: Vec<usize>,
    scope: Option<Scope>,
}

impl<'a> Growing<'a> {
    pub(super) fn new(scope: Scope) -> Self {
        Self { entries: Vec::new(), scope, is_entered: false, marks: 0 }
    }

    /// Makes room for another table, to be named `scope`.
    pub(super) fn start_over(&mut self, scope: Scope, is_entered: bool) {
        self.entries.clear();
        (self.scope, self.is_entered, self.marks) = (scope, is_entered, 0);
    }

    /// Adds a value under a key, which has several parts if it is dotted. Takes the parts.
    #[inline]
    pub(super) fn put(
        &mut self,
        names: &mut Names<'a>,
        keys: &mut Vec<Key<'a>>,
        from: usize,
        value: Spanned<Value<'a>>,
    ) -> Result<(), Conflict<'a>> {
        let is_plain = keys.len() == from + 1 && !self.is_entered && self.entries.len() < MANY;
        if !is_plain {
            return self.put_by_name(names, keys, from, value);
        }
        let Some(key) = keys.pop() else { return Ok(()) };
        let mark = mark(&key.value);
        if self.marks & mark != 0
            && let Some(earlier) = self.entries.iter().find(|entry| entry.key.value == key.value)
        {
            return Err(Conflict::given_twice(key, earlier.key.span));
        }
        self.marks |= mark;
        self.entries.push(Entry { key, value });
        Ok(())
    }

    /// Takes plain keys with their values all at once, if nothing speaks against any of them.
    pub(super) fn take_all(&mut self, entries: &mut Vec<Entry<'a>>) -> bool {
        if self.is_entered || !self.entries.is_empty() || entries.len() > MANY {
            return false;
        }
        let mut marks = 0;
        for (index, entry) in entries.iter().enumerate() {
            let mark = mark(&entry.key.value);
            if marks & mark != 0 && entries[..index].iter().any(|other| other.key.value == entry.key.value) {
                return false;
            }
            marks |= mark;
        }
        self.marks = marks;
        std::mem::swap(&mut self.entries, entries);
        true
    }

    /// The way by way of [`Names`], kept apart from the short one.
    #[inline(never)]
    fn put_by_name(
        &mut self,
        names: &mut Names<'a>,
        keys: &mut Vec<Key<'a>>,
        from: usize,
        value: Spanned<Value<'a>>,
    ) -> Result<(), Conflict<'a>> {
        self.enter(names);
        put_below(names, self.scope, &mut self.entries, keys, from, value)
    }

    /// Adds a value in one of the sub-tables.
    pub(super) fn put_in(
        &mut self,
        sub: &SubTable,
        names: &mut Names<'a>,
        keys: &mut Vec<Key<'a>>,
        from: usize,
        value: Spanned<Value<'a>>,
    ) -> Result<(), Conflict<'a>> {
        let mut entries = &mut self.entries;
        for &position in &sub.positions {
            let Some(inner) = table_at(entries, position, value.span.end) else {
                return Ok(());
            };
            entries = inner;
        }
        let Some(scope) = sub.scope else {
            return Ok(());
        };
        put_below(names, scope, entries, keys, from, value)
    }

    /// Opens the sub-table of a header that continues the section's own: `path` is what it has more.
    pub(super) fn open(
        &mut self,
        names: &mut Names<'a>,
        path: &[Key<'a>],
        is_array: bool,
        header: Span,
    ) -> Result<SubTable, Conflict<'a>> {
        self.enter(names);
        let part = names.part();
        let (mut scope, mut entries) = (self.scope, &mut self.entries);
        let mut positions = Vec::with_capacity(path.len());
        let Some((last, parents)) = path.split_last() else {
            return Ok(SubTable::default());
        };
        for key in parents {
            let name = names.enter(scope, key, Some(is_array))?;
            name.take_place(part, entries, key, header);
            scope = name.inner;
            positions.push(name.position);
            let Some(inner) = table_at(entries, name.position, header.end) else {
                return Ok(SubTable::default());
            };
            entries = inner;
        }
        let (name, _) = names.open(scope, last, is_array)?;
        name.take_place(part, entries, last, header);
        name.add_element(entries, header);
        positions.push(name.position);
        Ok(SubTable { positions, scope: Some(name.inner) })
    }

    /// Enters the keys so far, after which dotted keys and headers can refer to them.
    pub(super) fn enter(&mut self, names: &mut Names<'a>) {
        if self.is_entered {
            return;
        }
        self.is_entered = true;
        for (position, entry) in self.entries.iter().enumerate() {
            // They have been compared with each other; none can be known already.
            let _ = names.add(self.scope, &entry.key, position);
        }
    }
}

/// The bit of a key: by its length, its first and its last byte.
fn mark(key: &str) -> u64 {
    let bytes = key.as_bytes();
    let byte = |at: Option<&u8>| at.map_or(0, |&byte| u64::from(byte));
    let mixed = bytes.len() as u64 * 7 + byte(bytes.first()) * 5 + byte(bytes.last());
    1 << (mixed % 64)
}

/// Adds a value below `entries`, whose keys are all entered; makes the tables of a dotted key.
fn put_below<'a>(
    names: &mut Names<'a>,
    mut scope: Scope,
    mut entries: &mut Vec<Entry<'a>>,
    keys: &mut Vec<Key<'a>>,
    from: usize,
    value: Spanned<Value<'a>>,
) -> Result<(), Conflict<'a>> {
    let part = names.part();
    let Some(last) = keys.pop() else {
        return Ok(());
    };
    for key in keys.drain(from..) {
        let name = names.enter(scope, &key, None)?;
        name.take_place(part, entries, &key, key.span);
        scope = name.inner;
        let Some(inner) = table_at(entries, name.position, value.span.end) else {
            return Ok(());
        };
        entries = inner;
    }
    names.add(scope, &last, entries.len())?;
    entries.push(Entry { key: last, value });
    Ok(())
}

/// The table at a position, or the last of the list there; it now reaches to `end`.
fn table_at<'e, 'a>(entries: &'e mut [Entry<'a>], position: usize, end: u32) -> Option<&'e mut Vec<Entry<'a>>> {
    let mut found = &mut entries.get_mut(position)?.value;
    found.span.end = found.span.end.max(end);
    if let Spanned { value: Value::List(elements), .. } = found {
        found = elements.last_mut()?;
        found.span.end = found.span.end.max(end);
    }
    match &mut found.value {
        Value::Table(entries) => Some(entries),
        _ => None,
    }
}
