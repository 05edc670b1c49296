//! Temporary.
use nearfar_align::*;
use nearfar_image::*;
use nearfar_kernels::Execution;
fn load(name: &str) -> Image<Encoded> {
    let path = format!("{}/../../imgs/{name}", env!("CARGO_MANIFEST_DIR"));
    let p = image::open(path).unwrap().to_rgb8();
    let size = Size::new(p.width() as usize, p.height() as usize).unwrap();
    Image::from_fn(size, Channels::Rgb, |c, x, y| f32::from(p.get_pixel(x as u32, y as u32).0[c]) / 255.0)
}
fn save(name: &str, img: &Image<Encoded>) {
    let s = img.size();
    image::RgbImage::from_fn(s.width() as u32, s.height() as u32, |x, y| {
        image::Rgb([0, 1, 2].map(|c| {
            let c = if img.channels() == Channels::Rgb { c } else { 0 };
            (img.plane(c).row(y as usize)[x as usize] * 255.0).round().clamp(0.0, 255.0) as u8
        }))
    })
    .save(format!("/tmp/look/{name}.png"))
    .unwrap();
}
fn main() {
    std::fs::create_dir_all("/tmp/look").unwrap();
    let exec = Execution::parallel();
    let args: Vec<String> = std::env::args().collect();
    let near = load(&args[1]);
    let far = load(&args[2]);
    let points: PointList = args[4].parse().unwrap();
    let edges = match args[5].as_str() {
        "crop" => Edges::Crop,
        "extend" => Edges::Extend,
        _ => Edges::Auto,
    };
    let method = match args.get(6).map(String::as_str) {
        Some("fit") => Method::CenterFit,
        Some("crop") => Method::Crop,
        _ => Method::Auto,
    };
    let t = std::time::Instant::now();
    let o = Options { points: points.points, edges, method, ..Options::default() };
    let a = align(&near, &far, &o, &exec).unwrap();
    println!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        t.elapsed(),
        a.transform,
        a.method,
        a.frame,
        a.overlap,
        a.healing,
        a.notes
    );
    save(&format!("{}-near", args[3]), a.pair.near());
    save(&format!("{}-far", args[3]), a.pair.far());
    // crude hybrid
    let size = a.pair.size();
    let g = nearfar_kernels::Gaussian::new(size.shorter_side() as f64 / 110.0).unwrap();
    let blur = nearfar_kernels::SeparableBlur::new(size, &g.taps(), nearfar_kernels::Border::Mirror);
    let mut hy = a.pair.near().clone();
    for c in 0..hy.channels().count() {
        let mut d: Vec<f32> =
            a.pair.far().plane(c).samples().iter().zip(a.pair.near().plane(c).samples()).map(|(f, n)| f - n).collect();
        let src = d.clone();
        blur.apply(&exec, Plane::new(size, &src), PlaneMut::new(size, &mut d));
        hy.plane_mut(c).rows_mut().flatten().zip(&d).for_each(|(h, d)| *h += d);
    }
    save(&format!("{}-hybrid", args[3]), &hy);
}
