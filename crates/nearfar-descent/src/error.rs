//! What can be wrong with the options of a mix.

use nearfar_image::Size;
use nearfar_kernels::KernelError;

/// What can be wrong with the options of a mix.
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
    /// Nothing is asked of the picture.
    #[error("the near, detail and far weights are all 0: nothing is asked of the picture")]
    NoWeight,
    /// The learning rate is not a finite number above zero.
    #[error("the rate is {rate}; it must be a finite number above 0")]
    Rate {
        /// The rate asked for.
        rate: f64,
    },
    /// The momentum is not a part of the velocity.
    #[error("the momentum is {momentum}; it must be a number from 0 up to, but not including, 1")]
    Momentum {
        /// The momentum asked for.
        momentum: f64,
    },
    /// The solver may remember nothing, or so much that it would fill the computer's memory and help nobody.
    #[error("the solver's memory is {memory} steps; it must be from 1 to {max}")]
    Memory {
        /// The number of steps asked for.
        memory: usize,
        /// The most.
        max: usize,
    },
    /// A number of the stop rule makes no sense.
    #[error("the tolerance is {tolerance}; it must be a number from 0 up to, but not including, 1")]
    Tolerance {
        /// The tolerance asked for.
        tolerance: f64,
    },
    /// No iteration is allowed, or so many that a run would last for ever.
    #[error("{iterations} iterations were asked for; it must be from 1 to {max}")]
    Iterations {
        /// The number of iterations asked for.
        iterations: usize,
        /// The most.
        max: usize,
    },
    /// Nobody said where the pictures change places, or the weights leave no such place.
    #[error("there is no crossover: none was given and no sigma, or one picture outweighs the other everywhere")]
    NoCrossover,
    /// The far picture is weighed so little that it outweighs the near one nowhere: there is no crossover to choose.
    #[error("the far weight is {far_weight} and the near weight {near_weight}: FAR would be seen from nowhere")]
    NearAlone {
        /// Weight of the near picture.
        near_weight: f64,
        /// Weight of the far picture, which is not above it.
        far_weight: f64,
    },
    /// Nothing is asked of the picture that is the near one's.
    #[error("the near weight and the detail weight are 0: NEAR would be seen from nowhere")]
    FarAlone,
    /// The weights of edges make no sense.
    #[error("the edges' contrast is {contrast} and their floor {floor}; it must be above 0, and from 0 to 1")]
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
    /// A range has no inside.
    #[error("the range is {low} to {high}; it must be two finite numbers, the lower one first")]
    Range {
        /// Its lower end.
        low: f64,
        /// Its upper end.
        high: f64,
    },
    /// A band of frequencies has no inside.
    #[error("the band is from {from} to {to} cycles per pixel; it must begin below its end")]
    Passband {
        /// Its lower end, in cycles per pixel.
        from: f64,
        /// Its upper end, in cycles per pixel.
        to: f64,
    },
    /// The picture to start from has another shape than the pair.
    #[error("the picture to start from is {start} pixels and the pair is {pair}")]
    StartMismatch {
        /// Size of the picture to start from.
        start: Size,
        /// Size of the pair.
        pair: Size,
    },
    /// The picture to start from has colours and the pair is grey.
    #[error("the picture to start from has colours and both pictures of the pair are grey")]
    StartColors,
}
