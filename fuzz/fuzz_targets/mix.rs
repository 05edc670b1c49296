//! A small pair mixed by any recipe: a picture in [0, 1], or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nearfar::{Channels, Encoded, Execution, Image, Method, Recipe, Size, fit, no_observer};

fuzz_target!(|input: (u8, u8, &str)| {
    let (near, far, text) = input;
    let Ok(recipe) = Recipe::from_toml(text) else { return };
    if !is_quick(&recipe) {
        return;
    }
    let (near, far) = (picture(near), picture(far));
    if let Ok(hybrid) = recipe.mix(near, far, &Execution::single_threaded(), &mut no_observer) {
        let bad = hybrid.picture.samples().iter().find(|v| !(0.0..=1.0).contains(*v));
        assert_eq!(bad, None, "{}", recipe.to_toml());
    }
});

/// Whether a mix of pictures this small takes no more than milliseconds.
fn is_quick(recipe: &Recipe) -> bool {
    const MOST: usize = 100;
    let Recipe { align, method } = recipe;
    // Faces and content are searched for at one size, whatever the size of the pictures: that takes a second.
    let searched = match align.method {
        fit::Method::Auto => align.points.is_empty(),
        fit::Method::Content => true,
        fit::Method::Faces | fit::Method::Portrait => align.near_face.is_none() || align.far_face.is_none(),
        _ => false,
    };
    let quick = match method {
        Method::Fourier(_) => true,
        Method::Descent(options) => {
            let taps = options.kernel_size.unwrap_or(0);
            // A sigma that is not a number is an error, and no work.
            let sigma = options.sigma.filter(|sigma| sigma.is_finite()).unwrap_or(0.0);
            options.stop.max_iterations.max(taps) <= MOST && sigma <= MOST as f64
        }
    };
    quick && !searched && align.points.len() <= MOST
}

/// A picture of up to 24x24 pixels: black, white, ordinary, beyond what integer files hold, or as far beyond as float
/// files can go.
fn picture(kind: u8) -> Image<Encoded> {
    let kind = usize::from(kind);
    let side = |n: usize| [1, 2, 5, 24][n % 4];
    let size = Size::new(side(kind), side(kind / 4)).expect("it has an area");
    let channels = if kind / 16 % 2 == 0 { Channels::Grey } else { Channels::Rgb };
    let (low, high) =
        [(0.0, 0.0), (1.0, 1.0), (-0.5, 1.5), (f32::MIN, f32::MAX)].get(kind / 32).copied().unwrap_or((0.0, 1.0));
    let share = |c: usize, x: usize, y: usize| ((x * (kind / 32) + y * 5 + c * 3) % 11) as f32 / 10.0;
    Image::from_fn(size, channels, |c, x, y| low * (1.0 - share(c, x, y)) + high * share(c, x, y))
}
