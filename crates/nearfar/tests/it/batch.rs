//! Batches whose inputs change while they run.

use std::{fs, ops::ControlFlow, path::Path};

use nearfar::{
    Channels, EventKind, Execution, Job, Size,
    batch::{Batch, BatchShows, Task, manifest::Row},
    codec::{DecodeOptions, EncodeOptions, Format, encode},
    no_observer,
};

use crate::noise;

/// A hybrid depends on the bytes that were decoded, not on those in the file by the time it is done.
#[test]
fn inputs_that_change_while_they_are_mixed_are_mixed_again() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changed_inputs");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let picture = |name: &str, seed: u64| {
        let picture = noise(Size::new(40, 32).unwrap(), Channels::Grey, (0.2, 0.8), seed);
        let path = folder.join(name);
        fs::write(&path, encode(&picture, &EncodeOptions::new(Format::Png)).unwrap()).unwrap();
        path
    };
    let (near, far) = (picture("near.png", 1), picture("far.png", 2));
    let row = Row { number: 1, near, far, out: "a.png".into(), method: "mix".into(), flags: Vec::new() };
    let batch = Batch {
        rows: vec![Ok(row)],
        out: folder.join("made"),
        shard: "1/1".parse().unwrap(),
        memory: u64::MAX,
        force: false,
        shows: BatchShows::default(),
    };
    let front = |row: &Row, _: &Path| {
        let Row { near, far, .. } = row.clone();
        Ok(Task { near, far, start: None, points: None, reading: DecodeOptions::default(), job: Job::default() })
    };
    let execution = Execution::single_threaded();
    let first = batch.run(&front, &execution, &mut |event| {
        if matches!(event.what, EventKind::Evaluated { .. }) {
            picture("far.png", 3);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(first.unwrap().done, 1);
    let hybrid = || fs::read(folder.join("made/a.png")).unwrap();
    let before = hybrid();
    let skipped = || batch.run(&front, &execution, &mut no_observer).unwrap().skipped;
    assert_eq!(skipped(), 0);
    assert!(hybrid() != before);
    assert_eq!(skipped(), 1);
}
