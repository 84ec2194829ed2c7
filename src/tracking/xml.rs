//! XML as a tree of JSON values: elements by name, without prefix; several of one name as a list; attributes as `@NAME`.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, Value};

use super::TrackingError;

/// How deep elements may lie in one another; no carrier comes near it.
const DEEPEST: usize = 64;

/// An element under way.
#[derive(Default)]
struct Element {
    name: String,
    fields: Map<String, Value>,
    text: String,
}

fn broken(message: impl ToString) -> TrackingError {
    TrackingError::Syntax { message: message.to_string() }
}

/// Reads a document.
pub(super) fn tree(text: &str) -> Result<Value, TrackingError> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(broken(format!("elements lie more than {DEEPEST} deep")));
                }
                open.push(Element::start(&start)?);
            }
            Event::Empty(start) => close(&mut open, Element::start(&start)?)?,
            Event::End(_) => {
                let element = open.pop().ok_or_else(|| broken("an element ends that did not begin"))?;
                close(&mut open, element)?;
            }
            Event::Text(part) => push(&mut open, &part),
            Event::CData(part) => push(&mut open, &part),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(broken)?;
                // An entity that the document declares itself is nothing any carrier sends: it reads as no text.
                let named = resolve_predefined_entity(&entity).unwrap_or_default();
                push(&mut open, &character.map_or_else(|| named.to_owned(), String::from));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root.value()),
        _ => Err(broken("the document ends within an element")),
    }
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Hangs a finished element on the one it lies in.
fn close(open: &mut [Element], element: Element) -> Result<(), TrackingError> {
    let parent = open.last_mut().ok_or_else(|| broken("an element ends that did not begin"))?;
    let name = element.name.clone();
    let value = element.value();
    match parent.fields.get_mut(&name) {
        None => {
            parent.fields.insert(name, value);
        }
        Some(Value::Array(several)) => several.push(value),
        Some(one) => *one = Value::Array(vec![one.take(), value]),
    }
    Ok(())
}

impl Element {
    fn start(start: &BytesStart<'_>) -> Result<Self, TrackingError> {
        let mut element = Self { name: start.local_name().as_ref().to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.map_err(broken)?;
            let key = format!("@{}", attribute.key.local_name().as_ref());
            element.fields.insert(key, Value::String(attribute.value.into_owned()));
        }
        Ok(element)
    }

    /// A text where it holds nothing else, nothing where it holds not even that.
    fn value(self) -> Value {
        let text = self.text.trim();
        match (self.fields.is_empty(), text.is_empty()) {
            (true, true) => Value::Null,
            (true, false) => Value::String(text.to_owned()),
            (false, _) => Value::Object(self.fields),
        }
    }
}
