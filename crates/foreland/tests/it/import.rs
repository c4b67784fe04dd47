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

pub const COMTRADE: &str = "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,\
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

const UNLOCODE: &str = "\
,PE,,.PERU,,,,,,,,\n\
,PE,CLL,Callao,Callao,,12345---,AI,0901,,1203S 07708W,\n\
+,PE,CHY,Chancay,Chancay,LIM,1-------,RL,2401,,,\n";

const PLACES: &str = "portid,portname,country,ISO3,continent,fullname,lat,lon,vessel_count_total,\
vessel_count_container,vessel_count_dry_bulk,vessel_count_general_cargo,vessel_count_RoRo,\
vessel_count_tanker,industry_top1,industry_top2,industry_top3,share_country_maritime_import,\
share_country_maritime_export,LOCODE,pageid,countrynoaccents,ObjectId\n\
port1,Test,Peru,PER,South America,Test,-12.05,-77.13,10,4,3,2,0,1,Ore,,,0.5,0.4,PE CLL,p,Peru,1\n";

const DISRUPTIONS: &str = "eventid,eventtype,eventname,htmlname,htmldescription,alertlevel,country,\
fromdate,year,todate,severitytext,lat,long,editdate,affectedports,n_affectedports,\
affectedpopulation,pageid,ObjectId\n\
e1,TC,Test,,,RED,Peru,1714521600000,2024,,,-12,-77,2024-05-02,port1; port2,2,,,1\n";

const LINER_PORTS: &str = "UNLocode\tname\tCountry\tCabotage_Region\tD_Region\tLongitude\tLatitude\t\
Draft\tCostPerFULL\tCostPerFULLTrnsf\tPortCallCostFixed\tPortCallCostPerFFE\n\
PECLL\tCallao\tPeru\tPeru\tSA\t-77.1\t-12\t14\t100\t50\t9000\t5\n\
PEXXX\tUnused\tPeru\tPeru\tSA\t\t\t\t\t\t\t\n";

const FLEET: &str = "Vessel class\tCapacity FFE\tTC rate daily (fixed Cost)\tdraft\tminSpeed\tmaxSpeed\t\
designSpeed\tBunker ton per day at designSpeed\tIdle Consumption ton/day\tpanamaFee\tsuezFee\n\
Test_800\t800\t8000\t9.5\t10\t17\t14\t23\t2\t100000\t200000\n";

const QUANTITIES: &str = "Vessel class\tQuantity\nTest_800\t4\n";

const DISTANCES: &str = "fromUNLOCODe\tToUNLOCODE\tDistance\tDraft\tIsPanama\tIsSuez\n\
PECLL\tCNSHA\t9000\t\t0\t0\nPECLL\tNLRTM\t6000\t12\t1\t0\n";

const VESSEL_SCHEDULES: &str = include_str!("../data/import/vessel-schedules.json");
const COMMERCIAL: &str = include_str!("../data/import/point-to-point.json");

/// A file of each kind that has a header: name and text.
fn samples() -> Vec<(Kind, &'static str, String)> {
    let mut samples = trade_samples().to_vec();
    for (kind, name, text) in [
        (Kind::PortwatchPlaces, "places.csv", PLACES),
        (Kind::PortwatchDisruptions, "disruptions.csv", DISRUPTIONS),
        (Kind::LinerlibPorts, "ports.csv", LINER_PORTS),
        (Kind::LinerlibFleet, "fleet_data.csv", FLEET),
        (Kind::LinerlibDistances, "dist_dense.csv", DISTANCES),
    ] {
        samples.push((kind, name, text.to_owned()));
    }
    samples
}

/// Files without a header.
fn headless() -> Vec<(Kind, &'static str, String)> {
    [
        (
            Kind::Unlocode,
            "2024-1 UNLOCODE CodeListPart1.csv",
            UNLOCODE,
        ),
        (Kind::DcsaVesselSchedules, "services.json", VESSEL_SCHEDULES),
        (Kind::DcsaCommercialSchedules, "routes.json", COMMERCIAL),
    ]
    .map(|(kind, name, text)| (kind, name, text.to_owned()))
    .to_vec()
}

