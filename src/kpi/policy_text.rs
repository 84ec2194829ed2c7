//! Policies as they are written: what [`Policy::parse`](super::Policy::parse) reads.

use super::{LookBack, Params, Policies, PolicyName};

impl Policies {
    /// The value of a policy as it is written.
    pub(super) fn written(&self, name: PolicyName) -> String {
        let lasting = match (name, self.look_back) {
            (PolicyName::Grace, _) => self.grace,
            (PolicyName::Settle, _) => self.settle,
            (PolicyName::Horizon, _) => self.horizon,
            (PolicyName::SilentAfter, _) => self.silent_after,
            (PolicyName::LookBack, LookBack::Within(within)) => within,
            _ => {
                let mut shown = Params::default();
                self.show(name, &mut shown);
                return shown.iter().map(|(_, value)| value.to_string()).collect();
            }
        };
        lasting.to_string()
    }
}
