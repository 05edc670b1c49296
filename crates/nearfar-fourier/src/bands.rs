//! What each picture of a pair contributes, in light.

use nearfar_image::{Plane, PlaneMut, TransferFunction};
use nearfar_kernels::{Execution, transfer::decode_row};

use crate::{LowPass, Workspace};

/// Filters planes of codes into bands of light, and counts the transforms.
pub(crate) struct Bands<'a> {
    pub(crate) low: &'a LowPass,
    /// What the near picture loses.
    pub(crate) high: &'a LowPass,
    pub(crate) near_gain: f32,
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
        let (light, gain) = (self.light(), self.near_gain);
        self.transforms += 2;
        self.high.run(
            self.execution,
            |y, row, _| light.decode(near.row(y), row),
            out,
            |y, row, sharp, out| {
                light.decode(near.row(y), sharp);
                for ((out, &sharp), &blurred) in out.iter_mut().zip(&*sharp).zip(row) {
                    put(out, gain * (sharp - blurred));
                }
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
    #[expect(clippy::manual_clamp, reason = "the power of a negative code is not a number, which clamp would keep")]
    fn decode(self, codes: &[f32], light: &mut [f32]) {
        if self.transfer == TransferFunction::Identity {
            light.iter_mut().zip(codes).for_each(|(light, &code)| *light = code.clamp(0.0, 1.0));
        } else {
            decode_row(self.execution.level(), self.transfer, codes, light);
            light.iter_mut().for_each(|v| *v = v.max(0.0).min(1.0));
        }
    }
}
