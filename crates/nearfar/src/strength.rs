//! How strongly the far picture comes through, as people say it.

use serde::{Deserialize, Serialize};

/// How strongly the far picture comes through, unless its share is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// The near picture is hardly changed, and the far one is seen from further away.
    Subtle,
    /// A balance of the two.
    #[default]
    Even,
    /// The far picture is seen from closer, and also shows through the near one.
    Strong,
}
