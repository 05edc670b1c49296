//! What a program prints of a hybrid: JSON that scripts rely on. docs/json.md describes it.

use nearfar_descent::Losses;
use nearfar_image::Size;
use nearfar_vision::{Density, PixelsPerDegree, Scores, VisionError};
use serde::Serialize;

use crate::{Event, Hybrid, Note, Perception, Report, Severity, What, fit};

/// The version of the JSON that front ends hand out: it rises when something is renamed, moved or left out.
pub const SCHEMA: u32 = 1;

/// A result as JSON on one line, with the [version](SCHEMA) of its form.
///
/// # Panics
///
/// If the result is more than plain data.
#[must_use]
pub fn to_json(result: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Versioned<'a, T> {
        schema: u32,
        #[serde(flatten)]
        result: &'a T,
    }
    serde_json::to_string(&Versioned { schema: SCHEMA, result }).expect("results are plain data")
}

/// A hybrid, in numbers and notes.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Summary<'a> {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// How the pictures were made to fit.
    pub align: AlignSummary,
    /// What the method did; `method` is its name.
    #[serde(flatten)]
    pub report: &'a Report,
    /// Where near and far picture have half each, in cycles per pixel.
    pub crossover: Option<f64>,
    /// Of the far view's blur, in pixels.
    pub sigma: Option<f64>,
    /// Which picture is seen from where.
    pub percept: Option<PerceptSummary>,
    /// Everything worth knowing.
    pub notes: Vec<NoteSummary<'a>>,
}

/// A hybrid and the work that it took.
#[derive(Clone, Debug, Serialize)]
pub struct WorkSummary<'a> {
    /// The hybrid.
    #[serde(flatten)]
    pub summary: Summary<'a>,
    /// Losses of the steps that were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<&'a [TraceLine]>,
    /// Wall-clock seconds of each part.
    pub seconds: Seconds,
    /// Threads used.
    pub threads: usize,
}

/// Wall-clock seconds of each part of the work.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Seconds {
    /// Of reading.
    pub decode: f64,
    /// Of fitting, mixing and looking.
    pub solve: f64,
    /// Of writing.
    pub encode: f64,
}

/// What would be made, in numbers and notes.
#[cfg(feature = "codec")]
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PlanSummary<'a> {
    /// Always true.
    pub dry_run: bool,
    /// Of the file, in pixels.
    pub width: usize,
    /// Of the file, in pixels.
    pub height: usize,
    /// How the pictures were made to fit.
    pub align: AlignSummary,
    /// The name of the method.
    pub method: &'static str,
    /// Where near and far picture have half each, in cycles per pixel of the pictures that are mixed.
    pub crossover: Option<f64>,
    /// Of the far view's blur, in pixels of the pictures that are mixed.
    pub sigma: Option<f64>,
    /// Everything worth knowing.
    pub notes: Vec<NoteSummary<'a>>,
}

/// How two pictures were made to fit.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct AlignSummary {
    /// How the map was found.
    pub method: fit::Method,
    /// How sure the method is, from 0 to 1.
    pub confidence: f64,
    /// Share of the near picture that the far one covers, from 0 to 1.
    pub overlap: f64,
    /// The part of the near picture that the hybrid shows: left, top, width and height in pixels.
    pub crop: [usize; 4],
    /// Near pixels in a pixel of the far picture, in the middle of the crop.
    pub far_scale: f64,
}

/// Which picture is seen from where.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PerceptSummary {
    /// Seen up close: +1 only the near picture, -1 only the far one.
    pub near: f64,
    /// Seen from afar.
    pub far: f64,
    /// The distance of the view from afar, in centimetres.
    pub far_centimetres: Option<f64>,
    /// The near picture is clear up to here, in centimetres.
    pub near_ends_centimetres: Option<f64>,
    /// Both are seen alike from here, in centimetres.
    pub switch_centimetres: Option<f64>,
    /// The same in widths of the picture.
    pub switch_picture_widths: Option<f64>,
    /// The far picture is clear from here on, in centimetres.
    pub far_begins_centimetres: Option<f64>,
    /// From a clear near picture to a clear far one, in octaves of distance.
    pub width_octaves: Option<f64>,
    /// Centimetres and percept, from near to far.
    pub curve: Vec<[f64; 2]>,
}

