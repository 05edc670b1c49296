//! What each picture of a pair contributes, in light.

use nearfar_image::{Encoded, Image, Plane, PlaneMut, TransferFunction};
use nearfar_kernels::{Execution, transfer::decode_row};

use crate::{LowPass, Workspace};

/// Filters planes of codes into bands of light, and counts the transforms.
pub(crate) struct Bands<'a> {
    pub(crate) low: &'a LowPass,
    /// What the near picture loses.
    pub(crate) high: &'a LowPass,
    pub(crate) near_gain: f32,
    /// Gains of the near picture's pixels, beside `near_gain`.
    pub(crate) near_gains: Option<&'a Image<Encoded>>,
    pub(crate) transfer: TransferFunction,
    pub(crate) execution: &'a Execution,
    pub(crate) workspace: &'a mut Workspace,
    pub(crate) transforms: usize,
}

impl<'a> Bands<'a> {
    /// `low * far`.
    pub(crate) fn low(&mut self, far: Plane<'_>, out: PlaneMut<'_>) {
        let light = self.light();
        self.transforms += 2;
        self.low.run(
            self.execution,
            |y, row, _| light.decode(far.row(y), row),
            out,
            |_, row, _, out| out.copy_from_slice(row),
            self.workspace,
        );
    }

    /// `gain * (near - high * near)`, handed to `put` sample by sample.
    pub(crate) fn high(&mut self, near: Plane<'_>, out: PlaneMut<'_>, put: impl Fn(&mut f32, f32) + Sync) {
        let (light, gain, gains) = (self.light(), self.near_gain, self.near_gains);
        self.transforms += 2;
        self.high.run(
            self.execution,
            |y, row, _| light.decode(near.row(y), row),
            out,
            |y, row, sharp, out| {
                light.decode(near.row(y), sharp);
                sharp.iter_mut().zip(row).for_each(|(sharp, &blurred)| *sharp = gain * (*sharp - blurred));
                if let Some(gains) = gains {
                    sharp.iter_mut().zip(gains.plane(0).row(y)).for_each(|(detail, &gain)| *detail *= gain);
                }
                out.iter_mut().zip(&*sharp).for_each(|(out, &detail)| put(out, detail));
            },
            self.workspace,
        );
    }

    /// `gain * (near - low * near) + low * far`, which is `gain * near + low * (far - gain * near)`.
    pub(crate) fn both(&mut self, near: Plane<'_>, far: Plane<'_>, out: PlaneMut<'_>) {
        let (light, gain) = (self.light(), self.near_gain);
        self.transforms += 2;
        self.low.run(
            self.execution,
            |y, row, sharp| {
                light.decode(near.row(y), sharp);
                light.decode(far.row(y), row);
                row.iter_mut().zip(&*sharp).for_each(|(far, &near)| *far -= gain * near);
            },
            out,
            |y, row, sharp, out| {
                light.decode(near.row(y), sharp);
                for ((out, &sharp), &difference) in out.iter_mut().zip(&*sharp).zip(row) {
                    *out = gain * sharp + difference;
                }
            },
            self.workspace,
        );
    }

    fn light(&self) -> Light<'a> {
        Light { transfer: self.transfer, execution: self.execution }
    }
}

/// Where light comes from.
#[derive(Clone, Copy)]
struct Light<'a> {
    transfer: TransferFunction,
    execution: &'a Execution,
}

impl Light<'_> {
    /// Light of codes, each taken for the nearest in `[0, 1]`.
    fn decode(self, codes: &[f32], light: &mut [f32]) {
        let mut within = [0.0; 512];
        for (codes, light) in codes.chunks(within.len()).zip(light.chunks_mut(512)) {
            let within = &mut within[..codes.len()];
            within.iter_mut().zip(codes).for_each(|(to, code)| *to = code.clamp(0.0, 1.0));
            decode_row(self.execution.level(), self.transfer, within, light);
        }
        // The vectorised power may end a few units in the last place above 1.
        light.iter_mut().for_each(|v| *v = v.min(1.0));
    }
}
