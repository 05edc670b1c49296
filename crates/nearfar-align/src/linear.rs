//! Small dense linear systems.

/// A pivot of the normal equations below this fraction of the largest one counts as zero. In the normalised coordinates
/// of this module it means that points lie on one line to within about a thousandth of their spread.
const PIVOT_FLOOR: f64 = 1e-6;

/// Solves `matrix * x = right` for two right-hand sides by elimination with row pivoting; `None` if the system is
/// singular.
pub(crate) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<[f64; 2]>, pivot_floor: f64) -> Option<Vec<[f64; 2]>> {
    let n = right.len();
    let mut largest = 0.0_f64;
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| matrix[i][k].abs().total_cmp(&matrix[j][k].abs()))?;
        matrix.swap(k, pivot);
        right.swap(k, pivot);
        largest = largest.max(matrix[k][k].abs());
        if matrix[k][k].is_nan() || matrix[k][k].abs() <= pivot_floor * largest {
            return None;
        }
        for i in k + 1..n {
            let factor = matrix[i][k] / matrix[k][k];
            let (done, rest) = matrix.split_at_mut(i);
            for (a, b) in rest[0][k..].iter_mut().zip(&done[k][k..]) {
                *a -= factor * b;
            }
            right[i] = [0, 1].map(|c| right[i][c] - factor * right[k][c]);
        }
    }
    for k in (0..n).rev() {
        let known = |c: usize| (k + 1..n).map(|j| matrix[k][j] * right[j][c]).sum::<f64>();
        right[k] = [0, 1].map(|c| (right[k][c] - known(c)) / matrix[k][k]);
    }
    Some(right)
}

/// The `x` that minimises the sum of squares of `row * x - value` over all `(row, value)`, by the normal equations;
/// `None` if the rows do not determine it.
pub(crate) fn least_squares<const N: usize>(rows: impl Iterator<Item = ([f64; N], [f64; 2])>) -> Option<Vec<[f64; 2]>> {
    let mut matrix = vec![vec![0.0; N]; N];
    let mut right = vec![[0.0; 2]; N];
    for (row, value) in rows {
        for i in 0..N {
            for j in 0..N {
                matrix[i][j] += row[i] * row[j];
            }
            right[i] = [0, 1].map(|c| right[i][c] + row[i] * value[c]);
        }
    }
    solve(matrix, right, PIVOT_FLOOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solve_pivots_and_refuses_singular_systems() {
        let x = solve(vec![vec![0.0, 2.0], vec![4.0, 1.0]], vec![[2.0, 6.0], [9.0, 7.0]], 1e-12).expect("regular");
        assert_eq!(x, [[2.0, 1.0], [1.0, 3.0]]);
        assert_eq!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![[1.0; 2]; 2], 1e-12), None);
    }
}
