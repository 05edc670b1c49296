//! The page about a hybrid of two pictures.

use nearfar_kernels::Execution;

use super::{
    ReportPage,
    away::{Away, near_and_far},
    figures::{Pictures, losses_plot},
    page::{Content, DescribedPlot, Figure, Shown, html},
};
use crate::{
    EventKind, JobError, Method, Mix, Perception, Recipe,
    event::Watch,
    look::{Known, Scene},
    words,
};

/// Builds the whole page.
pub(super) fn page(page: &ReportPage<'_>, execution: &Execution, watch: &mut Watch<'_>) -> Result<String, JobError> {
    let pictures = Pictures::new(page, execution, watch)?;
    let study = page.study;
    let (perception, far) = (&study.perception, study.viewing.far_ppd);
    let scene =
        Scene { hybrid: page.hybrid, density: study.density, seat: study.seat, known: Known::Perception(perception) };
    let far_widths = page.widths(far);
    let even = perception.switch.even_ppd.map(|ppd| page.widths(ppd));
    let width = page.hybrid.size().width();
    let nearest = Away::nearest(far_widths);
    let marks = [("Up close", Some(nearest)), ("Where it changes", even), ("From afar", Some(far_widths))];
    let spectra = pictures.spectra();
    watch.tell(EventKind::Advanced)?;
    let plots = vec![
        DescribedPlot {
            plot: page.radial_plot(&spectra),
            description: "How strong each frequency is in NEAR, FAR and the hybrid: the hybrid follows FAR below the \
                          crossover and NEAR above"
                .to_owned(),
            caption: None,
        },
        DescribedPlot {
            plot: page.gains_plot(),
            description:
                "How much of NEAR and of FAR is in the hybrid, over frequency: FAR's share falls, NEAR's rises"
                    .to_owned(),
            caption: Some(format!("Pale lines: what {} at this crossover would keep of either.", filter(page.method))),
        },
    ];
    let content = Content {
        title: page.title,
        verdict: scene.verdict().unwrap_or_default(),
        away: Away {
            width,
            density: study.density,
            range: [nearest, Away::farthest(even.into_iter().chain([far_widths]))],
            afar: far_widths,
            marks: marks.into_iter().filter_map(|(name, at)| Some((name.to_owned(), at?))).collect(),
        },
        curves: near_and_far(&perception.curve, width),
        hybrid: &pictures.hybrid,
        strip: &pictures.strip,
        figures: figures(page, &pictures),
        switch: switch(page),
        percepts: page.percept_plot(),
        spectra: spectra.into(),
        plots,
        losses: losses_plot(page.trace),
        scores: page.score_rows(),
        notes: page.notes,
        settings: page.setting_rows(),
        recipe: recipe(page),
    };
    html(&content, watch)
}

fn figures<'a>(page: &ReportPage<'_>, pictures: &'a Pictures) -> Vec<Figure<'a>> {
    let far = page.study.viewing.far_ppd;
    let far_distance = page.place(far);
    let other = |picture, name: Option<&str>, alt: &str, caption: &str| Figure {
        picture,
        what: Shown::Other,
        name: name.map(str::to_owned),
        alt: alt.to_owned(),
        caption: caption.to_owned(),
    };
    vec![
        other(&pictures.near, Some("NEAR"), "NEAR, the picture to be seen up close, as fitted", "NEAR, as fitted"),
        other(&pictures.far, Some("FAR"), "FAR, the picture to be seen from afar, as fitted", "FAR, as fitted"),
        Figure {
            picture: &pictures.afar,
            what: Shown::Afar,
            name: Some("Hybrid from afar".to_owned()),
            alt: "The hybrid as an eye sees it from afar".to_owned(),
            caption: format!("The hybrid from {far_distance}"),
        },
        other(
            &pictures.details,
            None,
            "What is finer than the crossover in NEAR, on grey",
            "NEAR's details: finer than the crossover",
        ),
        other(
            &pictures.shapes,
            None,
            "What is coarser than the crossover in FAR",
            "FAR's shapes: coarser than the crossover",
        ),
    ]
}

fn recipe(page: &ReportPage<'_>) -> String {
    match page.provenance.map(|made| &made.mix) {
        Some(Mix::Pair { recipe, .. }) => recipe.to_toml(),
        Some(Mix::Objective { objective, .. }) => objective.toml.clone(),
        _ => Recipe { method: page.method.clone(), ..Recipe::default() }.to_toml(),
    }
}

fn filter(method: &Method) -> &'static str {
    match method {
        Method::Fourier(_) => "the filter",
        Method::Descent(_) => "a Gaussian filter",
    }
}

/// Sentences that say which picture is seen from where.
fn switch(page: &ReportPage<'_>) -> String {
    let Perception { near, far, switch, .. } = &page.study.perception;
    let walk = words::walk(switch.views(), [*near, *far], |view| page.place(view));
    format!("{walk}. This is a model of the first look; people who walk away hold on to NEAR longer.")
}
