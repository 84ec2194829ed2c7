//! Where systems contradict one another: policies by name, never a silent choice.

/// What putting a parcel into a locker is.
#[doc(alias = "投柜")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum LockerDeposit {
    /// A halt: `stored`. Whether that completes is then the policy `storage_completes` of the figure.
    #[default]
    Stored,
    /// An end: `delivered`, as some systems count it.
    Delivered,
}

/// What a signature by a locker is: one copy of the source says that the locker signed, another that the recipient took
/// the parcel out and signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum LockerSignature {
    /// The recipient has the parcel: `delivered`.
    #[default]
    Delivered,
    /// The locker has it: `stored`.
    Stored,
}

/// The policies by which codes are read. They belong beside every figure made of what was read:
/// [`names`](CodePolicies::names) writes them out, defaults included.
///
/// ```
/// use parcelgauge::codes::{CodePolicies, LockerDeposit};
/// let policies = CodePolicies::default().with_locker_deposit(LockerDeposit::Delivered);
/// assert_eq!(policies.names(), ["locker_deposit=delivered", "locker_signature=delivered"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub struct CodePolicies {
    /// What a deposit is.
    pub locker_deposit: LockerDeposit,
    /// What a locker's signature is.
    pub locker_signature: LockerSignature,
}

impl CodePolicies {
    /// Another reading of deposits.
    #[must_use]
    pub fn with_locker_deposit(mut self, policy: LockerDeposit) -> Self {
        self.locker_deposit = policy;
        self
    }

    /// Another reading of signatures.
    #[must_use]
    pub fn with_locker_signature(mut self, policy: LockerSignature) -> Self {
        self.locker_signature = policy;
        self
    }

    /// Every policy as `name=value`, ascending.
    #[must_use]
    pub fn names(self) -> [&'static str; 2] {
        [
            match self.locker_deposit {
                LockerDeposit::Stored => "locker_deposit=stored",
                LockerDeposit::Delivered => "locker_deposit=delivered",
            },
            match self.locker_signature {
                LockerSignature::Delivered => "locker_signature=delivered",
                LockerSignature::Stored => "locker_signature=stored",
            },
        ]
    }
}
