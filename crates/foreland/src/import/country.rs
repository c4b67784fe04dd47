//! Country numbers that the United Nations' trade statistics use and ISO 3166 does not have.

macro_rules! outside_iso {
    ($($code:literal $name:literal,)+) => {
        &[$(($code, concat!("country ", $code, " (", $name, ") is not in ISO 3166; kept")),)+]
    };
}

/// Numbers with the sentence that counts them. From the country code lists of UN Comtrade and BACI.
const OUTSIDE_ISO: &[(i64, &str)] = outside_iso! {
    0 "World, a total",
    58 "Belgium-Luxembourg",
    97 "European Union",
    129 "Caribbean, not elsewhere specified",
    200 "Czechoslovakia",
    221 "Eastern Europe, not elsewhere specified",
    230 "Ethiopia before 1993",
    251 "France with Monaco",
    278 "German Democratic Republic",
    280 "Federal Republic of Germany before 1990",
    290 "Northern Africa, not elsewhere specified",
    471 "Central American Common Market, not elsewhere specified",
    473 "Latin American Integration Association, not elsewhere specified",
    490 "Other Asia, not elsewhere specified",
    492 "Europe, not elsewhere specified",
    527 "Oceania, not elsewhere specified",
    530 "Netherlands Antilles",
    536 "Neutral Zone",
    568 "Other Europe, not elsewhere specified",
    577 "Other Africa, not elsewhere specified",
    579 "Norway with Svalbard and Jan Mayen",
    636 "Rest of America, not elsewhere specified",
    637 "North America, not elsewhere specified",
    697 "European Free Trade Association, not elsewhere specified",
    699 "India",
    711 "Southern African Customs Union",
    720 "Democratic Yemen",
    736 "Sudan before 2011",
    757 "Switzerland with Liechtenstein",
    810 "Soviet Union",
    837 "Bunkers",
    838 "Free zones",
    839 "Special categories",
    842 "United States with Puerto Rico and Virgin Islands",
    849 "United States, Pacific islands",
    879 "Western Asia, not elsewhere specified",
    890 "Yugoslavia",
    891 "Serbia and Montenegro",
    899 "Areas, not elsewhere specified",
};

/// The sentence that counts a number outside ISO 3166.
pub(super) fn outside_iso(code: i64) -> Option<&'static str> {
    let found = OUTSIDE_ISO.binary_search_by_key(&code, |(code, _)| *code);
    found.ok().map(|at| OUTSIDE_ISO[at].1)
}
