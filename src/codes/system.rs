//! The systems whose codes come with the crate.

use std::sync::LazyLock;

use super::{Vocabulary, VocabularyError};

/// A system with a published vocabulary. One data file each; each is parsed when it is first asked for, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum System {
    /// UPU EMSEVT.
    #[doc(alias = "M40")]
    Emsevt,
    /// GS1 EPCIS.
    Epcis,
    /// karrio.
    Karrio,
    /// AfterShip.
    AfterShip,
    /// EasyPost.
    EasyPost,
    /// 17TRACK.
    SeventeenTrack,
    /// TrackingMore, 51Tracking.
    TrackingMore,
    /// kuaidi100.
    #[doc(alias = "快递100")]
    Kuaidi100,
    /// kdniao.
    #[doc(alias = "快递鸟")]
    Kdniao,
    /// Yunda.
    #[doc(alias = "韵达")]
    Yunda,
}

impl System {
    /// All systems, in their order.
    pub const ALL: [Self; 10] = [
        Self::Emsevt,
        Self::Epcis,
        Self::Karrio,
        Self::AfterShip,
        Self::EasyPost,
        Self::SeventeenTrack,
        Self::TrackingMore,
        Self::Kuaidi100,
        Self::Kdniao,
        Self::Yunda,
    ];

    /// The name in mappings and tracking records: `kuaidi100`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Emsevt => "emsevt",
            Self::Epcis => "epcis",
            Self::Karrio => "karrio",
            Self::AfterShip => "aftership",
            Self::EasyPost => "easypost",
            Self::SeventeenTrack => "17track",
            Self::TrackingMore => "trackingmore",
            Self::Kuaidi100 => "kuaidi100",
            Self::Kdniao => "kdniao",
            Self::Yunda => "yunda",
        }
    }

    /// The system of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.name() == name)
    }

    fn file(self) -> &'static str {
        match self {
            Self::Emsevt => include_str!("data/emsevt.toml"),
            Self::Epcis => include_str!("data/epcis.toml"),
            Self::Karrio => include_str!("data/karrio.toml"),
            Self::AfterShip => include_str!("data/aftership.toml"),
            Self::EasyPost => include_str!("data/easypost.toml"),
            Self::SeventeenTrack => include_str!("data/seventeentrack.toml"),
            Self::TrackingMore => include_str!("data/trackingmore.toml"),
            Self::Kuaidi100 => include_str!("data/kuaidi100.toml"),
            Self::Kdniao => include_str!("data/kdniao.toml"),
            Self::Yunda => include_str!("data/yunda.toml"),
        }
    }

    /// Its vocabulary.
    ///
    /// # Errors
    /// [`VocabularyError`] of a file of this crate; the tests read them all.
    pub fn vocabulary(self) -> Result<&'static Vocabulary, VocabularyError> {
        static READ: [LazyLock<Result<Vocabulary, VocabularyError>>; 10] = [
            LazyLock::new(|| System::Emsevt.file().parse()),
            LazyLock::new(|| System::Epcis.file().parse()),
            LazyLock::new(|| System::Karrio.file().parse()),
            LazyLock::new(|| System::AfterShip.file().parse()),
            LazyLock::new(|| System::EasyPost.file().parse()),
            LazyLock::new(|| System::SeventeenTrack.file().parse()),
            LazyLock::new(|| System::TrackingMore.file().parse()),
            LazyLock::new(|| System::Kuaidi100.file().parse()),
            LazyLock::new(|| System::Kdniao.file().parse()),
            LazyLock::new(|| System::Yunda.file().parse()),
        ];
        LazyLock::force(&READ[self as usize]).as_ref().map_err(Clone::clone)
    }
}
