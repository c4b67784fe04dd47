//! Quantities as the Factbook writes them: `$3.719 trillion (2022 est.)`, `13.2 million metric tons`.

/// The number of a text with its word of magnitude; `None` if it does not begin with one.
pub fn amount(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches('$');
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(text.len());
    let number: f64 = text[..end].replace(',', "").parse().ok()?;
    let factor = match text[end..].split_whitespace().next() {
        Some("million") => 1e6,
        Some("billion") => 1e9,
        Some("trillion") => 1e12,
        _ => 1.0,
    };
    Some(number * factor)
}

/// Degrees east and north of `10 00 S, 76 00 W`.
pub fn position(text: &str) -> Option<[f64; 2]> {
    let (lat, lon) = text.split_once(',')?;
    Some([degrees(lon, 'E', 'W')?, degrees(lat, 'N', 'S')?])
}

fn degrees(text: &str, plus: char, minus: char) -> Option<f64> {
    let mut parts = text.split_whitespace();
    let degrees: f64 = parts.next()?.parse().ok()?;
    let minutes: f64 = parts.next()?.parse().ok()?;
    let side = parts.next()?.chars().next()?;
    let value = degrees + minutes / 60.0;
    if side == plus {
        Some(value)
    } else if side == minus {
        Some(-value)
    } else {
        None
    }
}