/// How good a hybrid is, and which picture is seen from where.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreSummary {
    /// The scores.
    #[serde(flatten)]
    pub scores: Scores,
    /// What is seen.
    pub percept: PerceptSummary,
}

/// A note, with its sentence.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NoteSummary<'a> {
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// Its kind and its numbers.
    #[serde(flatten)]
    pub note: &'a Note,
}

/// Losses of one iteration, before its update.
#[derive(Clone, Debug, Serialize)]
pub struct TraceLine {
    /// From 0.
    pub step: usize,
    /// What the picture cost then.
    #[serde(flatten)]
    pub losses: Losses,
}

/// The steps of a mix at the hybrid's own size, kept as they are heard of.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    every: Option<u64>,
    lines: Vec<TraceLine>,
}

impl Trace {
    /// Keeps every so manieth step; none: nothing.
    #[must_use]
    pub fn every(every: Option<u64>) -> Self {
        Self { every, lines: Vec::new() }
    }

    /// Keeps what is to be kept of an event. Of a hybrid that is mixed several times, to find what suits it, the steps of the
    /// last mix are left.
    pub fn hear(&mut self, event: &Event<'_>) {
        let (Some(every), What::Evaluated { progress, .. }) = (self.every, event.what) else { return };
        let is_whole = progress.level + 1 == progress.levels && progress.moved;
        if is_whole && (progress.iterations as u64).is_multiple_of(every) {
            let step = progress.iterations - 1;
            if self.lines.last().is_some_and(|last| last.step >= step) {
                self.lines.clear();
            }
            self.lines.push(TraceLine { step, losses: progress.losses.clone() });
        }
    }

    /// The steps that were kept.
    #[must_use]
    pub fn lines(&self) -> &[TraceLine] {
        &self.lines
    }
}

impl Hybrid {
    /// What a program prints of it, for pictures of so many pixels per inch.
    #[must_use]
    pub fn summary(&self, density: Density) -> Summary<'_> {
        let size = self.picture.size();
        let far_ppd = self.viewing.map(|viewing| viewing.far_ppd);
        let percept =
            self.perception.as_ref().map(|perception| PerceptSummary::new(perception, far_ppd, density, size));
        Summary {
            width: size.width(),
            height: size.height(),
            align: AlignSummary::new(&self.aligned),
            report: &self.report,
            crossover: self.method.crossover().map(f64::from),
            sigma: self.method.sigma(),
            percept,
            notes: self.notes.iter().map(NoteSummary::new).collect(),
        }
    }
}

impl AlignSummary {
    /// Of two pictures that fit.
    #[must_use]
    pub fn new(aligned: &fit::Aligned) -> Self {
        let fit::Aligned { method, confidence, overlap, frame, .. } = *aligned;
        let crop = [frame.x, frame.y, frame.size.width(), frame.size.height()];
        Self { method, confidence, overlap, crop, far_scale: aligned.far_scale() }
    }
}

impl PerceptSummary {
    /// Of a hybrid of `size` on something of so many pixels per inch.
    #[must_use]
    pub fn new(perception: &Perception, far: Option<PixelsPerDegree>, density: Density, size: Size) -> Self {
        let centimetres = |ppd: PixelsPerDegree| Ok::<_, VisionError>(ppd.distance(density)?.centimetres());
        let at = |ppd: Option<PixelsPerDegree>| ppd.and_then(|ppd| centimetres(ppd).ok());
        let switch = perception.switch;
        let curve = perception.curve.iter().filter_map(|seen| Some([centimetres(seen.ppd).ok()?, seen.p]));
        Self {
            near: perception.near,
            far: perception.far,
            far_centimetres: at(far),
            near_ends_centimetres: at(switch.near_ends_ppd),
            switch_centimetres: at(switch.even_ppd),
            switch_picture_widths: switch.even_ppd.map(|ppd| ppd.picture_widths(size.width())),
            far_begins_centimetres: at(switch.far_begins_ppd),
            width_octaves: switch.width_octaves(),
            curve: curve.collect(),
        }
    }
}

impl<'a> NoteSummary<'a> {
    /// The note and its sentence.
    #[must_use]
    pub fn new(note: &'a Note) -> Self {
        Self { severity: note.severity(), text: note.to_string(), note }
    }
}
