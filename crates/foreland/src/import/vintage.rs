//! Vintages of the Harmonized System: a product code means nothing without its vintage.

/// Vintages with the letter codes that UN Comtrade gives them.
const VINTAGES: [(&str, &str); 7] = [
    ("HS92", "H0"),
    ("HS96", "H1"),
    ("HS02", "H2"),
    ("HS07", "H3"),
    ("HS12", "H4"),
    ("HS17", "H5"),
    ("HS22", "H6"),
];

/// All vintages, for messages.
pub(super) const KNOWN: &str = "HS92, HS96, HS02, HS07, HS12, HS17, HS22";

/// The vintage that `HS17`, `hs17`, `17`, `2017` or `H5` stands for.
pub(super) fn named(text: &str) -> Option<&'static str> {
    let text = text.trim().to_ascii_uppercase();
    let is = |vintage: &&(&'static str, &str)| {
        let (name, letter) = vintage;
        let year = name.trim_start_matches("HS");
        text == *name
            || text == *letter
            || text == year
            || text == format!("19{year}") && year > "90"
            || text == format!("20{year}") && year < "90"
    };
    VINTAGES.iter().find(is).map(|(name, _)| *name)
}

/// The vintage in a file's name, such as `BACI_HS17_Y2022_V202401b.csv`.
pub(super) fn in_file_name(file: &str) -> Option<&'static str> {
    let words = file.split(['_', '.', '-', ' ']);
    words.filter(|word| word.len() == 4).find_map(|word| {
        let upper = word.to_ascii_uppercase();
        upper.starts_with("HS").then(|| named(&upper)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vintages_have_several_names() {
        for text in ["HS17", "hs17", "17", "2017", "H5"] {
            assert_eq!(named(text), Some("HS17"), "{text}");
        }
        assert_eq!(named("1992"), Some("HS92"));
        for text in ["", "HS18", "1917", "2092", "S4"] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn file_names_tell_the_vintage() {
        assert_eq!(in_file_name("BACI_HS17_Y2022_V202401b.csv"), Some("HS17"));
        assert_eq!(
            in_file_name("product_codes_HS92_V202401b.csv"),
            Some("HS92")
        );
        assert_eq!(in_file_name("flows_2022.csv"), None);
    }
}
