//! How wide the columns of a table are.
//!
//! Short columns (dates, ids, words) keep their natural width and never wrap; long ones share what
//! is left by how much text they hold. A table with no long column gives the rest to its widest.

/// A column with at most this many characters in each cell keeps its natural width.
const SHORT: usize = 16;

/// Returns typst's `columns` argument for columns whose cells have these lengths in characters.
pub(super) fn widths(columns: &[Vec<usize>]) -> String {
    let longest: Vec<usize> =
        columns.iter().map(|cells| cells.iter().copied().max().unwrap_or(0)).collect();
    let widest = longest.iter().copied().max().unwrap_or(0);
    let mut out = String::from("(");
    let mut is_widest_seen = false;
    for (cells, &longest) in columns.iter().zip(&longest) {
        let is_widest = longest == widest && !is_widest_seen;
        is_widest_seen |= is_widest;
        if longest <= SHORT && !is_widest {
            out.push_str("auto, ");
        } else {
            out.push_str(&share(cells, longest).to_string());
            out.push_str("fr, ");
        }
    }
    out.push(')');
    out
}

/// Returns the share of a long column. It grows with the square root of its text: a column with
/// four times the text is twice as wide and twice as high.
fn share(cells: &[usize], longest: usize) -> usize {
    let total: usize = cells.iter().sum();
    let mean = total / cells.len().max(1);
    (mean + longest).isqrt().clamp(3, 18)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_columns_share_what_short_ones_leave() {
        let columns = [vec![4, 10, 10], vec![6, 150, 90], vec![5, 40, 30]];
        assert_eq!(widths(&columns), "(auto, 15fr, 8fr, )");
        assert_eq!(widths(&[vec![3, 4], vec![4, 4]]), "(3fr, auto, )");
        assert_eq!(widths(&[]), "()");
    }
}
