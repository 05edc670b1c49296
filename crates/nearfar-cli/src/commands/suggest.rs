//! `nearfar suggest`: which picture should be near, and which far.

use std::process::ExitCode;

use nearfar::{Failure, Suggestion, Target, Work, words};

use crate::{args::SuggestCommand, console, files, session::Session};

/// `nearfar suggest`.
pub(crate) fn run(SuggestCommand { a, b, input, run }: &SuggestCommand) -> Result<ExitCode, Failure> {
    Target::standard_output()?;
    let session = Session::new(run)?;
    let [first, second] = files::read_both([a, b], &input.decode_options(Work::Judge), run.quiet)?;
    let suggestion = Suggestion::new([&first.image, &second.image], &session.execution, &mut session.observer())?;
    let names = [a, b].map(|path| path.display().to_string());
    let names = [names[0].as_str(), names[1].as_str()];
    words::suggested(&suggestion, names).into_iter().for_each(|line| session.tell(line));
    if run.json {
        console::json(&suggestion.summary(names));
    }
    Ok(ExitCode::SUCCESS)
}
