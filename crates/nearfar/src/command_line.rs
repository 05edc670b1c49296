//! The knobs as a command for a terminal.

use nearfar_align::PointList;
use nearfar_kernels::Gaussian;

use crate::{Knobs, Method, Mixer, Strength, fit, settings::Worded};

impl Knobs {
    /// The command that makes the same hybrid of the pictures in two files. `method` is the [method](Self::method) of these
    /// knobs, `align` says how the pictures are brought into register.
    #[must_use]
    pub fn command_line(&self, [near, far]: [&str; 2], method: &Method, align: &fit::Options) -> String {
        let mut words = vec!["nearfar".to_owned()];
        let mut say = |text: &[&str]| words.extend(text.iter().map(|&word| word.to_owned()));
        let [near, far] = [near, far].map(quoted);
        let name = if self.mixer == Mixer::Fourier { "fourier" } else { "mix" };
        say(&[name, &near, &far]);
        if self.mixer == Mixer::Article {
            say(&["--preset", "article"]);
        }
        match method {
            Method::Descent(options) if self.octaves != 0.0 || self.mixer == Mixer::Article => {
                if let Ok(sigma) = options.sigma() {
                    say(&["--sigma", &sigma.to_string()]);
                    // The article's taps belong to its own sigma.
                    if let (Mixer::Article, Ok(gaussian)) = (self.mixer, Gaussian::new(sigma)) {
                        say(&["--kernel-size", &(2 * gaussian.taps().radius() + 1).to_string()]);
                    }
                }
            }
            Method::Fourier(options) if self.octaves != 0.0 => {
                if let Some(crossover) = options.crossover {
                    say(&["--low", &format!("{}cpp", crossover.cycles_per_pixel())]);
                }
            }
            _ => {}
        }
        let share = method.share();
        // Without a share, the strength decides only the crossover, and that is given above.
        if let Some(strength) = self.share.strength.filter(|how| *how != Strength::Even && share.is_some()) {
            say(&["--strength", strength.word()]);
        }
        let beside = self.share.beside.filter(|_| share.is_some_and(|share| share.focus.is_some()));
        for (flag, value) in [
            ("--detail-weight", self.detail_weight.filter(|_| self.mixer == Mixer::Descent)),
            ("--near-color", self.share.near_color.filter(|_| share.is_some())),
            ("--far-color", self.share.color.filter(|_| share.is_some())),
            ("--far-tone", self.share.tone.filter(|_| share.is_some())),
            ("--plain", self.share.plain.filter(|_| share.is_some())),
            ("--relight", self.share.relight.filter(|_| share.is_some())),
            ("--beside", beside),
        ] {
            if let Some(value) = value {
                say(&[flag, &value.to_string()]);
            }
        }
        if !align.points.is_empty() {
            say(&["--points", &PointList { points: align.points.clone() }.to_string()]);
        }
        words.join(" ")
    }
}

/// A name, quoted so that a shell takes it for one word.
pub(crate) fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/+,@".contains(c);
    match name {
        // A leading dash would make it a flag.
        name if name.starts_with('-') => quoted(&format!("./{name}")),
        name if !name.is_empty() && name.chars().all(plain) => name.to_owned(),
        name => format!("'{}'", name.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use nearfar_align::PointPair;
    use nearfar_image::Point;
    use nearfar_kernels::Crossover;

    use super::*;
    use crate::{descent, fourier};

    const FILES: [&str; 2] = ["a cat.jpg", "-it's.png"];

    #[test]
    fn names_are_one_word_each() {
        let line = Knobs::default().command_line(FILES, &Method::default(), &fit::Options::default());
        assert_eq!(line, r"nearfar mix 'a cat.jpg' './-it'\''s.png'");
    }

    #[test]
    fn what_is_wished_is_said() {
        let crossover = Crossover::per_pixel(0.03125).ok();
        let knobs = Knobs { mixer: Mixer::Fourier, octaves: 1.0, ..Knobs::default() };
        let method = Method::Fourier(fourier::Options { crossover, ..Default::default() });
        let pair = PointPair { near: Point::new(1.0, 2.0), far: Point::new(3.5, 4.0) };
        let align = fit::Options { points: vec![pair], ..Default::default() };
        assert_eq!(
            knobs.command_line(["a", "b"], &method, &align),
            "nearfar fourier a b --low 0.03125cpp --points near=1,2 far=3.5,4"
        );
        let knobs = Knobs { detail_weight: Some(3.0), ..Knobs::default() };
        let method = Method::Descent(descent::Options { crossover, detail_weight: 3.0, ..Default::default() });
        assert_eq!(
            knobs.command_line(["a", "b"], &method, &fit::Options::default()),
            "nearfar mix a b --detail-weight 3"
        );
    }
}
