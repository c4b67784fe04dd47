//! `datapackage.json`: the Frictionless Data descriptor of the atlas, derived from the schema.

use serde_json::{Value, json};

use super::schema::{Column, ColumnType};
use super::{Atlas, TableSchema};

/// The descriptor that agrees with the tables' declarations.
pub fn datapackage() -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "foreland-atlas",
        "title": "foreland atlas",
        "description": "Facts about ports, ships, services, corridors, goods and statements; every row with its basis, source and date.",
        "licenses": [{
            "name": "CC0-1.0",
            "title": "Figures are facts quoted with their sources; the compilation is dedicated to the public domain",
        }],
        "resources": Atlas::schema().iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(table: &TableSchema) -> Value {
    json!({
        "name": table.name,
        "path": format!("{}.csv", table.name),
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "description": table.about,
        "schema": { "fields": table.columns.iter().map(field).collect::<Vec<_>>() },
    })
}

fn field(column: &Column) -> Value {
    let mut constraints = serde_json::Map::new();
    if !column.optional {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Some(rule) = column.unit() {
        constraints.insert("minimum".to_owned(), json!(rule.min));
        constraints.insert("maximum".to_owned(), json!(rule.max));
    }
    if let ColumnType::Word(words) = column.kind {
        constraints.insert("enum".to_owned(), json!(words));
    }
    let mut field = json!({
        "name": column.name,
        "type": column.kind.frictionless(),
        "description": column.description,
    });
    if let Some(rule) = column.unit() {
        field["unit"] = json!(rule.unit);
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}
