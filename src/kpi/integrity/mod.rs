//! Whether what was sent arrives, and whole.
//!
//! Bad news of this kind comes late: a shipment is decided at the `horizon` (45 days after acceptance) and not before,
//! arrived or not, so that neither good nor bad news of a young month runs ahead of the other.

mod damage_rate;
mod intact_rate;
mod loss_rate;
mod shortage_rate;

pub use damage_rate::DamageRate;
pub use intact_rate::IntactRate;
pub use loss_rate::LossRate;
pub use shortage_rate::ShortageRate;
