//! A hybrid.

use std::rc::Rc;

use js_sys::{Function, Promise};
use nearfar::{
    Choice, Encoded, Fidelity, Image, Knobs, Method, Mix, Perception, Provenance, Recipe, Request, Severity,
    codec::{EncodeOptions, Format, encode},
    fit::Aligned,
    fourier::Spectrum,
    look::{parts, spectra_pictures},
    vision::{Density, FarView, Length, PixelsPerDegree, Surface, band_gains, shrink},
};
use serde_json::json as object;
use wasm_bindgen::{JsCast, JsError, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use crate::{Fitted, Frame, data, execution, failed, fitted::Origin, json, photo::within};

/// The longer side of a drawn spectrum in pixels.
const SPECTRUM: usize = 256;

/// A hybrid, the pair that it was made of, and what it was made by.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Mixed {
    aligned: Rc<Aligned>,
    origin: Rc<Origin>,
    method: Method,
    choice: Choice,
    picture: Image<Encoded>,
}

/// Mixes two pictures that fit, to a [`Mixed`]. `knobs` and `fidelity` are JSON. After every step `tick` is told how much of the
/// work is done, 0 to 1, and answers whether to go on: at once, or by a promise, so that the worker can hear of other requests
/// meanwhile. Undefined comes back if it says no.
#[wasm_bindgen]
pub fn mix(fitted: &Fitted, knobs: &str, fidelity: &str, tick: Function) -> Result<Promise, JsError> {
    let (knobs, fidelity): (Knobs, Fidelity) = (data(knobs)?, data(fidelity)?);
    let (aligned, origin) = (Rc::clone(&fitted.aligned), Rc::clone(&fitted.origin));
    Ok(future_to_promise(async move {
        let (method, choice) = knobs.method(&aligned, fidelity);
        let picture = picture(&method, &aligned, &tick).await?;
        Ok(picture.map_or(JsValue::UNDEFINED, |picture| Mixed { aligned, origin, method, choice, picture }.into()))
    }))
}

async fn picture(method: &Method, aligned: &Aligned, tick: &Function) -> Result<Option<Image<Encoded>>, JsValue> {
    let execution = execution();
    let pair = &aligned.pair;
    let Method::Descent(options) = method else {
        let mixed = method.mix(pair, &execution, &mut nearfar::no_observer);
        return mixed.map(|(picture, _)| Some(picture)).map_err(|error| failed(error).into());
    };
    let plan = nearfar::descent::Plan::new(pair.size(), options).map_err(failed)?;
    let mut run = plan.run(pair, &execution);
    while let Some(progress) = run.step().map_err(failed)? {
        let mut answer = tick.call1(&JsValue::NULL, &progress.share.into())?;
        if let Some(promise) = answer.dyn_ref::<Promise>() {
            answer = JsFuture::from(promise.clone()).await?;
        }
        if answer.is_falsy() {
            return Ok(None);
        }
    }
    Ok(Some(run.finish().map_err(failed)?.hybrid))
}

#[wasm_bindgen]
impl Mixed {
    /// The hybrid.
    pub fn frame(&self) -> Result<Frame, JsError> {
        Frame::of(&self.picture)
    }

    /// The hybrid's samples, plane after plane, before they are rounded.
    pub fn samples(&self) -> Vec<f32> {
        self.picture.samples().to_vec()
    }

    /// The hybrid as an eye sees it from so many metres, if its pixels are shown `density` to an inch.
    pub fn seen(&self, metres: f64, density: f64) -> Result<Frame, JsError> {
        let ppd = view(metres, density)?;
        Frame::of(&FarView::new(self.picture.size(), ppd).apply(&self.picture, &execution()))
    }

    /// The hybrid shrunk by adding up light.
    pub fn shrunk(&self, width: usize, height: usize) -> Result<Frame, JsError> {
        let to = nearfar::Size::new(width, height).map_err(failed)?;
        Frame::of(&shrink(&self.picture, to).map_err(failed)?)
    }

    /// A page of a walk: the bytes of a PNG of what an eye sees, its longer side `longest` pixels at most.
    pub fn page(&self, metres: f64, density: f64, longest: usize) -> Result<Vec<u8>, JsError> {
        encode(&self.seen_small(metres, density, longest)?, &EncodeOptions::new(Format::Png)).map_err(failed)
    }

    /// The command that makes it, for files of the pictures' names.
    pub fn command(&self, knobs: &str) -> Result<String, JsError> {
        let knobs: Knobs = data(knobs)?;
        let Origin { sources: [near, far], align, .. } = &*self.origin;
        Ok(knobs.command_line([&near.file, &far.file], &self.method, align))
    }

