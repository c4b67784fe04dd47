//! Names of ports: folding for comparison, and the repairs that tables of ports need.

/// Letters that Unicode does not decompose, with the plain letters that tables write for them.
const PLAIN: &[(char, &str)] = &[
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ł', "l"),
    ('ı', "i"),
    ('ħ', "h"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('’', ""),
    ('‘', ""),
    ('ʻ', ""),
    ('`', ""),
    ('\'', ""),
];

/// Base letters and the accented letters that stand on them.
const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ('c', "çćĉċč"),
    ('d', "ď"),
    ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
    ('g', "ĝğġģ"),
    ('h', "ĥḩ"),
    ('i', "ìíîïĩīĭįǐịỉ"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöōŏőơǒọỏốồổỗộớờởỡợ"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťțṭ"),
    ('u', "ùúûüũūŭůűųưǔụủứừửữự"),
    ('w', "ŵ"),
    ('y', "ýÿŷỳỵỷỹ"),
    ('z', "źżžẕ"),
];

/// Lower case, without diacritics, punctuation and spaces: equal for spellings of one name.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        if let Some((_, plain)) = PLAIN.iter().find(|(from, _)| *from == letter) {
            folded.push_str(plain);
        } else if let Some((base, _)) = ACCENTED.iter().find(|(_, set)| set.contains(letter)) {
            folded.push(*base);
        } else if letter.is_alphanumeric() {
            folded.push(letter);
        }
    }
    folded
}

/// Like [`fold_transliterated`], but also equal where a table shortens Saint or leaves out Port.
pub fn fold_loosely(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|c: char| c.is_whitespace() || "-/.,()".contains(c));
    let kept: Vec<String> = words
        .map(fold)
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .map(|word| match word.as_str() {
            "saint" | "sankt" | "sainte" | "ste" => "st".to_owned(),
            "fort" => "ft".to_owned(),
            "mount" => "mt".to_owned(),
            _ => word,
        })
        .collect();
    join_pairs(&kept.concat())
}

/// Like [`fold`], but equal where a table writes `ae`, `oe`, `ue`, `aa` for one letter.
pub fn fold_transliterated(name: &str) -> String {
    join_pairs(&fold(name))
}

