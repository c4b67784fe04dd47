//! Imports of users' files. All figures here are invented: they are test data in real layouts.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use foreland::import::{ImportReport, ImportRequest, Kind, import};
use foreland::{Error, ErrorClass};
use proptest::prelude::*;
use tempfile::TempDir;

const BACI: &str = "t,i,j,k,v,q\n\
    2022,604,156,260300,1200.5,   800.25\n\
    2022,490,516,80440,3.5,          NA\n\
    2022,604,156,260300,-1,5\n\
    2022,604,156,260300,1,many\n\
    2022,604,156,2603001,1,1\n\
    2022,604,156,260300,1\n";

const COUNTRIES: &str = "country_code,country_name,country_iso2,country_iso3\n\
    516,Namibia,NA,NAM\n604,Peru,PE,PER\n";

const EXPORTS: &str = "\"CO_ANO\";\"CO_MES\";\"CO_NCM\";\"CO_UNID\";\"CO_PAIS\";\"SG_UF_NCM\";\"CO_VIA\";\
    \"CO_URF\";\"QT_ESTAT\";\"KG_LIQUIDO\";\"VL_FOB\"\n\
    \"2024\";\"01\";\"12019000\";\"10\";\"160\";\"MT\";\"01\";\"0817800\";1000;1000;500\n\
    \"2024\";\"13\";\"12019000\";\"10\";\"160\";\"MT\";\"01\";\"0817800\";1000;1000;500\n\
    \"2024\";\"02\";\"12019000\";\"10\";\"160\";\"MT\";\"01\";\"0817800\";1000;;500\n";

const COMTRADE: &str = "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,\
reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,\
partner2Desc,classificationCode,classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,\
aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,\
isQtyEstimated,altQtyUnitCode,altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,\
grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,legacyEstimationFlag,isReported,\
isAggregate\n";

fn comtrade_row(classification: &str, mass: &str) -> String {
    format!(
        "C,A,20230101,2023,52,2023,604,PER,Peru,X,Export,156,CHN,\"China, mainland\",0,W00,World,\
         {classification},HS,true,080440,Avocados,6,True,C00,TOTAL,0,0,TOTAL,8,kg,{mass},false,-1,\
         N/A,,false,{mass},false,,false,,70.5,70.5,0,false,true\n"
    )
}

const DEMAND: &str = "Origin\tDestination\tFFEPerWeek\tRevenue_1\tTransitTime\n\
    PECLL\tCNSHA\t12\t1500\t35\n";

const PORTS: &str = "date,year,month,day,portid,portname,country,ISO3,portcalls_container,\
portcalls_dry_bulk,portcalls_general_cargo,portcalls_roro,portcalls_tanker,portcalls_cargo,\
portcalls,import_container,import_dry_bulk,import_general_cargo,import_roro,import_tanker,\
import_cargo,import,export_container,export_dry_bulk,export_general_cargo,export_roro,\
export_tanker,export_cargo,export,ObjectId\n\
2024-05-01,2024,5,1,port1,Test,Peru,PER,1,0,0,0,1,1,2,5,0,0,0,7,5,12,1,0,0,0,0,1,1,1\n";

const CHOKEPOINTS: &str = "date,year,month,day,portid,portname,n_container,n_dry_bulk,\
n_general_cargo,n_roro,n_tanker,n_cargo,n_total,capacity_container,capacity_dry_bulk,\
capacity_general_cargo,capacity_roro,capacity_tanker,capacity_cargo,capacity,ObjectId\n\
1714521600000,2024,5,1,chokepoint1,Test,1,2,0,0,3,3,6,10,20,0,0,30,30,60,1\n";

const WPI: &str = include_str!("../data/import/wpi.csv");
const SMDG: &str = include_str!("../data/import/smdg.csv");

/// The World Port Index as newer files are: with a byte order mark and a running number.
fn wpi_numbered() -> String {
    let (header, row) = WPI.split_once('\n').unwrap();
    format!("\u{feff}OID_,{header}\n1,{row}")
}

