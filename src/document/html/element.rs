//! What the elements and attributes of HTML do to the text in them: the one place that knows their names.

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: emphasis, links, whatever is not known.
    Inline,
    /// Has no content: a line's end.
    Break,
    /// Has no content: a picture.
    Object,
    /// Has no content, and says nothing.
    Void,
    Block,
    Paragraph,
    Heading(u8),
    List,
    Item,
    Table,
    HeadRows,
    Row,
    Cell {
        is_head: bool,
    },
    Caption,
    Preformatted,
    Raised,
    /// A piece of code: something stands there, but no prose.
    Code,
    /// No part of the text.
    Silent,
}

impl Role {
    /// What an element of this name, in small letters, does.
    pub(super) fn of(name: &[u8]) -> Role {
        match name {
            b"br" => Role::Break,
            b"img" | b"input" | b"embed" => Role::Object,
            b"wbr" | b"meta" | b"link" | b"col" | b"area" | b"base" | b"source" | b"track" | b"param" => Role::Void,
            b"p" => Role::Paragraph,
            b"h1" => Role::Heading(1),
            b"h2" => Role::Heading(2),
            b"h3" => Role::Heading(3),
            b"h4" => Role::Heading(4),
            b"h5" => Role::Heading(5),
            b"h6" => Role::Heading(6),
            b"ul" | b"ol" | b"menu" => Role::List,
            b"li" => Role::Item,
            b"table" => Role::Table,
            b"thead" => Role::HeadRows,
            b"tr" => Role::Row,
            b"td" => Role::Cell { is_head: false },
            b"th" => Role::Cell { is_head: true },
            b"caption" => Role::Caption,
            b"pre" | b"textarea" => Role::Preformatted,
            b"sup" => Role::Raised,
            b"code" | b"kbd" | b"samp" | b"tt" | b"math" => Role::Code,
            b"script" | b"style" | b"noscript" | b"template" | b"title" | b"iframe" | b"object" | b"del"
            | b"noembed" | b"audio" | b"video" | b"canvas" => Role::Silent,
            b"div" | b"section" | b"article" | b"aside" | b"header" | b"footer" | b"main" | b"nav" | b"body"
            | b"html" | b"head" | b"address" | b"blockquote" | b"dd" | b"dt" | b"dl" | b"details" | b"summary"
            | b"dialog" | b"fieldset" | b"figure" | b"figcaption" | b"form" | b"hgroup" | b"hr" | b"legend"
            | b"option" | b"select" | b"optgroup" | b"tbody" | b"tfoot" | b"colgroup" | b"center" | b"text"
            | b"button" => Role::Block,
            _ => Role::Inline,
        }
    }

    /// Whether it has no end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(self, Role::Break | Role::Object | Role::Void)
    }

    /// Whether text before and in it are two blocks.
    pub(super) fn divides(self) -> bool {
        !matches!(self, Role::Inline | Role::Raised | Role::Code | Role::Silent) && !self.is_void()
    }
}

/// An attribute that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Language,
    Hidden,
    Style,
    Rows,
    Columns,
}

impl Attribute {
    /// The attribute of this name, if it matters.
    pub(super) fn named(name: &[u8]) -> Option<Attribute> {
        Some(match name {
            b"lang" | b"xml:lang" => Attribute::Language,
            b"hidden" => Attribute::Hidden,
            b"style" => Attribute::Style,
            b"rowspan" => Attribute::Rows,
            b"colspan" => Attribute::Columns,
            _ => return None,
        })
    }
}