fn join_pairs(folded: &str) -> String {
    let pairs = [("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];
    let join = |text: String, (pair, single)| text.replace(pair, single);
    pairs.into_iter().fold(folded.to_owned(), join)
}

/// Words that tables add to or leave out of a port's name.
const FILLERS: &[&str] = &[
    "",
    "port",
    "puerto",
    "porto",
    "pto",
    "pt",
    "harbour",
    "harbor",
    "terminal",
    "marine",
    "apt",
    "of",
    "the",
    "de",
    "del",
    "la",
    "le",
    "el",
    "al",
    "city",
    "pelabuhan",
    "ex",
    "bandar",
    "havn",
    "hamn",
];

/// True if the spelling carries letters beyond plain ASCII.
pub fn has_diacritics(name: &str) -> bool {
    !name.is_ascii()
}

/// A name as it should be, and what was wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cleaned {
    /// The name to use.
    pub name: String,
    /// Other forms that the cell held: what stood in parentheses, or before the repair.
    pub others: Vec<String>,
    /// Repairs that were made, in words.
    pub repairs: Vec<&'static str>,
}

/// Undoes what tables do to names: broken encodings, capitals, stray blanks, regions and former
/// names inside the cell, capitals on particles.
pub fn clean(raw: &str) -> Cleaned {
    let mut cleaned = Cleaned {
        name: raw.to_owned(),
        others: Vec::new(),
        repairs: Vec::new(),
    };
    cleaned.step("blanks", |name| {
        Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    cleaned.step("mojibake", |name| {
        is_mojibake(name).then(|| repair_mojibake(name))
    });
    let bracket = cleaned.name.split_once(" (").map(|(before, inside)| {
        let inside = inside.split(')').next().unwrap_or_default();
        (
            before.to_owned(),
            inside.trim_start_matches("ex ").to_owned(),
        )
    });
    if let Some((before, inside)) = bracket {
        if inside.len() > 2 {
            cleaned.others.push(inside);
        }
        cleaned.step("parentheses", |_| Some(before.clone()));
    }
    for sign in [',', '/'] {
        cleaned.step("region or city in the name", |name| {
            let (before, _) = name.split_once(sign)?;
            Some(before.trim().to_owned())
        });
    }
    cleaned.step("capitals", |name| {
        let shouting = name.chars().filter(|c| c.is_alphabetic()).count() > 2
            && !name.chars().any(char::is_lowercase);
        shouting.then(|| title_case(name))
    });
    cleaned.step("capitals on particles", |name| Some(lower_particles(name)));
    cleaned
}

impl Cleaned {
    /// The name and the other forms.
    pub fn forms(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.others)
    }

    fn step(&mut self, what: &'static str, repair: impl Fn(&str) -> Option<String>) {
        if let Some(name) = repair(&self.name)
            && name != self.name
            && !name.is_empty()
        {
            self.name = name;
            self.repairs.push(what);
        }
    }
}

/// Words that stay small inside a name.
const PARTICLES: &[&str] = &[
    "de", "del", "da", "das", "do", "dos", "du", "des", "di", "of", "the", "and", "y", "e", "am",
    "an", "der", "den", "en", "sur", "sous", "la", "las", "los", "le", "les", "op", "ob", "pod",
];

/// Particles inside a name in lower case, except an article that opens a name of its own
/// ("Puerto La Cruz" keeps its "La" unless "de" stands before it).
fn lower_particles(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lowered = words.iter().enumerate().map(|(at, word)| {
        let inside = at > 0 && at + 1 < words.len();
        let particle = PARTICLES.contains(&small[at].as_str());
        let article = ["la", "las", "los", "le", "les"].contains(&small[at].as_str());
        let after_particle = inside && ["de", "del", "sur"].contains(&small[at - 1].as_str());
        match inside && particle && (!article || after_particle) {
            true => small[at].as_str(),
            false => word,
        }
    });
    lowered.collect::<Vec<_>>().join(" ")
}

fn title_case(name: &str) -> String {
    let mut start = true;
    let cased = name.chars().map(|letter| {
        let cased = if start {
            letter
        } else {
            letter.to_lowercase().next().unwrap_or(letter)
        };
        start = !letter.is_alphabetic();
        cased
    });
    cased.collect()
}

/// True if the name is that of an airport.
pub fn is_airport(name: &str) -> bool {
    name.split([' ', '/'])
        .any(|word| ["Apt", "Airport"].contains(&word))
}

/// Signs that only stand in a name when an encoding went wrong.
fn is_mojibake(name: &str) -> bool {
    name.contains(['\u{FFFD}', '¸', '¯', '¨', '´', '˜', '¿', '?'])
        || name.contains("Ã") && name.chars().any(|c| ('\u{80}'..='\u{BF}').contains(&c))
}

/// UTF-8 that was read as Latin-1 is put right; elsewhere the stray sign is left out.
fn repair_mojibake(name: &str) -> String {
    let bytes: Option<Vec<u8>> = name
        .chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok())
        && text != name
    {
        return text;
    }
    name.replace(['\u{FFFD}', '¸', '¯', '¨', '´', '˜', '¿', '?'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_drops_diacritics_case_and_punctuation() {
        assert_eq!(fold("São Francisco do Sul"), "saofranciscodosul");
        assert_eq!(fold("Gdańsk"), "gdansk");
        assert_eq!(fold("ÅRHUS"), "arhus");
        assert_eq!(fold("Saint John's"), "saintjohns");
        assert_eq!(fold("Łeba"), "leba");
    }

    #[test]
    fn loose_folding_joins_transliterations_and_shortenings() {
        assert_eq!(fold_loosely("Floroe"), fold_loosely("Florø"));
        assert_eq!(fold_loosely("Aarhus"), fold_loosely("Århus"));
        assert_eq!(fold_loosely("St Anthony"), fold_loosely("Saint-Anthony"));
        assert_eq!(fold_loosely("Puerto Bolivar"), fold_loosely("Bolívar"));
        assert_ne!(fold_loosely("Portland"), fold_loosely("Portsmouth"));
    }

    fn cleaned(raw: &str) -> (String, Vec<&'static str>) {
        let cleaned = clean(raw);
        (cleaned.name, cleaned.repairs)
    }

    #[test]
    fn broken_encodings_are_repaired() {
        assert_eq!(
            cleaned("ParanaguÃ¡"),
            ("Paranaguá".into(), vec!["mojibake"])
        );
        assert_eq!(cleaned("Abu Z¸aby"), ("Abu Zaby".into(), vec!["mojibake"]));
        assert_eq!(cleaned("São Luís"), ("São Luís".into(), vec![]));
    }

    #[test]
    fn capitals_and_blanks_are_repaired() {
        assert_eq!(cleaned("LONGONI"), ("Longoni".into(), vec!["capitals"]));
        assert_eq!(cleaned("LA UNION"), ("La Union".into(), vec!["capitals"]));
        assert_eq!(
            cleaned("Caofeidian Pt "),
            ("Caofeidian Pt".into(), vec!["blanks"])
        );
        assert_eq!(cleaned("Ii"), ("Ii".into(), vec![]));
    }

    #[test]
    fn particles_are_small_and_articles_of_their_own_are_kept() {
        assert_eq!(cleaned("Cagayan De Oro").0, "Cagayan de Oro");
        assert_eq!(cleaned("Castellon De La Plana").0, "Castellon de la Plana");
        assert_eq!(cleaned("Puerto La Cruz").0, "Puerto La Cruz");
        assert_eq!(cleaned("De Kastri").0, "De Kastri");
        assert_eq!(cleaned("San Juan Del Sur").0, "San Juan del Sur");
    }

    #[test]
    fn former_names_are_kept_apart_and_state_letters_are_dropped() {
        let mumbai = clean("Mumbai (ex Bombay)");
        assert_eq!(
            (mumbai.name.as_str(), mumbai.others),
            ("Mumbai", vec!["Bombay".to_owned()])
        );
        let portland = clean("Portland (Me)");
        assert_eq!(
            (portland.name.as_str(), portland.others),
            ("Portland", vec![])
        );
        assert_eq!(clean("Bacolod, Negros").name, "Bacolod");
        assert_eq!(clean("Poro/San Fernando").name, "Poro");
    }

    proptest! {
        #[test]
        fn cleaning_never_panics_and_settles(raw in "\\PC{0,40}") {
            let once = clean(&raw).name;
            let folded = fold(&once);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
