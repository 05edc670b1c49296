//! How strongly the far picture comes through, as people say it.

use serde::{Deserialize, Serialize};

/// How strongly the far picture comes through, where nothing else is said of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// The near picture is hardly touched, and the far one seen from further away.
    Subtle,
    /// Both have their due.
    #[default]
    Even,
    /// The far picture is seen from closer, and through the near one, too.
    Strong,
}
