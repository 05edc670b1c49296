//! The README's example: run it in a folder with `near.jpg` and `far.jpg`.

#![allow(clippy::print_stdout, reason = "an example prints what it found")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    use nearfar::{Execution, Request, codec, no_observer};

    let read = |path| codec::read(path, &codec::DecodeOptions::default());
    let (near, far) = (read("near.jpg")?, read("far.jpg")?);
    let request = Request { far: Some("3m".parse()?), ..Request::default() };
    let hybrid = request.mix(near.image, far.image, &Execution::parallel(), &mut no_observer)?;
    hybrid.notes.iter().for_each(|note| println!("{note}"));
    Ok(())
}
