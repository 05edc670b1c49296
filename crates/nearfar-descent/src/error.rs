//! Errors in the options of a mix.

use nearfar_image::Size;
use nearfar_kernels::KernelError;

/// An error in the options of a mix.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DescentError {
    /// The blur cannot be built.
    #[error(transparent)]
    Kernel(#[from] KernelError),
    /// A weight is negative or not finite.
    #[error("the {name} is {value}; it must be a finite number, 0 or above")]
    Weight {
        /// Which weight.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// All weights are zero, so that nothing is optimised.
    #[error("the near, detail and far weights are all 0: nothing is asked of the picture")]
    NoWeight,
    /// The learning rate is not a finite number above zero.
    #[error("the rate is {rate}; it must be a finite number above 0")]
    Rate {
        /// The rate asked for.
        rate: f64,
    },
    /// The momentum is out of range.
    #[error("the momentum is {momentum}; it must be a number from 0 up to, but not including, 1")]
    Momentum {
        /// The momentum asked for.
        momentum: f64,
    },
    /// The solver's memory is zero, or too large to be of any use.
    #[error("the solver's memory is {memory} steps; it must be from 1 to {max}")]
    Memory {
        /// The number of steps asked for.
        memory: usize,
        /// The most.
        max: usize,
    },
    /// The tolerance is out of range.
    #[error("the tolerance is {tolerance}; it must be a number from 0 up to, but not including, 1")]
    Tolerance {
        /// The tolerance asked for.
        tolerance: f64,
    },
    /// The number of iterations is zero, or so large that a run would never end.
    #[error("{iterations} iterations were asked for; it must be from 1 to {max}")]
    Iterations {
        /// The number of iterations asked for.
        iterations: usize,
        /// The most.
        max: usize,
    },
    /// Neither crossover nor sigma was given, or the weights have no crossover.
    #[error(
        "there is no crossover: neither a crossover nor a sigma was given, or one picture outweighs the other everywhere"
    )]
    NoCrossover,
    /// The far weight is too small for the far picture to outweigh the near one anywhere: no crossover can be chosen.
    #[error(
        "the far weight is {far_weight} and the near weight {near_weight}: FAR would not be visible from any distance"
    )]
    FarInvisible {
        /// Weight of the near picture.
        near_weight: f64,
        /// Weight of the far picture, not above the near one's.
        far_weight: f64,
    },
    /// No term refers to the near picture.
    #[error("the near weight and the detail weight are 0: NEAR would not be visible from any distance")]
    NearInvisible,
    /// The edge-stopping contrast or floor is out of range.
    #[error(
        "the edge contrast is {contrast} and the floor {floor}; the contrast must be above 0, the floor from 0 to 1"
    )]
    Edges {
        /// The contrast asked for, in codes.
        contrast: f64,
        /// The floor asked for.
        floor: f64,
    },
    /// A number that must be above 0 is not.
    #[error("the {name} is {value}; it must be a finite number above 0")]
    NotPositive {
        /// Which number.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// A range is empty or not finite.
    #[error("the range is {low} to {high}; it must be two finite numbers, the lower one first")]
    Range {
        /// Its lower end.
        low: f64,
        /// Its upper end.
        high: f64,
    },
    /// A frequency band is empty.
    #[error("the band is from {from} to {to} cycles per pixel; it must begin below its end")]
    Passband {
        /// Its lower end, in cycles per pixel.
        from: f64,
        /// Its upper end, in cycles per pixel.
        to: f64,
    },
    /// The size of the start picture differs from the pair's.
    #[error("the picture to start from is {start} pixels and the pair is {pair}")]
    StartMismatch {
        /// Size of the picture to start from.
        start: Size,
        /// Size of the pair.
        pair: Size,
    },
    /// The start picture is in colour while the pair is grey.
    #[error("the picture to start from has colours and both pictures of the pair are grey")]
    StartColors,
}
