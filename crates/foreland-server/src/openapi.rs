//! The description of the API: OpenAPI 3.1 from the code, and the same as a page.

use std::fmt::Write as _;
use std::sync::OnceLock;

use serde_json::Value;
use utoipa::OpenApi;

use crate::router;

/// What does not belong to a single address.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "foreland",
        description = "What happens to the movement of goods when something changes: sea routes, \
                       matrices, studies and their runs. Errors are problem documents (RFC 9457) \
                       with a stable code and a remedy.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    tags(
        (name = "about", description = "The server"),
        (name = "sea", description = "Ports, passages, ships and the ways between places"),
        (name = "studies", description = "Questions and what a run of them finds"),
        (name = "jobs", description = "Runs of studies"),
    ),
)]
pub struct Frame;

/// The document.
fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let (_, api) = router::addresses().split_for_parts();
        serde_json::to_value(api).unwrap_or_default()
    })
}

/// The document as text.
pub fn json() -> String {
    document().to_string()
}

/// The document as a page that loads nothing.
pub fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(|| rendered(document()))
}

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>foreland: the API</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
code { font-family: ui-monospace, monospace; }
section { border-top: 1px solid; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
</style>
</head>
<body>
";

fn rendered(document: &Value) -> String {
    let mut page = String::from(HEAD);
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    let info = &document["info"];
    // Writing into a String cannot fail.
    let _ = write!(
        page,
        "<h1>{}</h1>\n<p>{}</p>\n<p>As a document for programs: \
         <a href=\"openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>\n",
        text(&info["title"]),
        text(&info["description"])
    );
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let _ = write!(
                page,
                "<section>\n<h2><code>{} {}</code></h2>\n<p>{}</p>\n<p>{}</p>\n",
                method.to_uppercase(),
                escaped(path),
                text(&operation["summary"]),
                text(&operation["description"]),
            );
            parameters(&mut page, &operation["parameters"]);
            responses(&mut page, &operation["responses"]);
            page.push_str("</section>\n");
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn parameters(page: &mut String, list: &Value) {
    let Some(list) = list.as_array().filter(|list| !list.is_empty()) else {
        return;
    };
    page.push_str("<table>\n<tr><th>Parameter</th><th>Where</th><th>What</th></tr>\n");
    for parameter in list {
        let text = |name: &str| escaped(parameter[name].as_str().unwrap_or_default());
        let needed = if parameter["required"] == true {
            ", needed"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "<tr><td><code>{}</code></td><td>{}{needed}</td><td>{}</td></tr>",
            text("name"),
            text("in"),
            text("description"),
        );
    }
    page.push_str("</table>\n");
}

fn responses(page: &mut String, map: &Value) {
    page.push_str("<table>\n<tr><th>Status</th><th>Media types</th><th>What</th></tr>\n");
    for (status, response) in map.as_object().into_iter().flatten() {
        let types: Vec<&str> = response["content"]
            .as_object()
            .into_iter()
            .flat_map(|types| types.keys())
            .map(String::as_str)
            .collect();
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(status),
            escaped(&types.join(", ")),
            escaped(response["description"].as_str().unwrap_or_default()),
        );
    }
    page.push_str("</table>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
