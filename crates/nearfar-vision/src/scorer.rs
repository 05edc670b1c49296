//! Scoring hybrids.

use std::{borrow::Borrow, convert::Infallible, ops::ControlFlow};

use nearfar_image::{Encoded, Image, Pair, Size};
use nearfar_kernels::Execution;

use crate::{
    BandGain, FarFidelity, PixelsPerDegree, Scores, Switch, Viewing, VisionError,
    bands::{BandPlan, ProfileBand},
    blur::Blur,
    field::{Field, sum_rows},
    light::{lightness, luminance},
    scores::FAR_SWEEP,
};

/// Scores a hybrid of a pair: checks the pictures, plans, scores. To score many, keep a [`Scorer`] and a [`Reference`].
///
/// `hybrid` is the decoded file that people get to see, not the mixer's own samples, so that losses from saving count.
///
/// # Errors
///
/// [`VisionError::HybridSize`] if the hybrid is not of the pair's size, [`VisionError::Image`] if it is not finite.
pub fn score(
    hybrid: &Image<Encoded>,
    pair: &Pair,
    viewing: &Viewing,
    execution: &Execution,
) -> Result<Scores, VisionError> {
    checked(hybrid, pair)?;
    Ok(Scorer::new(pair.size(), viewing).score(hybrid, pair, execution))
}

/// [`score`] that calls `report` after each view with the share of the work done, in `[0, 1]`; it ends early with what
/// `report` breaks with.
///
/// # Errors
///
/// As [`score`].
pub fn score_watched<B>(
    hybrid: &Image<Encoded>,
    pair: &Pair,
    viewing: &Viewing,
    execution: &Execution,
    report: impl FnMut(f64) -> ControlFlow<B>,
) -> Result<ControlFlow<B, Scores>, VisionError> {
    checked(hybrid, pair)?;
    Ok(Scorer::new(pair.size(), viewing).score_watched(hybrid, pair, execution, report))
}

/// What a hybrid took from each picture of a pair, band by band, fine to coarse: the band gains of its [`score`], which
/// depend on no view.
///
/// # Errors
///
/// As [`score`].
pub fn band_gains(hybrid: &Image<Encoded>, pair: &Pair, execution: &Execution) -> Result<Vec<BandGain>, VisionError> {
    checked(hybrid, pair)?;
    let plan = BandPlan::new(pair.size());
    let light = |picture| luminance(execution, picture);
    let pictures = [pair.near(), pair.far()].map(|picture| own_bands(&plan, light(picture), execution));
    Ok(gains(&plan, light(hybrid), pictures, execution))
}

fn checked(hybrid: &Image<Encoded>, pair: &Pair) -> Result<(), VisionError> {
    if hybrid.size() != pair.size() {
        return Err(VisionError::HybridSize { hybrid: hybrid.size(), pair: pair.size() });
    }
    Ok(hybrid.check_finite()?)
}

/// A plan for scoring hybrids of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorer {
    size: Size,
    viewing: Viewing,
    bands: BandPlan,
    /// The near view, the far view, then the other views of the sweep.
    views: Vec<View>,
}

/// One view: the eye's blur at a distance.
#[derive(Clone, Debug, PartialEq)]
struct View {
    ppd: PixelsPerDegree,
    blur: Blur,
}

/// Indices of the two views that a hybrid is made for. In these it is compared with both pictures, in all others only
/// with the far one.
const NEAR: usize = 0;
const FAR: usize = 1;

/// What a [`Scorer`] precomputes for scoring many hybrids of one pair. It is large: about 85 samples per pixel, 90 MB
/// for a pair of 512x512 pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    bands: [Vec<Field>; 2],
    /// For each view, the pictures compared in it, near before far.
    profiles: Vec<Vec<Vec<ProfileBand>>>,
    /// Lightness of the far picture as seen from afar.
    far_seen: Field,
}

/// Luminance of the near and the far picture.
type Pictures = [Field; 2];

