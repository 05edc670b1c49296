//! What is chosen where nobody said it.

use std::sync::OnceLock;

use nearfar_kernels::{Crossover, Share};

use crate::{Strength, Subject};

/// What was chosen, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Where near and far picture have half each.
    pub crossover: Crossover,
    /// How much of the far picture comes through beside its shapes.
    pub share: Share,
    /// What the far picture must show from afar.
    pub subject: Subject,
    /// The cycles that the subject got, as a part of what such a subject usually gets: more under strong details of the near
    /// picture, fewer under weak ones.
    pub times: f64,
}

/// Which of the two mixers a choice is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MethodKind {
    Descent,
    Fourier,
}

/// What was chosen for a pair so far: it is asked for again at every turn of a knob.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices([[OnceLock<Choice>; 3]; 2]);

impl Choices {
    /// What was chosen before, or what is chosen now.
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

    /// Drafts cost more than a filter: who says all, or takes none of it, waits for none.
    #[test]
    fn nothing_is_chosen_where_all_is_said() {
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
