//! Terms of an objective.

use std::{borrow::Cow, fmt, sync::Arc};

use nearfar_image::{Channels, Encoded, Image, Size};
use nearfar_kernels::{Axes, Execution};

use crate::{
    DescentError, DetailsAfar, EdgeStop, Eye, FarBlur, Passband, Unlike,
    field::{BandMatch, Contrast, Field, FieldDetails, Range, Unlikeness, Variation, positive},
    view::{
        View,
        afar_full::AfarFull,
        afar_grid::AfarGrid,
        differences::Differences,
        pixels::{Axis, Pixels},
    },
};

/// One term of an objective: a view of the picture, compared with a target by weighted squared differences.
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
    /// Compared plane by plane.
    Field(Arc<dyn Field + 'a>),
    /// Anything else.
    Whole(Arc<dyn WholeLoss + 'a>),
}

/// A loss of the whole picture, with its gradient: for losses that do not compare rows, and for those computed
/// elsewhere.
pub trait WholeLoss: fmt::Debug + Send + Sync {
    /// Returns the loss of `picture`, finite and the smaller the better, and writes its gradient with respect to the
    /// codes into `gradient`, which has the picture's shape and arbitrary contents.
    ///
    /// A loss that fails cannot return an error in the middle of a solver's step. It returns infinity and a gradient of
    /// 0, which solvers back away from, and stores the error for the caller to query afterwards.
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64;
}

impl<L: WholeLoss + ?Sized> WholeLoss for &L {
    fn value_and_gradient(&self, picture: &Image<Encoded>, gradient: &mut Image<Encoded>) -> f64 {
        (**self).value_and_gradient(picture, gradient)
    }
}

impl<'a> Term<'a> {
    /// Pixels shall equal those of `target`, along `axes`.
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

    /// Opponent colours shall equal these planes, Cb and Cr of [`Axes::Opponent`]; for colour pictures.
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

    /// Details, the differences between neighbouring pixels to the right and down, shall equal those of `target`, along
    /// `axes`; with `edges` they may jump at the target's edges.
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

    /// To `eye`, the picture, which has `channels`, shall look like `far`. A grey `far` holds the codes of luminance if
    /// that is all the eye sees.
    ///
    /// # Panics
    ///
    /// If `far` does not have the eye's size, or lacks channels that the eye sees.
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

    /// The frequencies in `band` shall equal those of `target`, along `axes`.
    ///
    /// # Errors
    ///
    /// [`DescentError::Passband`] if the band is empty.
    pub fn band(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        target: impl Into<Target<'a>>,
        axes: Axes,
        band: Passband,
    ) -> Result<Self, DescentError> {
        let target = target.into().0;
        let (size, channels) = (target.size(), target.channels());
        Ok(Self::field(name, weight, size, channels, BandMatch::new(target, axes, band)?))
    }

    /// Details, as seen from a distance, shall equal those of `target`. A grey `target` holds the codes of luminance if
    /// that is all the eye sees.
    ///
    /// # Errors
    ///
    /// [`DescentError::Kernel`] if the blur is invalid.
    ///
    /// # Panics
    ///
    /// If `target` lacks channels that the eye sees.
    pub fn details_afar(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        channels: Channels,
        target: &Image<Encoded>,
        seen: DetailsAfar,
        execution: &Execution,
    ) -> Result<Self, DescentError> {
        let field = FieldDetails::new(channels, target, seen, execution)?;
        Ok(Self::field(name, weight, target.size(), channels, field))
    }

    /// Total variation along `axes`: the sum over all pixels of the length of the gradient, which penalises noise.
    /// Differences below `softness`, in codes, are penalised quadratically.
    ///
    /// # Errors
    ///
    /// [`DescentError::NotPositive`] if the softness is not a finite number above 0.
    pub fn variation(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        (size, channels): (Size, Channels),
        axes: Axes,
        softness: f64,
    ) -> Result<Self, DescentError> {
        positive("softness", softness)?;
        let field = Variation { axes, channels, softness: softness as f32, mask: None };
        Ok(Self::field(name, weight, size, channels, field))
    }

    /// Samples along `axes` shall lie between `low` and `high`: excess is penalised quadratically.
    ///
    /// # Errors
    ///
    /// [`DescentError::Range`] unless both are finite and `low` is not above `high`.
    pub fn range(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        (size, channels): (Size, Channels),
        axes: Axes,
        [low, high]: [f64; 2],
    ) -> Result<Self, DescentError> {
        if !(low.is_finite() && high.is_finite() && low <= high) {
            return Err(DescentError::Range { low, high });
        }
        let field = Range { axes, channels, low: low as f32, high: high as f32, mask: None };
        Ok(Self::field(name, weight, size, channels, field))
    }

    /// The standard deviation along `axes` shall be `contrast`, in codes; its squared error counts once per pixel.
    ///
    /// # Errors
    ///
    /// [`DescentError::NotPositive`] if the contrast is not a finite number above 0.
    pub fn contrast(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        (size, channels): (Size, Channels),
        axes: Axes,
        contrast: f64,
    ) -> Result<Self, DescentError> {
        positive("contrast", contrast)?;
        let field = Contrast { axes, channels, contrast, mask: None };
        Ok(Self::field(name, weight, size, channels, field))
    }

    /// The picture shall not resemble `other`, along `axes`: where the correlation in a window around a pixel is
    /// positive, its square is the penalty, at most 1 per pixel.
    ///
    /// # Errors
    ///
    /// [`DescentError::Passband`] or [`DescentError::NotPositive`].
    pub fn unlike(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        other: &Image<Encoded>,
        axes: Axes,
        like: Unlike,
        execution: &Execution,
    ) -> Result<Self, DescentError> {
        let field = Unlikeness::new(other, axes, like, execution)?;
        Ok(Self::field(name, weight, other.size(), other.channels(), field))
    }

    /// The term with a weight for each pixel: a grey picture, 0 and above. Details count from each pixel to the right
    /// and down; for wide blurs the mask is sampled at the grid. A whole-picture loss is returned unchanged: any mask
    /// is its own affair.
    ///
    /// # Panics
    ///
    /// If the mask has another size than the pictures, or is not grey.
    #[must_use]
    pub fn masked(mut self, mask: Option<Image<Encoded>>) -> Self {
        let Some(mask) = mask else { return self };
        assert_eq!(
            (mask.size(), mask.channels()),
            (self.size, Channels::Grey),
            "the mask is a grey picture of the size"
        );
        const ALONE: &str = "a term that is being made is nobody else's";
        match &mut self.kind {
            Kind::View(view) => Arc::get_mut(view).expect(ALONE).set_mask(mask),
            Kind::Field(field) => Arc::get_mut(field).expect(ALONE).set_mask(mask),
            Kind::Whole(_) => {}
        }
        self
    }

    /// A custom loss of pictures of `size` with `channels`.
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

    fn field(
        name: impl Into<Cow<'static, str>>,
        weight: f64,
        size: Size,
        channels: Channels,
        field: impl Field + 'a,
    ) -> Self {
        Self { name: name.into(), weight, size, channels, kind: Kind::Field(Arc::new(field)) }
    }

    /// Name of the term.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Weight of the term.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// Size of the pictures that the term is for.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Channels of the pictures that the term is for.
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

    /// Estimate of the largest curvature of the weighted loss with respect to any pixel; 1 for whole-picture losses, of
    /// which nothing is known.
    pub(crate) fn stiffness(&self) -> f64 {
        let curvature = match &self.kind {
            Kind::View(view) => view.stiffness(),
            Kind::Field(field) => field.stiffness(),
            Kind::Whole(_) => 1.0,
        };
        2.0 * self.weight * curvature
    }
}

/// The picture that a term compares with, borrowed or owned.
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