/// The measurements of a hybrid in all views.
#[derive(Default)]
struct Seen {
    /// For each view, its similarity to each of the pictures compared in it.
    similarities: Vec<Vec<f64>>,
    /// Mean |dL*| of hybrid and far picture in the far view.
    luminance_error: f64,
}

impl Scorer {
    /// A plan for hybrids of `size` pixels, judged from the views in `viewing`.
    #[must_use]
    pub fn new(size: Size, viewing: &Viewing) -> Self {
        let aims = [viewing.near_ppd, viewing.far_ppd];
        let others = FAR_SWEEP.into_iter().filter(|ppd| !aims.contains(ppd));
        let views = aims.into_iter().chain(others).map(|ppd| View { ppd, blur: Blur::of_eye(size, ppd) });
        Self { size, viewing: *viewing, bands: BandPlan::new(size), views: views.collect() }
    }

    /// Size of the pictures that this plan scores.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Prepares a pair for scoring many hybrids of it.
    ///
    /// # Panics
    ///
    /// If the pair is not of the plan's size.
    #[must_use]
    pub fn reference(&self, pair: &Pair, execution: &Execution) -> Reference {
        let pictures = self.pictures(pair, execution);
        let profile = |view, light| self.bands.profile(execution, self.seen(view, light, execution)).collect();
        let profiles =
            (0..self.views.len()).map(|view| compared(view, &pictures).map(|light| profile(view, light)).collect());
        let profiles = profiles.collect();
        let far_seen = self.seen(FAR, &pictures[1], execution);
        let bands = pictures.map(|picture| own_bands(&self.bands, picture, execution).collect());
        Reference { bands, profiles, far_seen }
    }

    /// Scores one hybrid of a prepared pair. Every sample of the hybrid must be finite.
    ///
    /// # Panics
    ///
    /// If the hybrid or the reference is not of the plan's size.
    #[must_use]
    pub fn score_against(&self, hybrid: &Image<Encoded>, reference: &Reference, execution: &Execution) -> Scores {
        let Reference { bands, profiles, far_seen } = reference;
        let light = self.luminance(hybrid, execution);
        let mut seen = Seen::default();
        for (view, profiles) in profiles.iter().enumerate() {
            let hybrid = self.seen(view, &light, execution);
            if view == FAR {
                seen.luminance_error = self.luminance_error(&hybrid, far_seen, execution);
            }
            let profiles = profiles.iter().map(|profile| profile.iter()).collect();
            seen.similarities.push(self.bands.similarities(execution, hybrid, profiles));
        }
        let gains = gains(&self.bands, light, bands.each_ref().map(|bands| bands.iter()), execution);
        self.scores(hybrid, seen, gains)
    }

    /// Scores one hybrid of a pair, with the same results as for a prepared pair, in a fifth of the memory.
    ///
    /// # Panics
    ///
    /// If the hybrid or the pair is not of the plan's size.
    #[must_use]
    pub fn score(&self, hybrid: &Image<Encoded>, pair: &Pair, execution: &Execution) -> Scores {
        let ControlFlow::Continue(scores) =
            self.score_watched::<Infallible>(hybrid, pair, execution, |_| ControlFlow::Continue(()));
        scores
    }

    /// [`Self::score`] that calls `report` after each view with the share of the work done.
    fn score_watched<B>(
        &self,
        hybrid: &Image<Encoded>,
        pair: &Pair,
        execution: &Execution,
        mut report: impl FnMut(f64) -> ControlFlow<B>,
    ) -> ControlFlow<B, Scores> {
        let light = self.luminance(hybrid, execution);
        let pictures = self.pictures(pair, execution);
        let mut seen = Seen::default();
        // One view at a time, and one band at a time within it, so that only one band's statistics are held.
        for view in 0..self.views.len() {
            let hybrid = self.seen(view, &light, execution);
            let compared = compared(view, &pictures).map(|light| self.seen(view, light, execution)).collect::<Vec<_>>();
            if view == FAR {
                seen.luminance_error = self.luminance_error(&hybrid, &compared[1], execution);
            }
            let profiles = compared.into_iter().map(|picture| self.bands.profile(execution, picture)).collect();
            seen.similarities.push(self.bands.similarities(execution, hybrid, profiles));
            // The bands of the pictures themselves are about as much work as a view.
            report((view + 1) as f64 / (self.views.len() + 1) as f64)?;
        }
        let bands = pictures.map(|picture| own_bands(&self.bands, picture, execution));
        ControlFlow::Continue(self.scores(hybrid, seen, gains(&self.bands, light, bands, execution)))
    }

