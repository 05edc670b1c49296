//! Examples at the end of each command's help. The tests run every line exactly as it stands here.

/// `Examples:` and a line for each.
macro_rules! examples {
    ($($line:literal),+ $(,)?) => {
        concat!("Examples:", $("\n  ", $line),+)
    };
}

pub(crate) const PROGRAM: &str =
    examples!("nearfar demo", "nearfar mix near.jpg far.jpg -o hybrid.png", "nearfar view hybrid.png -o strip.png",);
pub(crate) const DEMO: &str = examples!("nearfar demo", "nearfar demo -o examples");
pub(crate) const MIX: &str = examples!(
    "nearfar mix near.jpg far.jpg",
    "nearfar mix near.jpg far.jpg -o a.jpg --strip strip.png --report report.html",
    "nearfar mix near.jpg far.jpg -o poster.png --far 8m --print-width 60cm",
    "nearfar mix near.jpg far.jpg -o icon.png --width 64",
    "nearfar mix near.jpg far.jpg --dry-run -v",
    "nearfar mix near.jpg far.jpg --points near=9,30 far=9,28 near=60,31 far=58,9",
    "nearfar mix near.jpg far.jpg --preset article --align center -o article.png",
);
pub(crate) const FOURIER: &str = examples!(
    "nearfar fourier near.jpg far.jpg -o fourier.png",
    "nearfar fourier near.jpg far.jpg --low 8cpi --high 16cpi -o gap.png",
);
pub(crate) const SUGGEST: &str = examples!("nearfar suggest near.jpg far.jpg");
pub(crate) const BATCH: &str = examples!(
    "nearfar batch pairs.csv -o hybrids",
    "nearfar batch pairs.csv -o hybrids --dry-run",
    "nearfar batch pairs.csv -o hybrids --strip --report",
    "nearfar batch pairs.csv -o hybrids --shard 1/2",
);
pub(crate) const REDO: &str =
    examples!("nearfar redo hybrid.png", "nearfar redo hybrid.png --near near.jpg -o again.png");
pub(crate) const LAYERS: &str = examples!(
    "nearfar layers --at 40cm=near.jpg --at 4m=far.jpg -o layers.png",
    "nearfar layers --at 40cm=near.jpg --at 6m=text:HELLO -o hello.png",
);
pub(crate) const RUN: &str = examples!("nearfar run recipe.toml near.jpg far.jpg -o hybrid.png");
pub(crate) const EXPLAIN: &str = examples!("nearfar explain recipe.toml");
pub(crate) const SCORE: &str =
    examples!("nearfar score hybrid.png", "nearfar score hybrid.png near.jpg far.jpg --near 40cm --far 5m --json",);
pub(crate) const COMPARE: &str = examples!(
    "nearfar compare near.jpg far.jpg -o comparison",
    "nearfar compare near.jpg far.jpg -o again --report comparison.html",
);
#[cfg(feature = "studio")]
pub(crate) const STUDIO: &str = examples!("nearfar studio -o studio.html");
pub(crate) const GEOMETRY: &str =
    examples!("nearfar geometry --far 3m --dpi 110", "nearfar geometry --sigma 6 --print-width 60cm --size 1200x900",);
/// The usage that clap would generate is wider than 80 columns.
pub(crate) const GEOMETRY_USAGE: &str = "nearfar geometry [OPTIONS] <--far LENGTH|--sigma PX|--ppd PPD|--cycles N>";
pub(crate) const COMPLETIONS: &str = examples!("nearfar completions bash");
pub(crate) const MAN: &str = examples!("nearfar man", "nearfar man -o man1");
