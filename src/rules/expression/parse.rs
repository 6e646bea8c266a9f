//! Reading expressions: a hand-written precedence parser for a dozen operators.
//!
//! A grammar this small is shorter written out than described to a parser library, and every error can say what
//! to write. Names may hold `-` and `*` (claim ids and patterns of them), so minus and times stand between blanks.

use super::{Arithmetic, Comparison, Function, Kind, Node};
use crate::document::Span;
use crate::figure::{LiteralError, Scale, Units, Value, nearest};

/// Nesting beyond this is refused, so that no input exhausts the stack.
const DEEPEST: usize = 64;
/// A chain of operators makes a tree as deep as it is long, so its length is limited as well. Lists of claims are sets,
/// not chains.
const MOST_NODES: usize = 400;

/// What names an expression may use.
pub trait Names {
    /// The index of the term with this name (or pattern of names).
    fn term(&mut self, name: &str) -> Option<usize>;
    /// All names, for suggestions.
    fn known(&self) -> Vec<String>;
}

/// Parses `text`.
///
/// # Errors
/// With the place within `text`, what was expected, and a way out.
pub fn parse(text: &str, names: &mut dyn Names, units: &Units) -> Result<Node, LiteralError> {
    let mut parser = Parser { text, at: 0, names, units, depth: 0, nodes: 0 };
    let node = parser.alternatives()?;
    parser.skip_blanks();
    if parser.at < text.len() {
        return Err(parser.error("the expression should end here", Some("join two conditions with `and` or `or`")));
    }
    Ok(node)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    names: &'a mut dyn Names,
    units: &'a Units,
    depth: usize,
    /// Operands read so far.
    nodes: usize,
}

