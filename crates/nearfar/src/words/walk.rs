//! What is seen of a hybrid by a viewer who walks away.

/// From where NEAR is clear no more, from where FAR takes over, and from where FAR is clear, as far as there are such
/// distances, in words that a `place` has; `seen` are the percepts up close and from afar.
pub(crate) fn walk<T>(distances: [Option<T>; 3], seen: [f64; 2], place: impl Fn(T) -> String) -> String {
    let [near_ends, even, far_begins] = distances.map(|distance| distance.map(&place));
    let Some(even) = even else {
        // As percepts are printed.
        let seen = seen.map(|p| (100.0 * p).round());
        return match [seen.iter().all(|&p| p >= 0.0), seen.iter().all(|&p| p <= 0.0)] {
            [true, true] => "neither picture is seen",
            [true, false] => "NEAR outweighs FAR all the way",
            [false, true] => "FAR outweighs NEAR all the way",
            _ => "neither picture outweighs the other for long",
        }
        .to_owned();
    };
    let near = near_ends.map_or_else(String::new, |end| format!("NEAR is clear up to {end}, "));
    let far = far_begins.map_or_else(|| " on".to_owned(), |begin| format!(" and is clear from {begin} on"));
    format!("{near}FAR takes over from {even}{far}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_that_there_is_is_said() {
        let said = |distances: [Option<u32>; 3], seen| walk(distances, seen, |metres| format!("{metres} m"));
        let flips = |near, far| said([near, Some(4), far], [0.3, -0.3]);
        assert_eq!(
            flips(Some(2), Some(6)),
            "NEAR is clear up to 2 m, FAR takes over from 4 m and is clear from 6 m on"
        );
        assert_eq!(flips(Some(2), None), "NEAR is clear up to 2 m, FAR takes over from 4 m on");
        assert_eq!(flips(None, Some(6)), "FAR takes over from 4 m and is clear from 6 m on");
        assert_eq!(flips(None, None), "FAR takes over from 4 m on");
        let never = |near_ends, seen| said([near_ends, None, None], seen);
        assert_eq!(never(Some(2), [0.42, 0.03]), "NEAR outweighs FAR all the way");
        assert_eq!(never(None, [-0.26, -0.32]), "FAR outweighs NEAR all the way");
        assert_eq!(never(None, [0.0, -0.004]), "neither picture is seen");
        assert_eq!(never(None, [0.05, -0.02]), "neither picture outweighs the other for long");
    }
}
