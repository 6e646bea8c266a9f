//! Knows what a file has defined, and refuses what TOML does not allow to define twice.
//!
//! Most tables are small and have plain keys; these compare their keys with each other and are entered here only
//! when something else could add to them: another header, a dotted key, or so many keys that comparing is slow.

use std::borrow::Cow;
use std::collections::hash_map::Entry as Slot;

use rustc_hash::FxHashMap;

use super::{Entry, Key, Span, Spanned, Value};

/// Names one table among all of a file, one element of a list being one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Scope(u32);

/// The table that holds the sections.
pub(super) const ROOT: Scope = Scope(0);

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value of its own, among them lists and tables in brackets.
    Value,
    /// A table that dotted keys made: more of them may add to it, but no header of its own.
    Dotted,
    /// A table that only the headers of its sub-tables speak of: it may still get its own header, once.
    Implied,
    /// A table with its header.
    Table,
    /// A list of tables, each with its header in double brackets.
    List,
}

pub(super) struct Name {
    kind: Kind,
    /// Of the table, or of the last element of the list.
    pub(super) inner: Scope,
    span: Span,
    /// Where among the entries of its table it stands, as long as the section in `part` is being read.
    pub(super) position: usize,
    part: u32,
    /// A second header of this name was complained of; further ones most likely repeat the same mistake.
    is_disputed: bool,
}

/// A name that cannot be given what it is given.
pub(super) struct Conflict<'a> {
    pub(super) key: Key<'a>,
    pub(super) earlier: Span,
    pub(super) known: Kind,
    /// Whether it is a header that failed, and then whether its brackets are double.
    pub(super) header: Option<bool>,
    /// Whether the key is the last part of its dotted key.
    pub(super) is_last: bool,
    /// Whether the same was said of an earlier header.
    pub(super) is_repeated: bool,
}

impl<'a> Conflict<'a> {
    /// A plain key that its table has already.
    pub(super) fn given_twice(key: Key<'a>, earlier: Span) -> Self {
        let known = Kind::Value;
        Self { key, earlier, known, header: None, is_last: true, is_repeated: false }
    }
}

/// All names of a file that matter for what follows.
#[derive(Default)]
pub(super) struct Names<'a> {
    known: FxHashMap<(Scope, Cow<'a, str>), Name>,
    last_scope: u32,
    /// Counts the sections.
    part: u32,
}

/// The table that a header opened, and whether nothing was known of it.
pub(super) struct Opened {
    pub(super) scope: Scope,
    pub(super) is_new: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new_scope(&mut self) -> Scope {
        self.last_scope += 1;
        Scope(self.last_scope)
    }

    pub(super) fn part(&self) -> u32 {
        self.part
    }

    /// From here on, entries belong to another section.
    pub(super) fn begin_section(&mut self) {
        self.part += 1;
    }

    /// Enters a plain key and its place.
    pub(super) fn add(&mut self, scope: Scope, key: &Key<'a>, position: usize) -> Result<(), Conflict<'a>> {
        match self.known.entry((scope, key.value.clone())) {
            Slot::Occupied(known) => Err(known.get().refuse(key, None, true)),
            Slot::Vacant(free) => {
                let (span, part) = (key.span, self.part);
                let kind = Kind::Value;
                free.insert(Name { kind, inner: scope, span, position, part, is_disputed: false });
                Ok(())
            }
        }
    }

    /// Goes down into the table `key`, which another part of a dotted key or header follows.
    pub(super) fn enter(
        &mut self,
        scope: Scope,
        key: &Key<'a>,
        header: Option<bool>,
    ) -> Result<&mut Name, Conflict<'a>> {
        let made = if header.is_some() { Kind::Implied } else { Kind::Dotted };
        let fresh = self.fresh(made, key.span);
        let name = self.known.entry((scope, key.value.clone())).or_insert(fresh);
        let may_enter = match header {
            Some(_) => name.kind != Kind::Value,
            None => matches!(name.kind, Kind::Dotted | Kind::Implied),
        };
        if !may_enter {
            return Err(name.refuse(key, header, false));
        }
        if header.is_none() {
            name.kind = Kind::Dotted;
        }
        Ok(name)
    }

    /// Enters the last part of a header.
    pub(super) fn open(
        &mut self,
        scope: Scope,
        key: &Key<'a>,
        is_array: bool,
    ) -> Result<(&mut Name, bool), Conflict<'a>> {
        let made = if is_array { Kind::List } else { Kind::Table };
        let fresh = self.fresh(made, key.span);
        match self.known.entry((scope, key.value.clone())) {
            Slot::Vacant(free) => Ok((free.insert(fresh), true)),
            Slot::Occupied(known) => {
                let name = known.into_mut();
                match (name.kind, is_array) {
                    (Kind::List, true) => {
                        name.inner = fresh.inner;
                        Ok((name, true))
                    }
                    (Kind::Implied, false) => {
                        name.kind = Kind::Table;
                        name.span = key.span;
                        Ok((name, false))
                    }
                    _ => {
                        let conflict = name.refuse(key, Some(is_array), true);
                        name.is_disputed = true;
                        Err(conflict)
                    }
                }
            }
        }
    }

    /// Enters the header of a section.
    pub(super) fn open_section(&mut self, path: &[Key<'a>], is_array: bool) -> Result<Opened, Conflict<'a>> {
        let mut opened = Opened { scope: ROOT, is_new: false };
        if let Some((last, parents)) = path.split_last() {
            for key in parents {
                opened.scope = self.enter(opened.scope, key, Some(is_array))?.inner;
            }
            let (name, is_new) = self.open(opened.scope, last, is_array)?;
            opened = Opened { scope: name.inner, is_new };
        }
        Ok(opened)
    }

    fn fresh(&mut self, kind: Kind, span: Span) -> Name {
        // No section has the number zero: the place is still to be given.
        Name { kind, inner: self.new_scope(), span, position: 0, part: 0, is_disputed: false }
    }
}

impl Name {
    fn refuse<'a>(&self, key: &Key<'a>, header: Option<bool>, is_last: bool) -> Conflict<'a> {
        Conflict {
            key: key.clone(),
            earlier: self.span,
            known: self.kind,
            header,
            is_last,
            is_repeated: self.is_disputed,
        }
    }
}

impl Name {
    /// Gives the name its entry in this section, if it has none yet.
    pub(super) fn take_place<'a>(&mut self, part: u32, entries: &mut Vec<Entry<'a>>, key: &Key<'a>, span: Span) {
        if self.part == part {
            return;
        }
        (self.part, self.position) = (part, entries.len());
        let value = match self.kind {
            Kind::List => Value::List(Vec::new()),
            _ => Value::Table(Vec::new()),
        };
        entries.push(Entry { key: key.clone(), value: Spanned { span, value } });
    }

    /// A header in double brackets begins the next element of its list.
    pub(super) fn add_element(&self, entries: &mut [Entry<'_>], span: Span) {
        let list = entries.get_mut(self.position).map(|entry| &mut entry.value);
        if let Some(Spanned { span: whole, value: Value::List(elements) }) = list {
            whole.end = span.end;
            elements.push(Spanned { span, value: Value::Table(Vec::new()) });
        }
    }
}
