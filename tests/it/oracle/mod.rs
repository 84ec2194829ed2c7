//! An independent oracle: the figures of five KPIs by a naive full scan, written from the specification alone.
//!
//! It shares no function with `kpi`, `journey`, `fact` or `state`: it reads the record types and a zone database, nothing
//! else. Plain loops, one waybill at a time, no cleverness; where the crate and this disagree, the specification decides.
//!
//! What it does not do: it keeps no state, merges nothing, and lists no evidence.

mod agreement;
mod calamities;
mod choices;
mod clock;
mod consignment;
mod edges;
mod edges_orders;
mod edges_promise;
mod edges_trip;
mod generate;
mod generate_choices;
mod judge;
mod kept;
mod lines;
mod numbers;
mod olist;
mod promise;
mod rows;
mod trip;
