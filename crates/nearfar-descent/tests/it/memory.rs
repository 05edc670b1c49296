//! Allocations of an evaluation, and the size of its workspace.

use allocation_counter::{AllocationInfo, measure};
use nearfar_descent::{Options, Plan};
use nearfar_image::{Channels, Pair, Size};
use nearfar_kernels::Execution;

use super::noise;

/// Allocations while making a workspace, and during one evaluation.
fn allocations(width: usize, height: usize, options: &Options) -> (AllocationInfo, AllocationInfo) {
    let execution = Execution::single_threaded();
    let size = Size::new(width, height).unwrap();
    let picture = |seed| noise(size, Channels::Rgb, seed);
    let pair = Pair::new(picture(1), picture(2)).unwrap();
    let objective = Plan::new(size, options).unwrap().objective(&pair, &execution);
    let (hybrid, mut gradient) = (picture(3), picture(4));
    let mut workspace = None;
    let making = measure(|| workspace = Some(objective.workspace(&execution)));
    let workspace = workspace.as_mut().unwrap();
    // The first evaluation allocates the line buffers.
    objective.evaluate(&execution, &hybrid, &mut gradient, workspace);
    let evaluating = measure(|| {
        objective.evaluate(&execution, &hybrid, &mut gradient, workspace);
    });
    (making, evaluating)
}

/// An evaluation allocates lists of strips and terms, but never samples.
#[test]
fn evaluation_allocates_no_samples() {
    for options in [Options::article(), Options { sigma: Some(12.0), ..Options::default() }] {
        for (width, height) in [(64, 64), (64, 512), (512, 64)] {
            let (_, evaluating) = allocations(width, height, &options);
            assert!(evaluating.bytes_total < 4096, "{width}x{height}: {evaluating:?}");
        }
    }
}

/// At full resolution a workspace holds lines and one loss per row; on a coarse grid, the grid as well.
#[test]
fn workspace_does_not_grow_with_the_area() {
    let bytes = |height, options: &Options| allocations(256, height, options).0.bytes_total as f64;
    let article = Options::article();
    let growth = bytes(1024, &article) - bytes(512, &article);
    assert!(growth <= 512.0 * 4.0 * 8.0, "{growth} bytes for 512 rows of a picture");
    let wide = Options { sigma: Some(24.0), ..Options::default() };
    let growth = bytes(1024, &wide) - bytes(512, &wide);
    // At sigma 24 there is one grid row per 9.6 rows of the picture; their number is rounded up to 32.
    assert!(growth < 0.15 * (512 * 256 * 3 * 4) as f64, "{growth} bytes for 512 rows of a picture");
}
