//! Results do not depend on the number of threads.

use nearfar_descent::{Options, Parametrization, Start, StopRule, mix, no_observer};
use nearfar_image::{Channels, Pair, Size};
use nearfar_kernels::{Crossover, Execution};

use super::noise;

#[test]
fn results_are_bit_equal_for_any_number_of_threads() {
    for (width, height) in [(1, 50), (50, 1), (64, 37), (3, 2)] {
        for channels in [Channels::Grey, Channels::Rgb] {
            let size = Size::new(width, height).unwrap();
            let pair = Pair::new(noise(size, channels, 1), noise(size, channels, 2)).unwrap();
            for parametrization in [Parametrization::Sigmoid, Parametrization::Box] {
                let stop = StopRule { max_iterations: 12, tolerance: 0.0 };
                let crossover = Some(Crossover::per_pixel(0.05).unwrap());
                let options = Options { parametrization, stop, crossover, start: Start::Grey, ..Options::default() };
                let run = |threads| {
                    let execution = Execution::with_threads(threads).unwrap();
                    mix(&pair, &options, &execution, &mut no_observer).unwrap()
                };
                let expected = run(1);
                for threads in [2, 3, 7] {
                    assert_eq!(run(threads), expected, "{size}, {threads} threads");
                }
            }
        }
    }
}