/// A file of each kind: name and text.
fn samples() -> [(Kind, &'static str, String); 10] {
    let comtrade = format!("{COMTRADE}{}", comtrade_row("H6", "10"));
    [
        (Kind::Wpi, "UpdatedPub150.csv", WPI.to_owned()),
        (Kind::Wpi, "numbered.csv", wpi_numbered()),
        (Kind::Smdg, "terminals.csv", SMDG.to_owned()),
        (Kind::Baci, "BACI_HS17_Y2022_V202401b.csv", BACI.to_owned()),
        (
            Kind::Baci,
            "country_codes_V202401b.csv",
            COUNTRIES.to_owned(),
        ),
        (Kind::Comexstat, "EXP_2024.csv", EXPORTS.to_owned()),
        (Kind::Comtrade, "comtrade.csv", comtrade),
        (Kind::LinerlibDemand, "Demand_Test.csv", DEMAND.to_owned()),
        (Kind::PortwatchPorts, "ports.csv", PORTS.to_owned()),
        (
            Kind::PortwatchChokepoints,
            "chokepoints.csv",
            CHOKEPOINTS.to_owned(),
        ),
    ]
}

fn import_text(
    dir: &TempDir,
    kind: Kind,
    name: &str,
    text: impl AsRef<[u8]>,
    hs: Option<&str>,
) -> Result<ImportReport, Error> {
    let file = dir.path().join(name);
    fs::write(&file, text).unwrap();
    let request = ImportRequest {
        kind,
        file: &file,
        store: &dir.path().join("store"),
        hs,
        cancel: None,
    };
    import(&request, &|_, _| ())
}

/// The problem that refuses a file, once it is checked that nothing was written.
fn refused(kind: Kind, name: &str, text: &str, hs: Option<&str>) -> String {
    let dir = tempfile::tempdir().unwrap();
    let error = import_text(&dir, kind, name, text, hs).unwrap_err();
    assert_eq!(error.class(), ErrorClass::Input, "{error}");
    assert!(!dir.path().join("store").exists(), "{error}");
    error.to_string()
}

fn assert_adds_up(report: &ImportReport) {
    assert_eq!(report.rows_read, report.rows_kept + report.rows_rejected);
    let by_reason: u64 = report.rejected.iter().map(|tally| tally.rows).sum();
    assert_eq!(report.rows_rejected, by_reason);
}

#[test]
fn every_row_of_baci_is_accounted_for() {
    let dir = tempfile::tempdir().unwrap();
    let report = import_text(&dir, Kind::Baci, "BACI_HS17_Y2022_V1.csv", BACI, None).unwrap();
    assert_adds_up(&report);
    assert_eq!((report.rows_read, report.rows_kept), (6, 2));
    assert_eq!(report.hs.as_deref(), Some("HS17"));
    let list = |tallies: &[foreland::import::Tally]| -> Vec<(String, String, u64)> {
        let one = |t: &foreland::import::Tally| (t.column.clone(), t.reason.clone(), t.first_line);
        tallies.iter().map(one).collect()
    };
    let row = |column: &str, reason: &str, line| (column.to_owned(), reason.to_owned(), line);
    assert_eq!(
        list(&report.rejected),
        [
            row("", "wrong number of fields", 7),
            row("k", "wrong number of digits", 6),
            row("q", "not a number", 5),
            row("v", "negative", 4),
        ]
    );
    assert_eq!(
        list(&report.noted),
        [
            row(
                "i",
                "country 490 (Other Asia, not elsewhere specified) is not in ISO 3166; kept",
                3
            ),
            row("k", "leading zero was lost; put back", 3),
            row("q", "blank; kept as unknown", 3),
        ]
    );
}

#[test]
fn every_kind_imports_and_again_gives_the_same_bytes() {
    for (kind, name, text) in samples() {
        let dir = tempfile::tempdir().unwrap();
        let report = import_text(&dir, kind, name, &text, None).unwrap();
        assert_adds_up(&report);
        assert_eq!(report.bytes, text.len() as u64);
        let folder = dir.path().join("store").join(kind.name());
        let first = fs::read(folder.join(&report.table)).unwrap();
        assert_eq!(&first[..4], b"PAR1", "{name}");
        import_text(&dir, kind, name, &text, None).unwrap();
        assert_eq!(
            first,
            fs::read(folder.join(&report.table)).unwrap(),
            "{name}"
        );
        assert_eq!(
            fs::read_dir(&folder).unwrap().count(),
            2,
            "table and provenance"
        );
    }
}

#[test]
fn namibia_is_not_a_missing_value() {
    let dir = tempfile::tempdir().unwrap();
    let report = import_text(&dir, Kind::Baci, "country_codes.csv", COUNTRIES, None).unwrap();
    assert_eq!((report.rows_kept, report.noted.len()), (2, 0));
}

#[test]
fn header_drift_is_refused_by_the_name_of_the_column() {
    for (kind, name, text) in samples() {
        let (header, rows) = text.split_once('\n').unwrap();
        let delimiter = match kind {
            Kind::Comexstat => ";",
            Kind::LinerlibDemand => "\t",
            _ => ",",
        };
        let names: Vec<&str> = header.split(delimiter).collect();
        let second = names[1].trim_matches('"');
        let with = |names: &[&str]| format!("{}\n{rows}", names.join(delimiter));

        let mut swapped = names.clone();
        swapped.swap(1, 2);
        let says = refused(kind, name, &with(&swapped), None);
        assert!(
            says.contains(&format!("{name}:1, column {second}")),
            "{says}"
        );
        assert!(
            says.contains(&format!("column {second} moved from place 2 to place 3")),
            "{says}"
        );

        let mut renamed = names.clone();
        renamed[1] = "drifted_";
        let says = refused(kind, name, &with(&renamed), None);
        assert!(
            says.contains(&format!("column {second} is missing")),
            "{says}"
        );
        assert!(says.contains("column drifted_ is not known"), "{says}");
    }
}

#[test]
fn vintages_do_not_mix() {
    let says = refused(Kind::Baci, "flows.csv", BACI, None);
    assert!(says.contains("does not tell the vintage"), "{says}");
    let says = refused(Kind::Baci, "BACI_HS17_Y2022.csv", BACI, Some("HS92"));
    assert!(says.contains("HS17") && says.contains("HS92"), "{says}");
    let two = format!(
        "{COMTRADE}{}{}",
        comtrade_row("H5", "1"),
        comtrade_row("H6", "1")
    );
    let says = refused(Kind::Comtrade, "comtrade.csv", &two, None);
    assert!(
        says.contains("comtrade.csv:3, column classificationCode"),
        "{says}"
    );
    let one = format!("{COMTRADE}{}", comtrade_row("H5", "1"));
    refused(Kind::Comtrade, "comtrade.csv", &one, Some("HS22"));
}

#[test]
fn depths_of_zero_and_blank_codes_of_ports_are_unknown_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [("a.csv", WPI.to_owned()), ("b.csv", wpi_numbered())] {
        let report = import_text(&dir, Kind::Wpi, name, text, None).unwrap();
        assert_eq!(report.rows_kept, 1);
        let noted = |tally: &foreland::import::Tally| tally.column.clone();
        let columns: Vec<String> = report.noted.iter().map(noted).collect();
        assert_eq!(columns, ["Channel Depth (m)", "UN/LOCODE"]);
    }
}

