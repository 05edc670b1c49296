//! From windows to faces: on a face many similar windows pass, by chance one or two.

use nearfar_image::Point;

use super::search::Hit;

/// Centres of windows on one face are within this fraction of a window's side ...
const MAX_DISTANCE: f64 = 0.25;
/// ... and their sides are within this factor of each other.
const MAX_RATIO: f64 = 1.4;

/// The means of at most `most` groups of at least `least` windows each, the largest group first.
pub(super) fn clusters(mut hits: Vec<Hit>, least: usize, most: usize) -> Vec<Hit> {
    let mut found = Vec::new();
    while found.len() < most {
        let count = |hit: &Hit| hits.iter().filter(|other| agree(hit, other)).count();
        // The first of equals, so that the order of hits decides.
        let Some((windows, heart)) =
            hits.iter().map(|hit| (count(hit), *hit)).reduce(|best, next| if next.0 > best.0 { next } else { best })
        else {
            break;
        };
        if windows < least {
            break;
        }
        let (same, others): (Vec<_>, _) = hits.into_iter().partition(|hit| agree(&heart, hit));
        found.push(mean(&same));
        hits = others;
    }
    found
}

fn agree(hit: &Hit, other: &Hit) -> bool {
    let ratio = hit.side / other.side;
    hit.middle.distance(other.middle) < MAX_DISTANCE * hit.side && ratio < MAX_RATIO && ratio > MAX_RATIO.recip()
}

/// The mean of one hit or more.
fn mean(hits: &[Hit]) -> Hit {
    let number = |of: &dyn Fn(&Hit) -> f64| hits.iter().map(of).sum::<f64>() / hits.len() as f64;
    Hit {
        middle: Point::new(number(&|hit| hit.middle.x), number(&|hit| hit.middle.y)),
        side: number(&|hit| hit.side.ln()).exp(),
        angle: number(&|hit| hit.angle),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(x: f64, y: f64, side: f64) -> Hit {
        Hit { middle: Point::new(x, y), side, angle: 0.1 }
    }

    #[test]
    fn clusters_join_agreeing_windows_largest_first() {
        let hits = vec![hit(0.0, 0.0, 40.0), hit(100.0, 50.0, 60.0), hit(104.0, 48.0, 66.0), hit(96.0, 52.0, 60.0)];
        let [face] = clusters(hits.clone(), 2, 5)[..] else { panic!("one face") };
        assert!(face.middle.distance(Point::new(100.0, 50.0)) < 1e-9 && (face.angle - 0.1).abs() < 1e-9);
        assert!((60.0..66.0).contains(&face.side));
        let both = clusters(hits.clone(), 1, 5);
        assert_eq!(both.iter().map(|face| face.middle.x.round()).collect::<Vec<_>>(), [100.0, 0.0]);
        assert_eq!(clusters(hits, 1, 1).len(), 1);
    }

    #[test]
    fn clusters_separate_windows_of_different_sizes() {
        let hits = vec![hit(0.0, 0.0, 40.0), hit(0.0, 0.0, 80.0)];
        assert_eq!(clusters(hits, 1, 5).len(), 2);
    }
}
