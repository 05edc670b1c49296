//! Invalid command lines: the mistake, from the parser's error, and a valid line.

use std::{error::Error, path::Path};

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::Failure;
use crate::command_line::quoted;

impl Failure {
    /// The mistake in a command line of `program`; `words` are those after the program's name. `None` if there is no mistake
    /// because help or the version was requested.
    #[must_use]
    pub fn of_command_line(error: &clap::Error, program: &Command, words: &[String]) -> Option<Self> {
        let said = words.iter().find(|word| !word.starts_with('-')).and_then(|word| program.find_subcommand(word));
        let help = said.map_or_else(
            || format!("{0} --help lists the commands", program.get_name()),
            |command| help(program, command),
        );
        Some(match error.kind() {
            ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
            ErrorKind::InvalidSubcommand => no_command(error, program.get_name(), words).or_fix(help),
            ErrorKind::MissingRequiredArgument => missing(error).fix(help),
            ErrorKind::UnknownArgument if is_method(error, said) => Self::usage("there is no option --method").fix(
                "the command is the method: nearfar fourier mixes by filters, nearfar mix (also called descent) by optimising",
            ),
            ErrorKind::UnknownArgument => {
                below_zero(error, said, words).or_else(|| output(error, said)).unwrap_or_else(|| told(error, help))
            }
            ErrorKind::ValueValidation => refused_value(error).unwrap_or_else(|| told(error, help)),
            _ => told(error, help),
        })
    }

    fn or_fix(self, fix: String) -> Self {
        if self.fix.is_some() { self } else { self.fix(fix) }
    }
}

/// How to use a command, with the first example of its help.
fn help(program: &Command, command: &Command) -> String {
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (program, name) = (program.get_name(), command.get_name());
    let like = examples.lines().nth(1).map(|line| format!("say it as in: {}; ", line.trim())).unwrap_or_default();
    format!("{like}{program} {name} --help lists what can be given")
}

/// A first word that is not a command; most often it is a picture, from a user who wants to mix.
fn no_command(error: &clap::Error, program: &str, words: &[String]) -> Failure {
    let word = texts(error, ContextKind::InvalidSubcommand).concat();
    let failure = Failure::usage(format_args!("{word} is no command"));
    let is_picture = Path::new(&word).extension().is_some() || Path::new(&word).exists();
    let alike = texts(error, ContextKind::SuggestedSubcommand);
    if is_picture && words.first() == Some(&word) {
        let second = if words.len() == 1 { " FAR" } else { "" };
        let words: Vec<_> =
            words.iter().map(|word| if word.starts_with('-') { word.clone() } else { quoted(word) }).collect();
        failure.fix(format_args!("to mix two pictures say: {program} mix {}{second}", words.join(" ")))
    } else if let Some(alike) = alike.first() {
        failure.fix(format_args!("say {program} {alike}; {program} --help lists the commands"))
    } else {
        failure
    }
}

/// Required arguments that are missing.
fn missing(error: &clap::Error) -> Failure {
    // Of several the parser makes one name, `<--far <LENGTH>|--ppd <PPD>>`.
    let flags = |name: &str| {
        name.split(['<', '|', '>', ' ']).filter(|word| word.starts_with("--")).collect::<Vec<_>>().join(" or ")
    };
    let names = texts(error, ContextKind::InvalidArg).into_iter();
    let names: Vec<_> = names.map(|name| if name.contains('|') { flags(&name) } else { name }).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    Failure::usage(format_args!("{} {verb} missing", names.join(" and ")))
}

/// A value below zero that the parser took for a flag, since none of its option can be.
fn below_zero(error: &clap::Error, command: Option<&Command>, words: &[String]) -> Option<Failure> {
    let is_number =
        |word: &str| word.starts_with('-') && word[1..].starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let told = texts(error, ContextKind::InvalidArg).concat();
    let [option, value] = words.array_windows().find(|[option, value]| {
        option.starts_with("--") && is_number(value) && is_number(&told) && value.starts_with(&told)
    })?;
    let mut arguments = command?.get_arguments();
    arguments.find(|argument| argument.get_long() == Some(&option[2..]) && argument.get_action().takes_values())?;
    Some(Failure::usage(format_args!("{option} '{value}': it must not be below 0")).fix("leave the minus sign out"))
}

/// One file more than the command reads: where its result is to go, to many programs.
fn output(error: &clap::Error, command: Option<&Command>) -> Option<Failure> {
    let word = texts(error, ContextKind::InvalidArg).concat();
    let is_file = !word.starts_with('-') && Path::new(&word).extension().is_some();
    let writes = command?.get_arguments().any(|argument| argument.get_long() == Some("out"));
    (is_file && writes).then(|| {
        let failure = Failure::usage(format_args!("there is one file too many, {word}"));
        failure.fix(format_args!("leave it out, or if the result goes there say -o {}", quoted(&word)))
    })
}

/// Whether the user tried to choose a mixer by a flag.
fn is_method(error: &clap::Error, command: Option<&Command>) -> bool {
    texts(error, ContextKind::InvalidArg) == ["--method"]
        && command.is_some_and(|command| ["mix", "fourier"].contains(&command.get_name()))
}

/// An invalid value: of which option, why, and how to fix it.
fn refused_value(error: &clap::Error) -> Option<Failure> {
    let option = texts(error, ContextKind::InvalidArg).concat();
    // The parser names an option as `--far <LENGTH>`.
    let option = option.split(' ').next()?;
    let value = texts(error, ContextKind::InvalidValue).concat();
    Some(Failure::of_value(error.source()?).about(format_args!("{option} '{value}'")))
}

/// Any other mistake, with the parser's message and tips; without tips, the help.
fn told(error: &clap::Error, help: String) -> Failure {
    let text = error.to_string();
    let reason = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    let (reason, _) = reason.split_once("[possible").unwrap_or((reason, ""));
    let reason: Vec<_> = reason.split_whitespace().collect();
    let words = texts(error, ContextKind::ValidValue);
    let words = (!words.is_empty()).then(|| format!("give it one of {}", words.join(", ")));
    let tips = text.lines().filter_map(|line| line.trim_start().strip_prefix("tip: "));
    // Whoever writes a flag that does not exist hardly means a file of that name, unless it is a number.
    let is_of_flag = |tip: &&str| {
        tip.strip_prefix("to pass '-").is_some_and(|word| !word.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
    };
    let tips = tips.filter(|tip| !is_of_flag(tip)).map(str::to_owned);
    let fixes: Vec<_> = tips.chain(words).collect();
    Failure::usage(reason.join(" ")).fix(if fixes.is_empty() { help } else { fixes.join("; ") })
}

/// Texts in the parser's error about one aspect of a mistake.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
