//! What can be checked of a mapping without its files.

use super::IntakeError;
use super::join::Joins;
use super::mapping::{Document, Rows};
use super::plan::Defaults;
use super::section::{Compiled, Section};
use super::text::{Nulls, delimiter_byte};
use super::value::{FORMATS, compile_formats};
use crate::record::{Currency, Zone};

/// Checks a mapping.
pub(super) fn document(document: &Document) -> Result<(), IntakeError> {
    let defaults = defaults(document, Zone::UTC)?;
    sections(&document.waybill, &defaults)?;
    sections(&document.promise_move, &defaults)?;
    sections(&document.event, &defaults)?;
    sections(&document.complaint, &defaults)?;
    sections(&document.claim, &defaults)?;
    sections(&document.payment, &defaults)?;
    sections(&document.rating, &defaults)?;
    sections(&document.cost, &defaults)?;
    sections(&document.courier_day, &defaults)?;
    sections(&document.site_shift, &defaults)?;
    sections(&document.stock_count, &defaults)?;
    let named = document.event.iter().map(|s| (s.rows(), Some(&s.waybill), s.posted_on.as_ref()));
    let named = named.chain(document.complaint.iter().map(|s| (s.rows(), s.waybill.as_ref(), s.posted_on.as_ref())));
    let named = named.chain(document.claim.iter().map(|s| (s.rows(), s.waybill.as_ref(), s.posted_on.as_ref())));
    let mut named = named.chain(document.rating.iter().map(|s| (s.rows(), s.waybill.as_ref(), s.posted_on.as_ref())));
    let rule = |section, field: &str, problem: &str, remedy: &str| {
        let (field, problem, remedy) = (field.to_owned(), problem.to_owned(), remedy.to_owned());
        Err(IntakeError::MappingRule { section, field, problem, remedy })
    };
    if document.waybill.is_empty() {
        if let Some((rows, _, _)) = named.find(|(_, waybill, posted_on)| waybill.is_some() && posted_on.is_none()) {
            let problem = "a waybill's number alone is no key, and there is no section of waybills to find it in";
            return rule(rows.section, "waybill", problem, "add [[waybill]], or map `posted_on` here too");
        }
        if !document.promise_move.is_empty() {
            let problem = "there is no section of waybills whose promises could move";
            return rule("promise_move", "waybill", problem, "add [[waybill]]");
        }
    }
    if document.claim.is_empty() && !document.payment.is_empty() {
        return rule("payment", "claim", "there is no section of claims that could be paid", "add [[claim]]");
    }
    Ok(())
}

/// What a mapping says for all its sections; `zone` is taken where it names none.
pub(super) fn defaults(document: &Document, zone: Zone) -> Result<Defaults<'_>, IntakeError> {
    let rule = |field: &str, problem: String, remedy: &str| IntakeError::MappingRule {
        section: "mapping",
        field: field.to_owned(),
        problem,
        remedy: remedy.to_owned(),
    };
    let formats = compile_formats(&document.time_formats)
        .map_err(|text| rule("time_formats", format!("`{text}` is no time format"), FORMATS))?;
    let currency = match &document.currency {
        None => None,
        Some(code) => Some(Currency::new(code).map_err(|error| {
            rule("currency", format!("`{code}` is no currency"), &format!("expected {}", error.allowed))
        })?),
    };
    Ok(Defaults {
        zone: document.zone.unwrap_or(zone),
        nulls: Nulls { spellings: document.nulls.clone(), trim: document.trim },
        delimiter: document.delimiter.map_or(Ok(b','), |own| delimiter_byte("mapping", own))?,
        formats,
        currency,
        vocabularies: &document.vocabulary,
    })
}

fn sections<S: Section>(sections: &[S], defaults: &Defaults<'_>) -> Result<(), IntakeError> {
    for section in sections {
        let rows = section.rows();
        if rows.files.is_empty() {
            return Err(IntakeError::MappingRule {
                section: rows.section,
                field: "file".to_owned(),
                problem: "the section names no file".to_owned(),
                remedy: "name one or more".to_owned(),
            });
        }
        delimiter(&rows, defaults)?;
        let mut joins = Joins::open(rows.joins, None, defaults.delimiter, rows.section)?;
        Compiled::new(section, defaults, "", None, &mut joins)?;
    }
    Ok(())
}

/// The delimiter of a section's files.
pub(super) fn delimiter(rows: &Rows<'_>, defaults: &Defaults<'_>) -> Result<u8, IntakeError> {
    rows.delimiter.map_or(Ok(defaults.delimiter), |own| delimiter_byte(rows.section, own))
}
