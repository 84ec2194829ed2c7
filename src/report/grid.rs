//! Cells in columns that line up, whatever script they are in.

use unicode_width::UnicodeWidthStr;

/// Columns of a line of words.
pub(super) const WIDTH: usize = 110;

/// How a column stands to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Words: they start together.
    Label,
    /// Numbers: they end together.
    Number,
    /// Numbers with one blank less before them.
    CloseNumber,
}

/// Lines of cells as text, `indent` before the first column and two blanks before the others. A line may have fewer cells
/// than others.
pub(super) fn aligned(lines: &[Vec<String>], indent: &str, kind: impl Fn(usize) -> Column) -> Vec<String> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widest =
        |column: usize| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let written = |line: &Vec<String>| {
        let mut text = String::from(indent);
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            let gap = match kind(column) {
                _ if column == 0 => "",
                Column::CloseNumber => " ",
                _ => "  ",
            };
            let (before, after) = if kind(column) == Column::Label { ("", &*padding) } else { (&*padding, "") };
            text.extend([gap, before, cell, after]);
        }
        text.truncate(text.trim_end().len());
        text
    };
    lines.iter().map(written).collect()
}

/// Words one after the other, in lines of at most `width` columns where the words allow it: the first begins with
/// `first`, the others with `indent`.
pub(super) fn wrapped<W: AsRef<str>>(
    first: &str,
    indent: &str,
    words: impl IntoIterator<Item = W>,
    width: usize,
) -> String {
    let mut text = String::new();
    let mut line = first.to_owned();
    let mut is_begun = false;
    for word in words {
        let word = word.as_ref();
        if is_begun && line.width() + 1 + word.width() > width {
            text.extend([&line, "\n"]);
            line = indent.to_owned();
            is_begun = false;
        }
        let gap = if is_begun { " " } else { "" };
        line.extend([gap, word]);
        is_begun = true;
    }
    text.extend([line.trim_end(), "\n"]);
    text
}

/// Words with commas between them, none of which is broken at its own blanks.
pub(super) fn listed(mut words: Vec<String>) -> Vec<String> {
    let commas = words.len().saturating_sub(1);
    words.iter_mut().take(commas).for_each(|word| word.push(','));
    words
}

/// A text cut to so many columns, with a sign that it was.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if kept.width() >= width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}