type Parsed = Result<Node, LiteralError>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn error(&self, message: &str, help: Option<&str>) -> LiteralError {
        let end = self.rest().find(char::is_whitespace).map_or(self.text.len(), |length| self.at + length.max(1));
        LiteralError { message: message.to_owned(), start: self.at, end, help: help.map(str::to_owned) }
    }

    /// Takes a word or sign if it comes next. A word ends where no name could go on.
    fn take(&mut self, token: &str) -> bool {
        self.skip_blanks();
        let Some(after) = self.rest().strip_prefix(token) else { return false };
        let is_word = token.starts_with(|first: char| first.is_ascii_alphabetic());
        if is_word && after.starts_with(is_name_letter) {
            return false;
        }
        self.at += token.len();
        true
    }

    fn node(&self, start: usize, kind: Kind) -> Node {
        Node { span: Span::new(start, self.at), kind }
    }

    /// Runs a deeper level, unless that is too deep.
    fn nested(&mut self, level: fn(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            return Err(self.error("the expression is nested too deeply", None));
        }
        self.depth += 1;
        let node = level(self);
        self.depth -= 1;
        node
    }

    fn alternatives(&mut self) -> Parsed {
        let start = self.at;
        let mut left = self.conditions()?;
        while self.take("or") {
            let right = self.conditions()?;
            left = self.node(start, Kind::Or(Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn conditions(&mut self) -> Parsed {
        let start = self.at;
        let mut left = self.condition()?;
        while self.take("and") {
            let right = self.condition()?;
            left = self.node(start, Kind::And(Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn condition(&mut self) -> Parsed {
        self.skip_blanks();
        let start = self.at;
        if self.take("not") {
            let inner = self.nested(Parser::condition)?;
            return Ok(self.node(start, Kind::Not(Box::new(inner))));
        }
        let left = self.sum()?;
        for (comparison, sign) in Comparison::ALL {
            if self.take(sign) {
                let right = self.sum()?;
                return Ok(self.node(start, Kind::Comparison(comparison, Box::new(left), Box::new(right))));
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Parsed {
        self.skip_blanks();
        let start = self.at;
        let mut left = self.product()?;
        loop {
            let operator = if self.take("+") {
                Arithmetic::Plus
            } else if self.take("-") {
                Arithmetic::Minus
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            left = self.node(start, Kind::Arithmetic(operator, Box::new(left), Box::new(right)));
        }
    }

    fn product(&mut self) -> Parsed {
        self.skip_blanks();
        let start = self.at;
        let mut left = self.factor()?;
        loop {
            let operator = if self.take("*") {
                Arithmetic::Times
            } else if self.take("/") {
                Arithmetic::Over
            } else {
                return Ok(left);
            };
            let right = self.factor()?;
            left = self.node(start, Kind::Arithmetic(operator, Box::new(left), Box::new(right)));
        }
    }

    fn factor(&mut self) -> Parsed {
        self.skip_blanks();
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(self.error("the expression is too long", Some("name a list by a pattern: `sum(leg-*)`")));
        }
        let start = self.at;
        match self.rest().chars().next() {
            Some('(') => {
                self.at += 1;
                let inner = self.nested(Parser::alternatives)?;
                self.close()?;
                Ok(inner)
            }
            Some('-') => {
                self.at += 1;
                let inner = self.nested(Parser::factor)?;
                Ok(self.node(start, Kind::Negated(Box::new(inner))))
            }
            Some(digit) if digit.is_ascii_digit() || digit == '#' => self.constant(),
            Some(letter) if is_name_letter(letter) || letter == '$' => self.name(),
            _ => Err(self.error("a term or a figure should stand here", None)),
        }
    }

    fn close(&mut self) -> Result<(), LiteralError> {
        if self.take(")") { Ok(()) } else { Err(self.error("a closing `)` is missing", None)) }
    }

    /// A function call or a term.
    fn name(&mut self) -> Parsed {
        let start = self.at;
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('$'));
        let length = rest[sign..].find(|letter| !is_name_letter(letter)).map_or(rest.len(), |length| sign + length);
        let name = &self.rest()[..length];
        let call = self.rest()[length..].starts_with('(');
        if call {
            let Some(function) = Function::named(name) else {
                let near = nearest(name, Function::ALL.iter().map(|(_, word)| *word));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                return Err(self.error(&format!("no function is called `{name}`"), help.as_deref()));
            };
            self.at += length + 1;
            let arguments = self.arguments()?;
            return Ok(self.node(start, Kind::Call(function, arguments)));
        }
        match self.names.term(name) {
            Some(index) => {
                self.at += length;
                Ok(self.node(start, Kind::Term(index)))
            }
            None => Err(self.unknown(name)),
        }
    }

    fn unknown(&self, name: &str) -> LiteralError {
        let known = self.names.known();
        let near = nearest(name, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if name.contains('-') => "to subtract, put blanks around the minus".to_owned(),
            None => format!("known here: {}", known.iter().take(12).cloned().collect::<Vec<_>>().join(", ")),
        };
        let mut error = self.error(&format!("nothing is called `{name}`"), Some(&help));
        error.end = self.at + name.len();
        error
    }

    fn arguments(&mut self) -> Result<Vec<Node>, LiteralError> {
        let mut arguments = vec![self.nested(Parser::alternatives)?];
        while self.take(",") {
            arguments.push(self.nested(Parser::alternatives)?);
        }
        self.close()?;
        Ok(arguments)
    }

    /// A figure: a number with the scale and unit that may follow it, a date, a rank.
    fn constant(&mut self) -> Parsed {
        let start = self.at;
        let rest = self.rest();
        let head = rest.find(|letter: char| !(is_name_letter(letter) || ".,#".contains(letter))).unwrap_or(rest.len());
        // a comma before a blank parts arguments, it does not group thousands
        let mut length = rest[..head].trim_end_matches(',').len();
        let number_alone = rest[..length].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
        if number_alone {
            length += self.unit_length(&rest[length..]);
        }
        let literal = &rest[..length];
        let value = Value::parse(literal, None, self.units).or_else(|error| {
            // four digits are a year by themselves; a constant of that look is a number where it has a unit
            if number_alone {
                Value::parse(literal, Some(crate::figure::Dimension::COUNT), self.units)
            } else {
                Err(error)
            }
        });
        match value {
            Ok(value) => {
                self.at += length;
                Ok(self.node(start, Kind::Constant(exact(value))))
            }
            Err(error) => Err(LiteralError { start: start + error.start, end: start + error.end, ..error }),
        }
    }

    /// How much of what follows a number is its scale word and unit.
    fn unit_length(&self, after: &str) -> usize {
        let mut length = 0;
        loop {
            let rest = &after[length..];
            let blanks = rest.len() - rest.trim_start().len();
            let word_end = rest[blanks..]
                .find(|letter: char| letter.is_whitespace() || "(),+=<>!".contains(letter))
                .unwrap_or(rest.len() - blanks);
            let word = &rest[blanks..blanks + word_end];
            let is_unit = self.units.find(word).is_some();
            if word.is_empty() || !(is_unit || Scale::named(word).is_some()) {
                return length;
            }
            length += blanks + word_end;
            if is_unit {
                return length;
            }
        }
    }
}

/// A constant in a rule is what it says, not a rounded figure.
fn exact(value: Value) -> Value {
    match value {
        Value::Quantity(mut quantity) if quantity.hedge.is_none() => {
            quantity.exact = true;
            Value::Quantity(quantity)
        }
        other => other,
    }
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '*')
}
