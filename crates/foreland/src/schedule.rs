//! Liner services by schedules that a user imported.
//!
//! A study names tables of the store in its section `[services]`. Rotation, headway and stays are
//! read off the sailings; ship sizes and speeds that a table does not tell are assumed. What comes of
//! it are rows of the atlas like any other: chains, flows and changes know no difference. Every
//! service says what was derived and what was assumed, and every call that was left out is counted
//! by its reason.

mod dcsa;
mod draft;
mod fit;
mod linerlib;
mod rotation;

use std::borrow::Cow;

use crate::atlas::{Atlas, VesselKind};
use crate::error::Error;
use crate::findings::Warning;
use crate::import::stored::StoredTable;
use crate::import::{Kind, store_beside};
use crate::names::closest;
use crate::param::Params;
use crate::study::{Located, ServicesSpec, Study, StudyFault};
use fit::Fitter;

/// Kinds of tables that hold services.
pub(crate) const KINDS: [Kind; 3] = [
    Kind::DcsaVesselSchedules,
    Kind::DcsaCommercialSchedules,
    Kind::LinerlibServices,
];

impl Atlas {
    /// The atlas with the liner services that a study's section `[services]` names; the atlas
    /// itself if the study has no such section or the services are there already.
    ///
    /// # Errors
    ///
    /// [`Error::Study`] if the store lacks a table or the atlas a vessel class that the section
    /// names, or if no service is left; [`Error::Io`] and [`Error::Input`] if a table cannot be
    /// read.
    pub fn with_services(&self, study: &Study) -> Result<Cow<'_, Atlas>, Error> {
        let Some(spec) = &study.spec.services else {
            return Ok(Cow::Borrowed(self));
        };
        if !self.imported.is_empty() {
            return Ok(Cow::Borrowed(self));
        }
        let tables = named(self, study, spec)?;
        let mut atlas = self.clone();
        if spec.only_imported {
            atlas.services.rows.clear();
            atlas.service_calls.rows.clear();
        }
        let (services, calls) = (atlas.services.rows.len(), atlas.service_calls.rows.len());
        let stated = spec.vessel.as_ref().map(|id| id.get().as_str());
        let mut fitter = Fitter::new(self, stated);
        for table in &tables {
            let found = match table.kind {
                Kind::LinerlibServices => linerlib::drafts(table)?,
                _ => dcsa::drafts(table)?,
            };
            fitter.add(table, found, &mut atlas);
        }
        if atlas.services.rows.is_empty() {
            let fault = study.text.fault(
                spec.tables[0].span(),
                "no service is left: none of the imported ones can be used",
                Some(
                    "`foreland atlas import` says what the tables hold; see docs/import.md".into(),
                ),
            );
            return Err(study.text.error(vec![fault]).into());
        }
        atlas.imported = fitter.said;
        Params::add_services(&mut atlas, services, calls);
        Ok(Cow::Owned(atlas))
    }
}

/// The tables that the section names, in its order.
fn named(atlas: &Atlas, study: &Study, spec: &ServicesSpec) -> Result<Vec<StoredTable>, Error> {
    let text = &study.text;
    let store = store_beside(&atlas.dir);
    let mut faults: Vec<StudyFault> = Vec::new();
    let mut tables: Vec<StoredTable> = Vec::new();
    for name in &spec.tables {
        match StoredTable::named(&store, name.get(), &KINDS) {
            Ok(table) if tables.contains(&table) => faults.push(text.fault(
                name.span(),
                format!("`{}` stands there twice", table.name),
                Some("name each table once".to_owned()),
            )),
            Ok(table) => tables.push(table),
            Err(problem) => {
                faults.push(text.fault(name.span(), problem.message, Some(problem.remedy)));
            }
        }
    }
    if spec.tables.is_empty() {
        faults.push(text.fault(
            0..0,
            "the section [services] names no table",
            Some("name imported schedules in `tables`, or remove the section".to_owned()),
        ));
    }
    faults.extend(
        spec.vessel
            .as_ref()
            .and_then(|id| no_class(atlas, study, id)),
    );
    if faults.is_empty() {
        Ok(tables)
    } else {
        Err(text.error(faults).into())
    }
}

/// What is wrong with the class that a study states.
fn no_class(atlas: &Atlas, study: &Study, id: &Located<String>) -> Option<StudyFault> {
    let classes = atlas.vessels.rows.iter();
    let mut classes = classes.filter(|row| row.kind == VesselKind::Container);
    if classes.clone().any(|row| row.id.as_str() == id.get()) {
        return None;
    }
    let near = closest(id.get(), classes.clone().map(|row| row.id.as_str()), 3);
    let remedy = match (near.as_slice(), classes.next()) {
        ([], Some(first)) => format!(
            "name a container class of vessels.csv, such as {}",
            first.id
        ),
        ([], None) => "vessels.csv has no container class".to_owned(),
        (near, _) => format!("did you mean {}?", near.join(", ")),
    };
    let message = format!("vessels.csv has no container class `{}`", id.get());
    Some(study.text.fault(id.span(), message, Some(remedy)))
}

/// A sentence about a service, or about a call of it.
fn said(code: &str, subject: &str, text: String) -> Warning {
    Warning {
        code: code.to_owned(),
        subject: subject.to_owned(),
        text,
    }
}
