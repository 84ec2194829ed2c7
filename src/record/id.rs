//! Identifiers: one generic newtype, one marker a kind, so that a facility can never stand where a courier is meant.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{RecordError, Text};

/// The longest identifier in bytes that is accepted.
pub const MAX_ID_BYTES: usize = 256;

/// An identifier of the kind `K`: 1 to 256 bytes of UTF-8 without control characters, compared byte for byte.
///
/// Cloning does not allocate. Nothing is trimmed, folded or normalised here; intake does that, where it is asked to.
///
/// ```
/// use parcelgauge::record::CourierId;
/// let courier = CourierId::new("K-17")?;
/// assert_eq!(courier.as_str(), "K-17");
/// assert!(CourierId::new("").is_err());
/// # Ok::<(), parcelgauge::record::RecordError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id<K> {
    text: Text, // 1 <= len <= MAX_ID_BYTES, no control characters
    kind: PhantomData<K>,
}

impl<K: Kind> Id<K> {
    /// Takes an identifier.
    ///
    /// # Errors
    /// [`RecordError`] where the text is empty, longer than 256 bytes, or holds a control character.
    pub fn new(text: impl AsRef<str>) -> Result<Self, RecordError> {
        let text = text.as_ref();
        if text.is_empty() || text.len() > MAX_ID_BYTES || text.chars().any(char::is_control) {
            return Err(RecordError::new(
                K::NAME,
                text,
                "1 to 256 bytes without control characters",
                "give the record's own identifier, or leave an optional field out",
            ));
        }
        Ok(Self { text: text.into(), kind: PhantomData })
    }
}

impl<K> Id<K> {
    /// Takes back the text of an identifier.
    #[cfg(feature = "intake")]
    pub(crate) fn of_valid(text: Text) -> Self {
        Self { text, kind: PhantomData }
    }

    /// The text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, for those who keep it apart from its kind.
    #[must_use]
    pub fn to_text(&self) -> Text {
        self.text.clone()
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, f)
    }
}

impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// A kind of identifier. The name is the field that errors speak of.
pub trait Kind {
    /// Name of the field in messages.
    const NAME: &'static str;
}

/// The kinds there are. They have no values; they only tell identifiers apart.
pub mod kind {
    use super::Kind;

    /// A carrier or partner that moves parcels under its own numbers.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Carrier {}
    /// A waybill number.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Waybill {}
    /// A site, hub, station or warehouse.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Facility {}
    /// A person who collects or delivers.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Courier {}
    /// A sender or recipient.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Customer {}
    /// A complaint, inquiry or appeal.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Case {}
    /// A claim for compensation.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Claim {}
    /// A customer's rating.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Rating {}
    /// An entry of the cost account.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Cost {}
    /// A count of a stock location.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum StockCount {}
    /// A shift of a facility.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Shift {}
    /// A label from an open set: region, product, channel, segment, cargo category, cause.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Label {}

    impl Kind for Carrier {
        const NAME: &'static str = "carrier";
    }
    impl Kind for Waybill {
        const NAME: &'static str = "waybill number";
    }
    impl Kind for Facility {
        const NAME: &'static str = "facility";
    }
    impl Kind for Courier {
        const NAME: &'static str = "courier";
    }
    impl Kind for Customer {
        const NAME: &'static str = "customer";
    }
    impl Kind for Case {
        const NAME: &'static str = "case id";
    }
    impl Kind for Claim {
        const NAME: &'static str = "claim id";
    }
    impl Kind for Rating {
        const NAME: &'static str = "rating id";
    }
    impl Kind for Cost {
        const NAME: &'static str = "cost id";
    }
    impl Kind for StockCount {
        const NAME: &'static str = "stock count id";
    }
    impl Kind for Shift {
        const NAME: &'static str = "shift id";
    }
    impl Kind for Label {
        const NAME: &'static str = "label";
    }
}

/// A carrier's identifier.
#[doc(alias = "快递公司")]
pub type CarrierId = Id<kind::Carrier>;
/// A waybill number as printed on the parcel: a key only with carrier and posting date, see [`WaybillKey`](super::WaybillKey).
#[doc(alias = "运单号")]
pub type WaybillNumber = Id<kind::Waybill>;
/// A facility's identifier.
#[doc(alias = "网点")]
pub type FacilityId = Id<kind::Facility>;
/// A courier's identifier.
#[doc(alias = "快递员")]
pub type CourierId = Id<kind::Courier>;
/// A customer's identifier.
#[doc(alias = "客户")]
pub type CustomerId = Id<kind::Customer>;
/// A case's identifier.
pub type CaseId = Id<kind::Case>;
/// A claim's identifier.
pub type ClaimId = Id<kind::Claim>;
/// A rating's identifier.
pub type RatingId = Id<kind::Rating>;
/// A cost entry's identifier.
pub type CostId = Id<kind::Cost>;
/// A stock count's identifier.
pub type StockCountId = Id<kind::StockCount>;
/// A shift's identifier.
pub type ShiftId = Id<kind::Shift>;
/// A label from an open set.
pub type Label = Id<kind::Label>;
