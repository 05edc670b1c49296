//! Times of the methods.

use std::{error::Error, time::Instant};

use nearfar::{Execution, Method, Report, Strength, descent, fit::Aligned, fourier, no_observer};

/// Milliseconds of mixing a pair in memory, the best of several runs.
pub(crate) struct Time {
    pub(crate) name: &'static str,
    pub(crate) one_thread: f64,
    pub(crate) all_threads: f64,
    /// Evaluations of loss and gradient, if the method has them.
    pub(crate) evaluations: Option<usize>,
}

pub(crate) struct Times {
    pub(crate) size: nearfar::Size,
    pub(crate) threads: usize,
    /// Load average: runnable processes during the last minute, if the system reports it.
    pub(crate) load: Option<f64>,
    pub(crate) methods: [Time; 4],
}

pub(crate) fn measure(aligned: &Aligned, all: &Execution) -> Result<Times, Box<dyn Error>> {
    let pair = &aligned.pair;
    let load = std::fs::read_to_string("/proc/loadavg").ok().and_then(|text| text.split(' ').next()?.parse().ok());
    let one = Execution::single_threaded();
    let time = |name, method: Method, runs| -> Result<Time, Box<dyn Error>> {
        let mut evaluations = None;
        let mut best = |execution: &Execution| -> Result<f64, Box<dyn Error>> {
            let mut best = f64::INFINITY;
            for _ in 0..runs {
                let started = Instant::now();
                let (_, report) = method.mix(pair, execution, &mut no_observer)?;
                best = best.min(1e3 * started.elapsed().as_secs_f64());
                if let Report::Descent { evaluations: count, .. } = report {
                    evaluations = Some(count);
                }
            }
            Ok(best)
        };
        let (one_thread, all_threads) = (best(&one)?, best(all)?);
        Ok(Time { name, one_thread, all_threads, evaluations })
    };
    let settled = |method: Method| method.settled(aligned, Strength::Even);
    let methods = [
        time("Fourier classic", settled(Method::Fourier(fourier::Options::classic())), 9)?,
        time("Fourier", settled(Method::Fourier(fourier::Options::default())), 9)?,
        time("optimised", settled(Method::default()), 5)?,
        time("the article's 200 steps", Method::Descent(descent::Options::article()), 2)?,
    ];
    Ok(Times { size: pair.size(), threads: all.threads(), load, methods })
}
