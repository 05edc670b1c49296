//! The crossover and the share that are chosen if none are given.

use std::sync::OnceLock;

use nearfar_kernels::{Crossover, Share};

use crate::{Strength, Subject};

/// The values chosen for a pair, and the reasons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The crossover between the near and the far picture.
    pub crossover: Crossover,
    /// How much of the far picture comes through beside its shapes.
    pub share: Share,
    /// What the far picture must show from afar.
    pub subject: Subject,
    /// The cycles given to the subject, relative to what such a subject usually gets: above 1 if the near picture has strong
    /// details, below 1 if they are weak.
    pub relative_cycles: f64,
}

/// Which of the two mixers a choice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodKind {
    Descent,
    Fourier,
}

/// The choices made so far for a pair, kept because every turn of a knob asks for them again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices([[OnceLock<Choice>; 3]; 2]);

impl Choices {
    /// The earlier choice, or else a new one.
    pub(crate) fn of(&self, kind: MethodKind, strength: Strength, chosen: impl FnOnce() -> Choice) -> Choice {
        let row = match kind {
            MethodKind::Descent => 0,
            MethodKind::Fourier => 1,
        };
        let column = match strength {
            Strength::Subtle => 0,
            Strength::Even => 1,
            Strength::Strong => 2,
        };
        *self.0[row][column].get_or_init(chosen)
    }
}

#[cfg(test)]
mod tests {
    use nearfar_descent as descent;
    use nearfar_fourier as fourier;
    use nearfar_image::{Channels, Image, Size};
    use nearfar_kernels::{Crossover, Execution, Share};

    use crate::{Method, Strength, fit};

    /// Drafts cost more than a filter: nobody who gives everything, or uses none of it, should wait for them.
    #[test]
    fn nothing_is_chosen_if_everything_is_given() {
        let picture = Image::from_fn(Size::new(64, 64).unwrap(), Channels::Grey, |_, x, y| ((x ^ y) % 7) as f32 / 7.0);
        let fitted =
            fit::fit(picture.clone(), picture, &fit::Options::default(), &Execution::single_threaded()).unwrap();
        let chosen = || fitted.choices.0.iter().flatten().filter(|choice| choice.get().is_some()).count();

        let crossover = Some(Crossover::per_pixel(0.05).unwrap());
        let share = Some(Share::default());
        let said = [
            Method::Descent(descent::Options::article()),
            Method::Descent(descent::Options { crossover, share, ..descent::Options::default() }),
            Method::Fourier(fourier::Options { crossover, ..fourier::Options::classic() }),
        ];
        for method in said {
            assert_eq!(method.clone().settled(&fitted, Strength::Even), method);
            assert_eq!(chosen(), 0, "{method:?}");
        }
        let lacks_share = Method::Fourier(fourier::Options { crossover, ..fourier::Options::default() });
        assert!(lacks_share.settled(&fitted, Strength::Even).share().is_some());
        assert_eq!(chosen(), 1);
    }
}
