//! Intake: CSV files in, [`Records`](crate::record::Records) out, by a mapping file that says where each field is.
//!
//! [`Mapping`] is the file, [`Intake`] the run, [`Reading`] what it brings. A row that cannot be read never ends the run
//! and never vanishes: it is counted by [`Reason`] and listed as a [`SetAside`] with its file, line, column and value.
//!
//! ```
//! use parcelgauge::intake::{Intake, Mapping};
//! use parcelgauge::record::Zone;
//! # let folder = std::env::temp_dir().join(format!("parcelgauge-doc-{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! std::fs::write(folder.join("parcels.csv"), "no,day\nSF1,2026-10-01\nSF2,2026-10-01\n")?;
//! std::fs::write(folder.join("scans.csv"), "no,code,at\nSF1,50,2026-10-01 09:30\nSF1,80,soon\nSF3,50,2026-10-01 10:00\n")?;
//! let mapping = Mapping::parse(
//!     r#"
//!     [waybill]
//!     file = "parcels.csv"
//!     number = "no"
//!     posted_on = "day"
//!
//!     [event]
//!     file = "scans.csv"
//!     waybill = "no"
//!     kind = { column = "code", values = { 50 = "collected", 80 = "delivered" } }
//!     occurred_at = "at"
//!     "#,
//! )?;
//! let reading = Intake::new(mapping, &folder).with_zone(Zone::SHANGHAI).read()?;
//! assert_eq!((reading.records.waybills.len(), reading.records.events.len()), (2, 1));
//! assert_eq!(reading.quarantine[0].reason.code(), "invalid_time");
//! assert_eq!(reading.quarantine[1].reason.code(), "unknown_waybill");
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The mapping file
//!
//! TOML. Above the sections may stand what holds for all of them:
//!
//! | key | meaning | without it |
//! | --- | --- | --- |
//! | `format` | `"parcelgauge.mapping/1"` | the same |
//! | `zone` | IANA zone of local times | the zone of [`Intake::with_zone`] |
//! | `time_formats` | formats for times and dates, tried in turn | see below |
//! | `nulls` | what is written where there is nothing | `""` |
//! | `trim` | `true` takes blanks off both ends of every cell | `false` |
//! | `delimiter` | what parts cells | `","` |
//! | `currency` | ISO 4217 code of amounts that name none | none |
//! | `[vocabulary.NAME]` | a table of values that several fields use | |
//!
//! ## Sections
//!
//! `[[waybill]]`, `[[event]]`, `[[complaint]]`, `[[claim]]`, `[[rating]]`, `[[cost]]`, `[[courier_day]]`, `[[site_shift]]`,
//! `[[stock_count]]`, each as often as there are kinds of files (`[waybill]` will do for one), and four for what hangs on
//! others: `[[promise_move]]` (`waybill`, `moved_at`, `by`, `to`), `[[payment]]` (`claim`, `paid_at`, `amount`),
//! `[[case_step]]` (`case`) and `[[claim_step]]` (`claim`), the last two with `at`, `action`, and where they are known
//! `sequence`, `actor`, `channel`, `handler`, `reason`. The keys are the fields of the records; besides them
//!
//! - a waybill has `number`, `posted_on`, `carrier` for its key, a table `attributes` of the caller's own columns, and a
//!   table `stage_plans` of planned lengths of time, written such as `36h` or `90m`, by the stage they are for: `dep`, a
//!   second time through it `"dep#2"`, on a leg of the route `"i1/dep#2"`;
//! - events, complaints, claims and ratings have `waybill` (the number), `carrier` and `posted_on`. Without `posted_on` the
//!   waybill is looked up among those read, in whatever order files and rows stand: the only one of its number, else the one
//!   posted last on or before the local day of the record; without a carrier a number must be one carrier's. An event whose waybill is not found is
//!   set aside, a case, claim or rating goes without. A full key is taken as it stands;
//! - a step of a case may have `state` in the place of `action`: how the case stood after it, from which what was done is
//!   inferred ([`steps_of_states`](crate::casework::steps_of_states));
//! - a complaint has `responsible` as the way down a tree, `carrier/facility/F7` or `shipper/late_hand_over`, for which
//!   `concat` is of use;
//! - a claim has `paid_at` and `paid` for a payment in its own row; a rating has `scale_min` and `scale_max`; a courier day
//!   without a field `standing` is one on duty;
//! - an event has `kind` and `occurred_at`, or a `[[event.step]]` with both for each of several events of a row. Where
//!   the kind is constant an empty time means that it did not happen; elsewhere it is `missing_occurred_at`. On a route
//!   with legs it has `leg`, the name of the one it was scanned on.
//!
//! Of its rows a section says: `file` (one, or a list of files of one shape), `delimiter`, and `where`, one or several
//! conditions that must all hold, each `{ column = …, equals | not_equals | in | not_in | null = … }`; steps may have their
//! own. `[[waybill.join]]` and its like look rows of another file up by a key: `name`, `file`, `on` (the column on this
//! side, or one of an earlier join), `key` (if named otherwise on the other), and for several rows of a key
//! `take = "first"` or `"last"` with `order_by` (numbers by value, then other text by bytes, then the empty). With a `where`
//! of its own only such rows of the other file are looked up. A key that finds nothing reads as null.
//!
//! ## Fields
//!
//! `"column"`, or a whole number or truth value as a constant, or a table of
//!
//! - one of `column` (with `join` for a joined file), `first_of` (the first that is not null), `concat` (with `separator`,
//!   `"/"` if none), `constant`;
//! - what is done to the text, in this order: `strip_prefix`; `split = { by = "-", take = 2 }`, the second part, null where
//!   there is none; `letters = "lower"` or `"upper"`; `pad = 4`, zeros before it up to so many characters (`517` → `0517`);
//! - `values` (a table) or `vocabulary` (a named one), and `unlisted` for what it does not list: `"set_aside"` if not
//!   said, `"keep"`, `"null"`. With the feature `codes` a `kind` may name a system that this crate knows, such as
//!   `vocabulary = "kuaidi100"`: its codes of a node are listed, under the policies' defaults; those of an arrival or
//!   departure without a place, and of no node, are not, and where they matter a table of one's own says what they are;
//! - `default` for null;
//! - for times `formats`, `zone`, `time_of_day` (where a date stands for a time; `"00:00"` is the start of the day); for
//!   promises also `as = "date"`, which drops the time of day; for dates `formats`;
//! - for times and promises `plus` and `minus`, a length of elapsed time such as `"90m"`, or a column of lengths such as
//!   `{ column = "delay", unit = "m" }`, or a list of both. A promised day is moved by whole days. Null in one of them is null
//!   in all;
//! - for amounts `currency`, `currency_column`, `decimal_mark` (`"."` or `","`), and `combine = "sum"` over the rows of a join;
//! - for lengths of time `unit`, one of `d`, `h`, `m`, `s`, `ms`, where they are written as bare numbers such as `7.5`.
//!
//! Formats are written in the letters of `strftime`, or as `"unix_ms"`; without any, RFC 3339 is tried, then
//! `2026-10-01 08:05:09` with or without fraction, then `2026-10-01 08:05` (both also with `T`), then `2026-10-01`. A time
//! with an offset needs no zone. A local time that occurs twice is the earlier one; one that the clocks jumped over is set
//! aside as `nonexistent_local_time`. A posting date and a promised day are taken as they are written, whatever the zone.
//!
//! # A file nobody has described
//!
//! [`suggest_mapping`] drafts a mapping from the names of the columns and what stands in them, for a person to edit.
//! [`Explanation`] tells what a mapping finds, before any figure is read.
//!
//! # The account
//!
//! Rows of a section's files = records + rows set aside + rows left out by the mapping; repeats are records here, and the
//! core tells them apart. Rows of joined files and moves of promises that cannot be read are set aside in the account of
//! waybills (or whichever kind they are joined to), payments and steps in that of claims or complaints, since they would have changed its figures.
//! A row that tells of several events is one row for each, but where it cannot be split into cells it is one.
//!
//! # Limits
//!
//! Cells are UTF-8, a mark of byte order at the start is passed over. A row has at most [`MAX_ROW_BYTES`]. Joined files
//! are held in memory, of their columns only those that are read.
//!
//! Beside the tables stands [`HolidayFeed`], which reads the holidays of a working calendar from an iCalendar file.
//!
//! What this room does not do: it guesses no encodings, and formats only in a draft; it unpacks no archives, follows no
//! addresses, and drops no repeats.

mod amount;
mod case;
mod claim;
mod column;
mod condition;
mod cost;
mod error;
mod event;
mod explain;
mod guess;
mod holiday_feed;
mod hung;
mod join;
mod keys;
mod listed;
mod mapping;
mod moment;
mod origin;
mod plan;
mod profile;
pub(crate) mod quarantine;
pub(crate) mod reach;
mod reader;
pub(crate) mod resolve;
mod section;
mod shape;
mod shift;
pub(crate) mod sink;
mod step;
mod stock;
mod suggest;
mod table;
mod text;
mod value;
mod waybill;
mod work;
mod written;

pub use error::IntakeError;
pub use explain::{Explanation, FieldFound, SectionFound};
pub use holiday_feed::HolidayFeed;
pub use mapping::Mapping;
pub use quarantine::{Reason, SetAside};
pub use reach::{Reach, Seen};
pub use reader::{Intake, Reading, Strictness};
pub use suggest::suggest_mapping;
pub use table::MAX_ROW_BYTES;