fn trade_samples() -> [(Kind, &'static str, String); 10] {
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
    let mut all = samples();
    all.extend(headless());
    all.push((Kind::LinerlibFleet, "fleet_Test.csv", QUANTITIES.to_owned()));
    for (kind, name, text) in all {
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
            Kind::LinerlibDemand
            | Kind::LinerlibPorts
            | Kind::LinerlibFleet
            | Kind::LinerlibDistances => "\t",
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
fn locations_come_in_two_orders_with_or_without_header_in_two_alphabets() {
    let dir = tempfile::tempdir().unwrap();
    let header = "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,\
                  IATA,Coordinates,Remarks\n";
    let swapped = UNLOCODE
        .replace("12345---,AI", "AI,12345---")
        .replace("1-------,RL", "RL,1-------");
    for (text, variant) in [
        (UNLOCODE.to_owned(), "function-first"),
        (swapped.clone(), "status-first"),
        (format!("{header}{swapped}"), "status-first"),
    ] {
        let report = import_text(&dir, Kind::Unlocode, "list.csv", text, None).unwrap();
        assert_adds_up(&report);
        assert_eq!(report.variant, variant);
        assert_eq!((report.rows_read, report.rows_kept), (3, 2));
        assert_eq!(report.rejected[0].column, "Location");
        assert_eq!(report.noted[0].column, "Coordinates");
    }
    let latin = UNLOCODE.replace("Chancay,Chancay", "Ch\u{e1}ncay,Chancay");
    let latin: Vec<u8> = latin
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let report = import_text(&dir, Kind::Unlocode, "latin.csv", latin, None).unwrap();
    let noted: Vec<&str> = report.noted.iter().map(|t| t.reason.as_str()).collect();
    assert_eq!(
        noted,
        ["blank; kept as unknown", "not UTF-8; read as Latin-1"]
    );
}

#[test]
fn a_list_of_locations_with_moved_columns_is_refused_by_name() {
    let moved = UNLOCODE
        .replace(",PE,CLL,", ",CLL,PE,")
        .replace(",PE,CHY,", ",CHY,PE,");
    let says = refused(Kind::Unlocode, "list.csv", &moved, None);
    assert!(
        says.contains("column Country") || says.contains("column Location"),
        "{says}"
    );
    let says = refused(
        Kind::Unlocode,
        "list.csv",
        &UNLOCODE.replace(",1", ",X,1"),
        None,
    );
    assert!(says.contains("column"), "{says}");
}

#[test]
fn schedules_become_calls_and_every_call_is_accounted_for() {
    let dir = tempfile::tempdir().unwrap();
    let text = VESSEL_SCHEDULES.to_owned();
    let report = import_text(&dir, Kind::DcsaVesselSchedules, "s.json", text, None).unwrap();
    assert_adds_up(&report);
    // One call is left out by the carrier, one has no port.
    assert_eq!((report.rows_read, report.rows_kept), (9, 7));
    let rejected: Vec<&str> = report.rejected.iter().map(|t| t.column.as_str()).collect();
    assert_eq!(rejected, ["port"]);
    let text = COMMERCIAL.to_owned();
    let report = import_text(&dir, Kind::DcsaCommercialSchedules, "p.json", text, None).unwrap();
    assert_adds_up(&report);
    // Two legs by ship; the truck is no ship.
    assert_eq!((report.rows_read, report.rows_kept), (4, 4));
}

#[test]
fn schedules_of_another_shape_are_refused_by_field_and_line() {
    let says = refused(Kind::DcsaVesselSchedules, "p.json", COMMERCIAL, None);
    assert!(says.contains("field vesselSchedules is missing"), "{says}");
    let says = refused(
        Kind::DcsaCommercialSchedules,
        "s.json",
        VESSEL_SCHEDULES,
        None,
    );
    assert!(says.contains("field legs is missing"), "{says}");
    let renamed = VESSEL_SCHEDULES.replacen("transportCalls", "calls", 1);
    let says = refused(Kind::DcsaVesselSchedules, "s.json", &renamed, None);
    assert!(says.contains("transportCalls"), "{says}");
    for (text, why) in [
        ("[", "not closed"),
        ("[{\"vesselSchedules\": [", "not closed"),
        ("\n\nservice", "s.json:3"),
        ("", "empty"),
        ("[]", "empty"),
    ] {
        let says = refused(Kind::DcsaVesselSchedules, "s.json", text, None);
        assert!(says.contains(why), "{text}: {says}");
    }
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
        which in 0..18_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        below_header in any::<bool>(),
    ) {
        let mut all = samples();
        all.extend(headless());
        let (kind, name, text) = all[which].clone();
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
