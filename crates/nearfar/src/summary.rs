//! The JSON that programs print of a hybrid, and that scripts rely on. docs/json.md describes it.

use nearfar_descent::Losses;
use nearfar_image::Size;
use nearfar_vision::{Density, PixelsPerDegree, Scores, VisionError};
use serde::Serialize;

use crate::{Event, EventKind, Hybrid, Note, Perception, Report, Severity, fit};

/// Version of the JSON that front ends print: it increases when a field is renamed, moved or removed.
pub const SCHEMA: u32 = 1;

/// A result as JSON on one line, with the [version](SCHEMA) of its schema.
///
/// # Panics
///
/// If the result cannot be serialised as JSON.
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
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// How the pictures were brought into register.
    pub align: AlignSummary,
    /// The report of the method; its field `method` is the method's name.
    #[serde(flatten)]
    pub report: &'a Report,
    /// The crossover, in cycles per pixel.
    pub crossover: Option<f64>,
    /// Sigma of the far view's blur, in pixels.
    pub sigma: Option<f64>,
    /// Which picture is seen from where.
    pub percept: Option<PerceptSummary>,
    /// All notes.
    pub notes: Vec<NoteSummary<'a>>,
}

/// A hybrid and the work that it took.
#[derive(Clone, Debug, Serialize)]
pub struct WorkSummary<'a> {
    /// The hybrid.
    #[serde(flatten)]
    pub summary: Summary<'a>,
    /// The losses of the steps that were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<&'a [TraceLine]>,
    /// Wall-clock seconds of each phase.
    pub seconds: Seconds,
    /// Number of threads.
    pub threads: usize,
}

/// Wall-clock seconds of each phase of the work.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Seconds {
    /// Reading.
    pub decode: f64,
    /// Fitting, mixing and judging.
    pub solve: f64,
    /// Writing.
    pub encode: f64,
}

/// What a dry run would make, in numbers and notes.
#[cfg(feature = "codec")]
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PlanSummary<'a> {
    /// Always true.
    pub dry_run: bool,
    /// Width of the file's picture, in pixels.
    pub width: usize,
    /// Height of the file's picture, in pixels.
    pub height: usize,
    /// How the pictures were brought into register.
    pub align: AlignSummary,
    /// The name of the method.
    pub method: &'static str,
    /// The crossover, in cycles per pixel of the mixed pictures.
    pub crossover: Option<f64>,
    /// Sigma of the far view's blur, in pixels of the mixed pictures.
    pub sigma: Option<f64>,
    /// All notes.
    pub notes: Vec<NoteSummary<'a>>,
}

/// How two pictures were brought into register.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct AlignSummary {
    /// How the map was found.
    pub method: fit::Method,
    /// Confidence of the method, from 0 to 1.
    pub confidence: f64,
    /// Share of the near picture that the far one covers, from 0 to 1.
    pub overlap: f64,
    /// The part of the near picture that the hybrid shows: left, top, width and height in pixels.
    pub crop: [usize; 4],
    /// Near pixels per pixel of the far picture, in the middle of the crop.
    pub far_scale: f64,
}

/// Which picture is seen from where.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PerceptSummary {
    /// Percept up close: +1 for only the near picture, -1 for only the far one.
    pub near: f64,
    /// Percept from afar.
    pub far: f64,
    /// Distance of the view from afar, in centimetres.
    pub far_centimetres: Option<f64>,
    /// Distance up to which the near picture is clear, in centimetres.
    pub near_ends_centimetres: Option<f64>,
    /// Distance at which both are equally visible, in centimetres.
    pub switch_centimetres: Option<f64>,
    /// The same distance in widths of the picture.
    pub switch_picture_widths: Option<f64>,
    /// Distance from which on the far picture is clear, in centimetres.
    pub far_begins_centimetres: Option<f64>,
    /// Width of the transition from a clear near picture to a clear far one, in octaves of distance.
    pub width_octaves: Option<f64>,
    /// Distances in centimetres with their percepts, from near to far.
    pub curve: Vec<[f64; 2]>,
}

/// How good a hybrid is, and which picture is seen from where.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreSummary {
    /// The scores.
    #[serde(flatten)]
    pub scores: Scores,
    /// What is seen from where.
    pub percept: PerceptSummary,
}

/// A note and its sentence.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct NoteSummary<'a> {
    /// The note's severity.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
    /// The note's kind and numbers.
    #[serde(flatten)]
    pub note: &'a Note,
}

/// The losses of one iteration, before its update.
#[derive(Clone, Debug, Serialize)]
pub struct TraceLine {
    /// The iteration, counted from 0.
    pub step: usize,
    /// The losses of the picture at that point.
    #[serde(flatten)]
    pub losses: Losses,
}

/// The losses of a mix at the hybrid's own size, collected from its events.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    every: Option<u64>,
    lines: Vec<TraceLine>,
}

impl Trace {
    /// Keeps every n-th step; with `None`, none.
    #[must_use]
    pub fn every(every: Option<u64>) -> Self {
        Self { every, lines: Vec::new() }
    }

    /// Keeps the losses of an event if its step is one of these. If a hybrid is mixed several times in search of the best
    /// settings, the steps of the last mix remain.
    pub fn hear(&mut self, event: &Event<'_>) {
        let (Some(every), EventKind::Evaluated { progress, .. }) = (self.every, event.what) else { return };
        let is_whole = progress.level + 1 == progress.levels && progress.moved;
        if is_whole && (progress.iterations as u64).is_multiple_of(every) {
            let step = progress.iterations - 1;
            if self.lines.last().is_some_and(|last| last.step >= step) {
                self.lines.clear();
            }
            self.lines.push(TraceLine { step, losses: progress.losses.clone() });
        }
    }

    /// The steps kept.
    #[must_use]
    pub fn lines(&self) -> &[TraceLine] {
        &self.lines
    }
}

impl Hybrid {
    /// The summary that programs print, for a picture of the given density.
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
    /// The summary of two pictures in register.
    #[must_use]
    pub fn new(aligned: &fit::Aligned) -> Self {
        let fit::Aligned { method, confidence, overlap, frame, .. } = *aligned;
        let crop = [frame.x, frame.y, frame.size.width(), frame.size.height()];
        Self { method, confidence, overlap, crop, far_scale: aligned.far_scale() }
    }
}

impl PerceptSummary {
    /// The summary of what is seen of a hybrid of `size` on a surface of the given density.
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
    /// A note and its sentence.
    #[must_use]
    pub fn new(note: &'a Note) -> Self {
        Self { severity: note.severity(), text: note.to_string(), note }
    }
}
