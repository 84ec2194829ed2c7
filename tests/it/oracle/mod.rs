//! An independent oracle: every KPI of the catalogue by a naive full scan, written from the specification alone.
//!
//! It shares no function with `kpi`, `journey`, `fact` or `state`: it reads the record types and a zone database, nothing
//! else. Plain loops, one waybill at a time, no cleverness; where the crate and this disagree, the specification decides.
//!
//! To add a KPI: its judgement in a file `judge_…`, a line in `table`, what its facts come to in `coverage`. A policy: a
//! field of `choices` with its default and its name there, a draw in `generate_choices`. A KPI of the catalogue that is not
//! in the table fails a test; so does a policy that a KPI reads and `choices` does not know.
//!
//! What it does not do: it keeps no state, merges nothing, and lists no evidence. It knows the standard route only: no legs,
//! no repeatable stages, and so no forks, whose policy makes no difference there.

mod agreement;
mod calamities;
mod choices;
mod clock;
mod consignment;
mod coverage;
mod edges;
mod edges_found;
mod edges_orders;
mod edges_promise;
mod edges_trip;
mod generate;
mod generate_cases;
mod generate_choices;
mod generate_moments;
mod generate_pieces;
mod generate_scans;
mod history;
mod judge;
mod judge_cases;
mod judge_delivery;
mod judge_harm;
mod judge_hours;
mod judge_office;
mod judge_orders;
mod judge_promise;
mod judge_ratings;
mod judge_tracking;
mod kept;
mod lines;
mod numbers;
mod office;
mod olist;
mod promise;
mod rows;
mod table;
mod trip;
mod watch;
