//! Trade that countries report, in the small world: what it covers, what stays an estimate, what
//! is left out.

use std::path::PathBuf;

use foreland::Atlas;
use foreland::import::{ImportRequest, Kind, import};
use foreland::world_trade::{TradeSource, WorldTrade};
use jiff::civil::date;
use tempfile::TempDir;

use crate::import::COMTRADE;
use crate::small::{FlatSea, atlas, edited};

const FARLAND: i64 = 3;
const ALAND: i64 = 1;
const HUBLAND: i64 = 2;

/// A row of UN Comtrade that tells a whole year's trade.
struct Row {
    reporter: i64,
    flow: &'static str,
    partner: i64,
    product: &'static str,
    mode: &'static str,
    kg: &'static str,
    usd: f64,
    vintage: &'static str,
}

const ROW: Row = Row {
    reporter: FARLAND,
    flow: "X",
    partner: ALAND,
    product: "990101",
    mode: "0",
    kg: "100000",
    usd: 500_000.0,
    vintage: "H6",
};

impl Row {
    fn text(&self) -> String {
        let Row {
            reporter,
            flow,
            partner,
            product,
            mode,
            kg,
            usd,
            vintage,
        } = self;
        format!(
            "C,A,20230101,2023,52,2023,{reporter},AAA,,{flow},,{partner},AAA,,0,W00,World,{vintage},HS,true,\
             {product},,6,True,C00,TOTAL,0,{mode},,8,kg,{kg},false,-1,N/A,,false,{kg},false,,false,,\
             {usd},{usd},0,false,true\n"
        )
    }
}

fn comtrade(rows: &[Row]) -> String {
    let rows: String = rows.iter().map(Row::text).collect();
    format!("{COMTRADE}{rows}")
}

/// Puts files into a store.
fn store(dir: &TempDir, files: &[(Kind, &str, String)]) -> PathBuf {
    let store = dir.path().join("store");
    for (kind, name, text) in files {
        let file = dir.path().join(name);
        std::fs::write(&file, text).unwrap();
        let request = ImportRequest {
            kind: *kind,
            file: &file,
            store: &store,
            hs: None,
            cancel: None,
        };
        import(&request, &|_, _| ()).unwrap();
    }
    store
}

fn traded<'a>(atlas: &'a Atlas, sea: &'a FlatSea, source: &TradeSource) -> WorldTrade<'a> {
    WorldTrade::by(atlas, sea, date(2024, 6, 1), Some(source), &|_| {}).unwrap()
}

/// Value by exporter and importer, all goods, USD a year.
fn usd(trade: &WorldTrade<'_>, from: &str, to: &str) -> f64 {
    let demands = trade.network.demand.demands().into_iter();
    let here = demands.filter(|d| d.origin == from && d.destination == to);
    here.map(|d| d.value_usd).sum()
}

