//! One thing that is asked of the picture.

use std::{borrow::Cow, fmt, sync::Arc};

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Axes, Execution};

use crate::{
    EdgeStop, Eye, FarBlur,
    view::{
        View,
        afar_full::AfarFull,
        afar_grid::AfarGrid,
        differences::Differences,
        pixels::{Axis, Pixels},
    },
};

/// One thing that is asked of the picture: a view of it, compared with a target; squared differences, multiplied by a weight.
///
/// ```
/// use nearfar_descent::Term;
/// use nearfar_image::{Channels, Image, Size};
/// use nearfar_kernels::{Axes, Execution};
///
/// let target = Image::filled(Size::new(32, 32)?, Channels::Rgb, 0.25);
/// let lightness = Term::pixels("lightness", 0.5, &target, Axes::Luma, &Execution::single_threaded());
/// assert_eq!((lightness.name(), lightness.weight()), ("lightness", 0.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Term<'a> {
    name: Cow<'static, str>,
    weight: f64,
    size: Size,
    channels: Channels,
    kind: Kind<'a>,
}

#[derive(Debug)]
pub(crate) enum Kind<'a> {
    /// Compared row by row, in one sweep with all others.
    View(Arc<dyn View<'a> + 'a>),
    /// Anything else.
    Whole(Arc<dyn WholeLoss + 'a>),
}

/// A loss of the whole picture, with its gradient: for what is not a comparison of rows, and for losses computed elsewhere.
pub trait WholeLoss: fmt::Debug + Send + Sync {
    /// The loss of `picture`, finite and the smaller the better; its gradient by the picture's codes goes to `gradient`,
    /// which has the picture's shape and holds rubbish.
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64;
}

impl<L: WholeLoss + ?Sized> WholeLoss for &L {
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        (**self).value_and_gradient(picture, gradient)
    }
}

impl<'a> Term<'a> {
    /// Pixels are to equal those of `target`, along `axes`.
    #[must_use]
    pub fn pixels(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        target: impl Into<Target<'a>>,
        axes: Axes,
        execution: &Execution,
    ) -> Self {
        let target = target.into().0;
        let (size, channels) = (target.size(), target.channels());
        let view = Pixels { axes: Axis::all(axes, target, execution), mask: None, height: size.height() };
        Self::viewed(name, weight, size, channels, view)
    }

    /// Opponent colours are to equal these planes, Cb and Cr of [`Axes::Opponent`], of a picture in colours.
    ///
    /// # Panics
    ///
    /// If the planes differ in size.
    #[must_use]
    pub fn opponent_colors(name: impl Into<Cow<'static, str>>, weight: f64, planes: [Image<Encoded>; 2]) -> Self {
        let size = planes[0].size();
        assert_eq!(planes[1].size(), size, "both planes have one size");
        let axes = Axis::of_planes(Axes::Opponent, Channels::Rgb, planes.into());
        Self::viewed(name, weight, size, Channels::Rgb, Pixels { axes, mask: None, height: size.height() })
    }

    /// Details, differences between neighbouring pixels to the right and down, are to equal those of `target`, along `axes`;
    /// with `edges` they may jump where the target's do.
    #[must_use]
    pub fn details(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        target: impl Into<Target<'a>>,
        axes: Axes,
        edges: Option<EdgeStop>,
        execution: &Execution,
    ) -> Self {
        let target = target.into().0;
        let (size, channels) = (target.size(), target.channels());
        let axes = Axis::all(axes, target, execution);
        Self::viewed(name, weight, size, channels, Differences { axes, edges, mask: None, height: size.height() })
    }

    /// The picture, one with `channels`, is to look to `eye` as `far` does. A grey `far` stands for the codes of its luminance
    /// where the eye sees nothing else.
    ///
    /// # Panics
    ///
    /// If `far` is not of the eye's size, or lacks channels that the eye sees.
    #[must_use]
    pub fn afar(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        channels: Channels,
        far: &Image<Encoded>,
        eye: Eye,
        execution: &Execution,
    ) -> Self {
        let size = eye.blur.size();
        assert_eq!(far.size(), size, "the far picture has the blur's size");
        match eye.blur.clone() {
            FarBlur::Full(blur) => {
                let view = AfarFull::new(channels, far, &eye, blur, execution);
                Self::viewed(name, weight, size, channels, view)
            }
            FarBlur::Grid(blur) => {
                let view = AfarGrid::new(channels, far, &eye, blur, execution);
                Self::viewed(name, weight, size, channels, view)
            }
        }
    }

    /// The same term with what each pixel weighs: a grey picture, 0 and above. Details count from each pixel to the right and
    /// down; the mask of a wide blur is sampled at its grid. A whole-picture loss has a mask of its own, if any, and stays.
    ///
    /// # Panics
    ///
    /// If the mask has another size than the pictures, or colours.
    #[must_use]
    pub fn masked(mut self, mask: Option<Image<Encoded>>) -> Self {
        let Some(mask) = mask else { return self };
        assert_eq!(
            (mask.size(), mask.channels()),
            (self.size, Channels::Grey),
            "the mask is a grey picture of the size"
        );
        if let Kind::View(view) = &mut self.kind {
            Arc::get_mut(view).expect("a term that is being made is nobody else's").set_mask(mask);
        }
        self
    }

    /// Any loss of pictures of `size` with `channels`.
    #[must_use]
    pub fn whole(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        size: Size,
        channels: Channels,
        loss: impl WholeLoss + 'a,
    ) -> Self {
        Self { name: name.into(), weight, size, channels, kind: Kind::Whole(Arc::new(loss)) }
    }

    fn viewed(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        size: Size,
        channels: Channels,
        view: impl View<'a> + 'a,
    ) -> Self {
        Self { name: name.into(), weight, size, channels, kind: Kind::View(Arc::new(view)) }
    }

    /// What its loss is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its loss is multiplied by.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Size of the pictures that it judges.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Channels of the pictures that it judges.
    #[must_use]
    pub fn channels(&self) -> Channels {
        self.channels
    }

    pub(crate) fn kind(&self) -> &Kind<'a> {
        &self.kind
    }

    pub(crate) fn label(&self) -> Cow<'static, str> {
        self.name.clone()
    }

    /// About the largest curvature of the weighted loss by any pixel. Nothing is known of whole-picture losses: 1.
    pub(crate) fn stiffness(&self) -> f64 {
        let curvature = match &self.kind {
            Kind::View(view) => view.stiffness(),
            Kind::Whole(_) => 1.0,
        };
        2.0 * self.weight * curvature
    }
}

/// A picture that a term compares with: borrowed, or its own.
#[derive(Debug)]
pub struct Target<'a>(Cow<'a, Image<Encoded>>);

impl<'a> From<&'a Image<Encoded>> for Target<'a> {
    fn from(picture: &'a Image<Encoded>) -> Self {
        Self(Cow::Borrowed(picture))
    }
}

impl From<Image<Encoded>> for Target<'_> {
    fn from(picture: Image<Encoded>) -> Self {
        Self(Cow::Owned(picture))
    }
}

impl<'a> From<Cow<'a, Image<Encoded>>> for Target<'a> {
    fn from(picture: Cow<'a, Image<Encoded>>) -> Self {
        Self(picture)
    }
}