    /// Which picture is seen from where, as JSON: up to where the `near` one is clear, from where the `far` one, where both are
    /// `even`, the `curve` of percepts, distances in metres, and `warnings`.
    pub fn percept(&self, density: f64) -> Result<String, JsError> {
        let density = Density::from_pixels_per_inch(density).map_err(failed)?;
        let request = Request { surface: Some(Surface::Density(density)), ..Request::default() };
        let crossover = self.method.crossover().unwrap_or(self.choice.crossover);
        let viewing = request.viewing(crossover, self.picture.size()).map_err(failed)?;
        let seen = Perception::of(&self.picture, &self.aligned, &viewing, &execution()).map_err(failed)?;
        let notes = request.judged(&seen, &self.aligned, &viewing).map_err(failed)?;
        let warnings = notes.iter().filter(|note| note.severity() == Severity::Warning).map(ToString::to_string);
        let metres = |ppd: PixelsPerDegree| ppd.distance(density).ok().map(|length| length.centimetres() / 100.0);
        let at = |ppd: Option<PixelsPerDegree>| ppd.and_then(metres);
        let curve: Vec<_> = seen.curve.iter().filter_map(|percept| Some((metres(percept.ppd)?, percept.p))).collect();
        Ok(object!({
            "near": at(seen.switch.near_ends_ppd), "even": at(seen.switch.even_ppd), "far": at(seen.switch.far_begins_ppd),
            "curve": curve, "warnings": warnings.collect::<Vec<_>>(),
        })
        .to_string())
    }

    /// What it took of either picture, band by band, as JSON of `nearfar::vision::BandGain`s.
    pub fn bands(&self) -> Result<String, JsError> {
        json(&band_gains(&self.picture, &self.aligned.pair, &execution()).map_err(failed)?)
    }

    /// The spectra of NEAR, FAR, NEAR's details, FAR's shapes and the hybrid, on one scale.
    pub fn spectra(&self) -> Result<Vec<Frame>, JsError> {
        let pair = &self.aligned.pair;
        let sigma = self.method.crossover().unwrap_or(self.choice.crossover).sigma();
        let [details, shapes] = parts(pair.near(), pair.far(), sigma, &execution());
        let spectra = [pair.near(), pair.far(), &details, &shapes, &self.picture].map(Spectrum::of);
        spectra_pictures(&spectra.each_ref(), SPECTRUM).iter().map(Frame::of).collect()
    }

    /// What it was made by, as JSON: the `crossover` in cycles per pixel and the `share` of the far picture.
    pub fn settings(&self) -> String {
        let crossover = self.method.crossover().map(|crossover| crossover.cycles_per_pixel());
        let chosen = self.choice.crossover.cycles_per_pixel();
        object!({
            "crossover": crossover, "chosen": chosen, "share": self.method.share(), "chosenShare": self.choice.share,
            "detailWeight": nearfar::descent::Options::default().detail_weight, "side": self.picture.size().shorter_side(), "face": self.choice.subject.face(),
        })
        .to_string()
    }

    /// The bytes of a PNG, with the recipe inside if it can be made again from the pictures' files.
    pub fn file(&self) -> Result<Vec<u8>, JsError> {
        let Origin { sources: [near, far], can_be_redone, align } = &*self.origin;
        let provenance = Provenance {
            version: Provenance::VERSION.to_owned(),
            mix: Mix::Pair {
                near: near.clone(),
                far: far.clone(),
                start: None,
                recipe: Recipe { align: align.clone(), method: self.method.clone() },
            },
            background: [1.0; 3],
            ..Provenance::default()
        };
        let mut options = provenance.encode_options();
        if *can_be_redone {
            provenance.store(&mut options);
        }
        encode(&self.picture, &options).map_err(failed)
    }
}

impl Mixed {
    /// What an eye sees, its longer side `longest` pixels at most.
    pub(crate) fn seen_small(&self, metres: f64, density: f64, longest: usize) -> Result<Image<Encoded>, JsError> {
        let seen = FarView::new(self.picture.size(), view(metres, density)?).apply(&self.picture, &execution());
        shrink(&seen, within(seen.size(), longest)).map_err(failed)
    }
}

fn view(metres: f64, density: f64) -> Result<PixelsPerDegree, JsError> {
    let distance = Length::from_centimetres(100.0 * metres).map_err(failed)?;
    PixelsPerDegree::at(distance, Density::from_pixels_per_inch(density).map_err(failed)?).map_err(failed)
}
