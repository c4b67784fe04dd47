//! Layouts of trade statistics.

use super::layout::Cell::{Amount, Country, Digits, Text, Truth, Whole};
use super::layout::{Cell, Column, Layout, Vintage, counted, may, must};

/// Years that a statistic can be of.
const YEAR: Cell = Whole(1900, 2100);
const MONTH: Cell = Whole(1, 12);

const CEPII: &str = "CEPII, BACI, https://www.cepii.fr (DescriptionBACI)";
const CEPII_LICENCE: &str = "user-supplied; CEPII asks for attribution (Etalab open licence 2.0)";

/// Trade flows and the two code tables that come with them.
pub(super) const BACI: &[Layout] = &[
    Layout {
        variant: "flows",
        delimiter: b',',
        columns: &[
            must("t", YEAR, "year"),
            must("i", Country, ""),
            must("j", Country, ""),
            must("k", Digits(6), ""),
            must("v", Amount, "thousand USD"),
            counted("q", Amount, "t"),
        ],
        vintage: Vintage::FileName,
        source: CEPII,
        licence: CEPII_LICENCE,
    },
    Layout {
        variant: "countries",
        delimiter: b',',
        columns: &[
            must("country_code", Country, ""),
            must("country_name", Text, ""),
            counted("country_iso2", Text, ""),
            counted("country_iso3", Text, ""),
        ],
        vintage: Vintage::None,
        source: CEPII,
        licence: CEPII_LICENCE,
    },
    Layout {
        variant: "products",
        delimiter: b',',
        columns: &[must("code", Digits(6), ""), must("description", Text, "")],
        vintage: Vintage::FileName,
        source: CEPII,
        licence: CEPII_LICENCE,
    },
];

/// The full CSV of 47 columns.
pub(super) const COMTRADE: &[Layout] = &[Layout {
    variant: "full",
    delimiter: b',',
    columns: &[
        must("typeCode", Text, ""),
        must("freqCode", Text, ""),
        may("refPeriodId", Whole(0, 99_999_999), ""),
        must("refYear", YEAR, "year"),
        // 52 stands for a whole year.
        may("refMonth", Whole(0, 52), "month"),
        must("period", Whole(1900, 210_012), ""),
        must("reporterCode", Country, ""),
        may("reporterISO", Text, ""),
        may("reporterDesc", Text, ""),
        must("flowCode", Text, ""),
        may("flowDesc", Text, ""),
        must("partnerCode", Country, ""),
        may("partnerISO", Text, ""),
        may("partnerDesc", Text, ""),
        may("partner2Code", Country, ""),
        may("partner2ISO", Text, ""),
        may("partner2Desc", Text, ""),
        must("classificationCode", Text, ""),
        may("classificationSearchCode", Text, ""),
        may("isOriginalClassification", Truth, ""),
        must("cmdCode", Text, ""),
        may("cmdDesc", Text, ""),
        may("aggrLevel", Whole(0, 12), ""),
        may("isLeaf", Truth, ""),
        may("customsCode", Text, ""),
        may("customsDesc", Text, ""),
        may("mosCode", Text, ""),
        may("motCode", Text, ""),
        may("motDesc", Text, ""),
        may("qtyUnitCode", Text, ""),
        may("qtyUnitAbbr", Text, ""),
        counted("qty", Amount, "see qtyUnitAbbr"),
        may("isQtyEstimated", Truth, ""),
        may("altQtyUnitCode", Text, ""),
        may("altQtyUnitAbbr", Text, ""),
        may("altQty", Amount, "see altQtyUnitAbbr"),
        may("isAltQtyEstimated", Truth, ""),
        counted("netWgt", Amount, "kg"),
        may("isNetWgtEstimated", Truth, ""),
        may("grossWgt", Amount, "kg"),
        may("isGrossWgtEstimated", Truth, ""),
        may("cifvalue", Amount, "USD"),
        may("fobvalue", Amount, "USD"),
        must("primaryValue", Amount, "USD"),
        may("legacyEstimationFlag", Text, ""),
        may("isReported", Truth, ""),
        may("isAggregate", Truth, ""),
    ],
    vintage: Vintage::Column("classificationCode"),
    source: "United Nations, UN Comtrade, https://comtradeplus.un.org",
    licence: "user-supplied, may not be redistributed (UN Comtrade terms of use)",
}];

const MDIC: &str = "Brazil, ministry of development (MDIC), Comex Stat";
const MDIC_LICENCE: &str = "user-supplied; open data of the Brazilian government, with attribution";

/// What exports and imports have in common, in order; imports end with freight and insurance.
const COMEXSTAT_EXPORTS: [Column; 11] = [
    must("CO_ANO", YEAR, "year"),
    must("CO_MES", MONTH, "month"),
    must("CO_NCM", Digits(8), ""),
    must("CO_UNID", Text, ""),
    must("CO_PAIS", Text, ""),
    must("SG_UF_NCM", Text, ""),
    must("CO_VIA", Text, ""),
    must("CO_URF", Text, ""),
    counted("QT_ESTAT", Amount, "see CO_UNID"),
    counted("KG_LIQUIDO", Amount, "kg"),
    must("VL_FOB", Amount, "USD"),
];

const COMEXSTAT_IMPORTS: [Column; 13] = {
    let [
        year,
        month,
        ncm,
        unit,
        country,
        state,
        mode,
        customs,
        quantity,
        mass,
        fob,
    ] = COMEXSTAT_EXPORTS;
    [
        year,
        month,
        ncm,
        unit,
        country,
        state,
        mode,
        customs,
        quantity,
        mass,
        fob,
        counted("VL_FRETE", Amount, "USD"),
        counted("VL_SEGURO", Amount, "USD"),
    ]
};

/// Exports (`EXP_2024.csv`), imports (`IMP_2024.csv`) and its own numbers of countries (`PAIS.csv`).
pub(super) const COMEXSTAT: &[Layout] = &[
    Layout {
        variant: "exports",
        delimiter: b';',
        columns: &COMEXSTAT_EXPORTS,
        vintage: Vintage::None,
        source: MDIC,
        licence: MDIC_LICENCE,
    },
    Layout {
        variant: "imports",
        delimiter: b';',
        columns: &COMEXSTAT_IMPORTS,
        vintage: Vintage::None,
        source: MDIC,
        licence: MDIC_LICENCE,
    },
    Layout {
        variant: "countries",
        delimiter: b';',
        columns: &[
            must("CO_PAIS", Text, ""),
            may("CO_PAIS_ISON3", Text, ""),
            must("CO_PAIS_ISOA3", Text, ""),
            must("NO_PAIS", Text, ""),
            may("NO_PAIS_ING", Text, ""),
            may("NO_PAIS_ESP", Text, ""),
        ],
        vintage: Vintage::None,
        source: MDIC,
        licence: MDIC_LICENCE,
    },
];