#[test]
fn blank_masses_are_kept_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!(
        "{COMTRADE}{}{}",
        comtrade_row("H6", ""),
        comtrade_row("H6", "5")
    );
    let report = import_text(&dir, Kind::Comtrade, "c.csv", text, None).unwrap();
    assert_eq!(report.rows_kept, 2);
    let mass = report
        .noted
        .iter()
        .find(|tally| tally.column == "netWgt")
        .unwrap();
    assert_eq!((mass.rows, mass.first_line), (1, 2));
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let says = refused(Kind::Baci, "a.csv", "", None);
    assert!(says.contains("the file is empty"), "{says}");
    let says = refused(Kind::Baci, "BACI_HS17.csv", "t,i,j,k,v,q\n", None);
    assert!(says.contains("no row"), "{says}");
    let says = refused(
        Kind::Baci,
        "BACI_HS17.csv",
        "t,i,j,k,v,q\n1,2,3,4,5,6\n",
        None,
    );
    assert!(says.contains("none of the 1 rows can be kept"), "{says}");
    let says = refused(Kind::Baci, "BACI_HS17.zip", "PK\u{3}\u{4}rest", None);
    assert!(says.contains("zip"), "{says}");
    let endless = format!("t,i,j,k,v,q\n2022,604,156,\"{}", "x".repeat(3 << 20));
    let says = refused(Kind::Baci, "BACI_HS17.csv", &endless, None);
    assert!(
        says.contains("BACI_HS17.csv:2: a record begins here"),
        "{says}"
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_header() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("\u{feff}{COUNTRIES}");
    import_text(&dir, Kind::Baci, "country_codes.csv", text, None).unwrap();
}

#[test]
fn a_stopped_import_leaves_nothing_and_an_earlier_one_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("Demand_Test.csv");
    fs::write(&file, DEMAND).unwrap();
    let store = dir.path().join("store");
    let stop = AtomicBool::new(true);
    let request = ImportRequest {
        kind: Kind::LinerlibDemand,
        file: &file,
        store: &store,
        hs: None,
        cancel: Some(&stop),
    };
    assert!(matches!(
        import(&request, &|_, _| ()),
        Err(Error::Cancelled)
    ));
    assert!(!store.exists());
    let unstopped = ImportRequest {
        cancel: None,
        ..request
    };
    import(&unstopped, &|_, _| ()).unwrap();
    let table = store.join("linerlib-demand/Demand_Test.parquet");
    let before = fs::read(&table).unwrap();
    assert!(matches!(
        import(&request, &|_, _| ()),
        Err(Error::Cancelled)
    ));
    assert_eq!(before, fs::read(&table).unwrap());
    assert_eq!(entries(&store.join("linerlib-demand")), 2);
}

fn entries(dir: &Path) -> usize {
    fs::read_dir(dir).map_or(0, Iterator::count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever stands below a header, every row is accounted for or the file is refused.
    #[test]
    fn any_bytes_are_accounted_for_or_refused(
        which in 0..10_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        below_header in any::<bool>(),
    ) {
        let (kind, name, text) = samples()[which].clone();
        let mut file = if below_header { text.into_bytes() } else { Vec::new() };
        file.extend(bytes);
        let dir = tempfile::tempdir().unwrap();
        match import_text(&dir, kind, name, &file, None) {
            Ok(report) => assert_adds_up(&report),
            Err(error) => {
                prop_assert_eq!(error.class(), ErrorClass::Input);
                prop_assert!(!dir.path().join("store").exists());
            }
        }
    }
}