#[test]
fn who_reports_is_taken_at_their_word_and_the_others_are_estimated() {
    let dir = tempfile::tempdir().unwrap();
    let rows = [
        ROW,
        // The same again, in other cuts.
        Row {
            product: "99",
            ..ROW
        },
        Row {
            product: "TOTAL",
            ..ROW
        },
        Row {
            mode: "2100",
            ..ROW
        },
        Row { partner: 0, ..ROW },
        Row { flow: "RX", ..ROW },
        // What the importer says of it, and of goods whose exporter says nothing.
        Row {
            reporter: ALAND,
            flow: "M",
            partner: FARLAND,
            usd: 700_000.0,
            ..ROW
        },
        Row {
            reporter: ALAND,
            flow: "M",
            partner: HUBLAND,
            usd: 90_000.0,
            kg: "",
            ..ROW
        },
        Row {
            partner: 490,
            usd: 1.0,
            ..ROW
        },
    ];
    let store = store(&dir, &[(Kind::Comtrade, "cc.csv", comtrade(&rows))]);
    let source = TradeSource::named(&store, "comtrade/cc").unwrap();
    let (atlas, sea) = (atlas(), FlatSea::new());
    let trade = traded(&atlas, &sea, &source);
    let estimate = WorldTrade::of(&atlas, &sea, date(2024, 6, 1), &|_| {}).unwrap();
    assert!((usd(&trade, "CC", "AA") - 500_000.0).abs() < 1e-6);
    assert!((usd(&trade, "BB", "AA") - 90_000.0).abs() < 1e-6);
    // Farland reports no exports to Hubland: there are none.
    assert_eq!(usd(&trade, "CC", "BB"), 0.0);
    let untouched = usd(&trade, "AA", "BB");
    assert!(untouched > 0.0 && untouched == usd(&estimate, "AA", "BB"));
    let said = trade.network.demand.remarks.join("\n");
    for words in [
        "9 rows read = 3 used + 6 left out",
        "Left out: all partners together, 1 rows",
        "Left out: flow RX",
        "Left out: all products together",
        "Left out: a part by customs procedure, mode or second partner",
        "Left out: it is told again in whole years or with longer product codes, 1 rows",
        "1 without a mass",
        "the other trades are estimated",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    assert!(
        said.contains("country 490 is not in countries.csv"),
        "{said}"
    );
    assert!(
        trade
            .network
            .demand
            .source
            .contains("trades of other countries: estimate")
    );
}

#[test]
fn product_codes_of_two_vintages_do_not_mix_and_the_world_stands_alone() {
    let dir = tempfile::tempdir().unwrap();
    let older = Row {
        vintage: "H5",
        ..ROW
    };
    let baci = "t,i,j,k,v,q\n2022,3,1,990101,500,100\n".to_owned();
    let store = store(
        &dir,
        &[
            (Kind::Comtrade, "new.csv", comtrade(&[ROW])),
            (Kind::Comtrade, "old.csv", comtrade(&[older])),
            (Kind::Baci, "BACI_HS22_Y2023_V1.csv", baci),
        ],
    );
    let new = || TradeSource::named(&store, "comtrade/new").unwrap();
    let refused = |name: &str| new().and(&store, name).unwrap_err().message;
    assert!(refused("comtrade/old").contains("are of HS17, those of the tables before it of HS22"));
    assert!(refused("comtrade/new").contains("twice"));
    assert!(refused("baci/BACI_HS22_Y2023_V1").contains("no other can stand beside it"));
    let world = TradeSource::named(&store, "baci/BACI_HS22_Y2023_V1").unwrap();
    assert!(world.and(&store, "comtrade/new").is_err());
}

const EXPORTS: &str = "CO_ANO;CO_MES;CO_NCM;CO_UNID;CO_PAIS;SG_UF_NCM;CO_VIA;CO_URF;QT_ESTAT;KG_LIQUIDO;VL_FOB\n\
    2024;01;99010100;10;023;MT;01;0817800;1000;1000;500\n\
    2024;02;99010100;10;023;MT;01;0817800;1000;;700\n\
    2024;02;99010100;10;023;MT;07;0817800;1000;1000;900\n\
    2024;02;99010100;10;999;MT;01;0817800;1000;1000;40\n\
    2024;02;99010100;10;024;MT;01;0817800;1000;1000;50\n";
const NUMBERS: &str = "CO_PAIS;CO_PAIS_ISON3;CO_PAIS_ISOA3;NO_PAIS;NO_PAIS_ING;NO_PAIS_ESP\n\
    023;003;CCC;Farland;Farland;Farland\n024;999;XXX;Nowhere;Nowhere;Nowhere\n";

#[test]
fn brazils_own_statistic_tells_what_goes_by_sea() {
    let dir = tempfile::tempdir().unwrap();
    let brazil = "BR,Brazil,,BRA,076,west,-4,10,no,,1000,100,50,50,0,0,assumed,made up for the tests,2024,\n";
    let folder = edited("countries", |text| format!("{text}{brazil}"));
    let atlas = Atlas::load(folder.path()).unwrap();
    let store = store(
        &dir,
        &[
            (Kind::Comexstat, "EXP_2024.csv", EXPORTS.to_owned()),
            (Kind::Comexstat, "PAIS.csv", NUMBERS.to_owned()),
        ],
    );
    let alone = TradeSource::named(&store, "comexstat/EXP_2024").unwrap();
    let sea = FlatSea::new();
    let missing = WorldTrade::by(&atlas, &sea, date(2024, 6, 1), Some(&alone), &|_| {});
    let missing = missing.err().unwrap().to_string();
    assert!(
        missing.contains("table of countries is missing"),
        "{missing}"
    );
    let source = alone.and(&store, "comexstat/PAIS").unwrap();
    let trade = traded(&atlas, &sea, &source);
    // Two months by sea, brought to a year.
    assert!((usd(&trade, "BR", "CC") - 1200.0 * 6.0).abs() < 1e-9);
    assert_eq!(usd(&trade, "BR", "AA"), 0.0);
    assert!(usd(&trade, "CC", "BR") > 0.0, "imports stay an estimate");
    let said = trade.network.demand.remarks.join("\n");
    for words in [
        "5 rows read = 2 used + 3 left out",
        "by another mode than the sea (CO_VIA 07), 1 rows",
        "country 999 of Comex Stat is not in its table of countries, 1 rows",
        "country XXX of Comex Stat is not in countries.csv, 1 rows",
        "1 without a mass",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}
