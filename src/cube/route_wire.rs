//! Routes as bytes: mandatory kinds of node by name, stages, and the names of legs by section.

use crate::journey::{Between, Boundary, Pick, RoutePolicy, Stage};
use crate::record::{Label, NodeKind};
use crate::state::wire::{Reader, WireError, Writer};

pub(super) fn encode_route(route: &RoutePolicy, out: &mut Writer) {
    let mandatory = || NodeKind::ALL.into_iter().filter(|&kind| route.mandatory().contains(kind));
    out.length(mandatory().count());
    mandatory().for_each(|kind| out.text(kind.name()));
    out.length(route.stages().len());
    for stage in route.stages() {
        out.text(&stage.name);
        match stage.between {
            Between::Once { from, to } => {
                out.unsigned(0_u8);
                encode_boundary(from, out);
                encode_boundary(to, out);
            }
            Between::EachTime { from, to } => {
                out.unsigned(1_u8);
                out.text(from.name());
                out.text(to.name());
            }
        }
    }
    let sections: Vec<_> = route.legs().chunk_by(|one, next| one.section == next.section).collect();
    out.length(sections.len());
    for legs in sections {
        out.length(legs.len());
        legs.iter().for_each(|leg| out.text(leg.name.as_str()));
    }
}

pub(super) fn decode_route(input: &mut Reader<'_>) -> Result<RoutePolicy, WireError> {
    let mandatory = (0..input.length()?).map(|_| decode_kind(input)).collect::<Result<Vec<_>, _>>()?;
    let mut stages = Vec::new();
    for _ in 0..input.length()? {
        let name = decode_label(input)?;
        stages.push(match input.unsigned()? {
            0 => Stage::once(name, decode_boundary(input)?, decode_boundary(input)?),
            1 => Stage::repeatable(name, decode_kind(input)?, decode_kind(input)?),
            _ => return Err(input.malformed("neither once nor each time")),
        });
    }
    let mut route = RoutePolicy::new(stages).map_err(|_| input.malformed("no stages of a route"))?;
    route = route.with_mandatory(mandatory);
    for _ in 0..input.length()? {
        let legs = (0..input.length()?).map(|_| decode_label(input)).collect::<Result<Vec<_>, _>>()?;
        route = route.with_fork(legs).map_err(|_| input.malformed("no legs of a route"))?;
    }
    Ok(route)
}

fn encode_boundary(boundary: Boundary, out: &mut Writer) {
    match boundary {
        Boundary::Completion => out.unsigned(0_u8),
        Boundary::Node(kind, pick) => {
            out.unsigned(match pick {
                Pick::First => 1_u8,
                Pick::Last => 2,
            });
            out.text(kind.name());
        }
    }
}

fn decode_boundary(input: &mut Reader<'_>) -> Result<Boundary, WireError> {
    match input.unsigned()? {
        0 => Ok(Boundary::Completion),
        1 => Ok(Boundary::Node(decode_kind(input)?, Pick::First)),
        2 => Ok(Boundary::Node(decode_kind(input)?, Pick::Last)),
        _ => Err(input.malformed("no such boundary")),
    }
}

fn decode_kind(input: &mut Reader<'_>) -> Result<NodeKind, WireError> {
    input.text()?.parse().map_err(|_| input.malformed("no such kind of node"))
}

fn decode_label(input: &mut Reader<'_>) -> Result<Label, WireError> {
    Label::new(input.text()?).map_err(|_| input.malformed("no name"))
}