    fn luminance(&self, picture: &Image<Encoded>, execution: &Execution) -> Field {
        assert_eq!(picture.size(), self.size, "the picture has the plan's size");
        luminance(execution, picture)
    }

    fn pictures(&self, pair: &Pair, execution: &Execution) -> Pictures {
        [pair.near(), pair.far()].map(|picture| self.luminance(picture, execution))
    }

    /// Lightness of a picture as seen in a view.
    fn seen(&self, view: usize, luminance: &Field, execution: &Execution) -> Field {
        lightness(execution, luminance.blurred(execution, &self.views[view].blur))
    }

    fn scores(&self, hybrid: &Image<Encoded>, seen: Seen, gains: Vec<BandGain>) -> Scores {
        let Seen { similarities, luminance_error } = seen;
        // The far picture is the last of every view.
        let far_fidelity = |ppd: PixelsPerDegree| {
            let mut views = self.views.iter().zip(&similarities);
            views.find(|(view, _)| view.ppd == ppd).map_or(f64::NAN, |(_, found)| found[found.len() - 1])
        };
        Scores {
            viewing: self.viewing,
            near_fidelity: similarities[NEAR][0],
            near_leakage: similarities[NEAR][1],
            far_leakage: similarities[FAR][0],
            far_fidelity: similarities[FAR][1],
            luminance_error,
            clipped_share: clipped_share(hybrid),
            far_sweep: FAR_SWEEP.map(|ppd| FarFidelity { ppd, far_fidelity: far_fidelity(ppd) }),
            switch: Switch::of(&gains),
            bands: gains,
        }
    }

    /// Mean |dL*| between hybrid and far picture as seen.
    fn luminance_error(&self, hybrid: &Field, far: &Field, execution: &Execution) -> f64 {
        let [sum] = sum_rows(execution, self.size, |y| {
            [hybrid.row(y).iter().zip(far.row(y)).map(|(h, f)| f64::from((h - f).abs())).sum()]
        });
        100.0 * sum / self.size.area() as f64
    }
}

/// The bands of a picture itself, without the blur of an eye.
fn own_bands(plan: &BandPlan, luminance: Field, execution: &Execution) -> impl Iterator<Item = Field> {
    plan.split(execution, lightness(execution, luminance))
}

/// The band gains of a hybrid, given the bands of all pictures.
fn gains<B: Borrow<Field>>(
    plan: &BandPlan,
    hybrid: Field,
    [near, far]: [impl Iterator<Item = B>; 2],
    execution: &Execution,
) -> Vec<BandGain> {
    let bands = plan.sigmas().zip(own_bands(plan, hybrid, execution)).zip(near.zip(far));
    let gain = |((sigmas, hybrid), (near, far)): (([f64; 2], Field), (B, B))| {
        BandGain::fit(execution, sigmas, &hybrid, near.borrow(), far.borrow())
    };
    bands.map(gain).collect()
}

/// The pictures that are compared in a view.
fn compared(view: usize, pictures: &Pictures) -> impl Iterator<Item = &Field> {
    pictures.iter().skip(usize::from(view > FAR))
}

/// Share of pixels with a channel at or beyond a bound.
fn clipped_share(picture: &Image<Encoded>) -> f64 {
    let area = picture.size().area();
    let planes: Vec<_> = picture.planes().map(|plane| plane.samples()).collect();
    let clipped = (0..area).filter(|&i| planes.iter().any(|plane| plane[i] <= 0.0 || plane[i] >= 1.0)).count();
    clipped as f64 / area as f64
}
