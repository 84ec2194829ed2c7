//! Vocabularies and waybill numbers.

mod decoding;
mod matrix;
mod numbers;
mod placing;
mod sources;
