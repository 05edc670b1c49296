//! Manual pages.

use std::process::ExitCode;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use nearfar::{Failure, Folder};

use crate::{
    args::{Cli, ManCommand},
    console,
};

/// `nearfar man`.
pub(crate) fn run(command: &ManCommand) -> Result<ExitCode, Failure> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(out) = &command.out else {
        console::bytes(&page(program));
        return Ok(ExitCode::SUCCESS);
    };
    let commands: Vec<_> = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let files: Vec<_> = std::iter::once(program)
        .chain(commands)
        .map(|command| {
            let name = command.get_display_name().unwrap_or(command.get_name());
            (format!("{name}.1"), page(command))
        })
        .collect();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    Folder::new(out, &names, command.force, &[])?.write(&files)?;
    console::line(format_args!("{}: {} pages", out.display(), files.len()));
    Ok(ExitCode::SUCCESS)
}

/// The page of a command, in roff.
fn page(command: Command) -> Vec<u8> {
    let mut page = Vec::new();
    let man = Man::new(command).source(concat!("nearfar ", env!("CARGO_PKG_VERSION")));
    man.render(&mut page).expect("memory can be written to");
    let page = String::from_utf8_lossy(&page).replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n.nf\n");
    page.replace("\n.SH VERSION", "\n.fi\n.SH VERSION").into_bytes()
}
