//! Many hybrids of one pair on one sheet.

use std::process::ExitCode;

use nearfar::{
    Event, Method, Recipe, Request,
    codec::encode,
    contact::{Cell, ContactSheet},
};

use super::{tell, view::picture_target};
use crate::{args::SweepCommand, console, failure::Failure, files, interrupt::Interrupt, progress::Bar};

/// More rows than this are no sheet any more.
const MOST_ROWS: usize = 12;

/// `nearfar sweep`.
pub(crate) fn run(command: &SweepCommand) -> Result<ExitCode, Failure> {
    let execution = command.run.execution()?;
    let knob = command.knob;
    let method = Method::Descent(command.preset.options());
    let values = if command.values.is_empty() { knob.values(&method) } else { command.values.clone() };
    if values.len() > MOST_ROWS || values.iter().any(|value| !(value.is_finite() && *value >= 0.0)) {
        return Err(Failure::usage("--values makes no sense")
            .fix(format_args!("give at most {MOST_ROWS} numbers from 0 up, as in --values 0.5,1,2")));
    }
    let inputs = [command.near.as_path(), command.far.as_path()];
    let out = command.out.clone().unwrap_or_else(|| files::free_name(&command.near, "-sweep.png"));
    let (target, options) = picture_target(&out, command.force, &inputs)?;
    if target.is_stream() && command.run.json {
        return Err(Failure::json_and_picture());
    }
    let request = Request { recipe: Recipe { align: command.fit.options()?, method }, ..Request::default() };
    let reading = command.input.decode_options();
    let (near, far) = files::read_both(&command.near, &command.far, &reading, command.run.quiet)?;
    let interrupt = Interrupt::listen();
    let bar = Bar::new(command.run.quiet);
    let mut watch = |event: &Event<'_>| {
        bar.show(event);
        interrupt.go_on()
    };
    let aligned = request.fit(near.image, far.image, &execution, &mut watch)?;
    let columns = usize::from(command.columns);
    let sheet = ContactSheet::new(&aligned, &request, knob, &values, columns, &execution, &mut watch)?;
    drop(bar);
    let [near, far] = inputs.map(|path| path.file_name().unwrap_or_default().to_string_lossy());
    let title =
        format!("{near} near, {far} far; across: cycles per shorter side at the crossover; down: {}", knob.name());
    target.write(&encode(&sheet.to_picture(&title), &options)?)?;
    command.fit.save_points(&aligned, &request.recipe.align)?;
    if command.run.json {
        console::json(&serde_json::json!({ "out": target.name(), "sheet": sheet, "best": sheet.best() }));
    } else if !target.is_stream() {
        tell(&command.run, target.name());
        if let Some((row, column)) = sheet.best() {
            let Cell { cycles, value, near, far, .. } = &sheet.rows[row][column];
            tell(
                &command.run,
                format_args!("best: {cycles:.1} cycles, {} {value}: near {near:+.2}, far {far:+.2}", knob.name()),
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
