//! HTML and SVG as a tree of elements, escaped on the way out.
//!
//! What is written is HTML that is well-formed XML as well, so that any parser can check it.

/// One element with its attributes and children, in order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Element(Element),
    Text(String),
    /// Our own style sheet: the one text that HTML does not unescape.
    Style(&'static str),
    /// JSON in which no character means anything to HTML or XML.
    Data(String),
}

/// Elements that HTML knows to be empty.
const VOID: [&str; 4] = ["meta", "br", "hr", "col"];
/// Elements of SVG that hold nothing here.
const SHAPES: [&str; 5] = ["rect", "line", "circle", "path", "use"];

/// A new element.
pub(crate) fn el(name: &'static str) -> Element {
    Element {
        name,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

impl Element {
    /// With an attribute; any text may be its value.
    pub(crate) fn attr(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// With a class, beside those that it has.
    pub(crate) fn class(mut self, class: impl ToString) -> Self {
        match self
            .attributes
            .iter_mut()
            .find(|(name, _)| *name == "class")
        {
            Some((_, classes)) => {
                classes.push(' ');
                classes.push_str(&class.to_string());
                self
            }
            None => self.attr("class", class),
        }
    }

    /// With a text at its end.
    pub(crate) fn text(mut self, text: impl ToString) -> Self {
        self.children.push(Node::Text(text.to_string()));
        self
    }

    /// With a child at its end.
    pub(crate) fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With a child at its end, if there is one.
    pub(crate) fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With children at its end.
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    /// With a style sheet as its content.
    pub(crate) fn style(mut self, sheet: &'static str) -> Self {
        self.children.push(Node::Style(sheet));
        self
    }

    /// With data as its content, for programs that read the page.
    pub(crate) fn data(mut self, value: &serde_json::Value) -> Self {
        let mut json = String::new();
        for c in value.to_string().chars() {
            match c {
                '<' | '>' | '&' => json.push_str(&format!("\\u{:04x}", u32::from(c))),
                '\u{fffe}' | '\u{ffff}' => json.push(char::REPLACEMENT_CHARACTER),
                c => json.push(c),
            }
        }
        self.children.push(Node::Data(json));
        self
    }

    /// Writes the element and all below it.
    pub(crate) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        if VOID.contains(&self.name) || (SHAPES.contains(&self.name) && self.children.is_empty()) {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(out),
                Node::Text(text) => escape(text, out),
                Node::Style(sheet) => out.push_str(sheet),
                Node::Data(json) => out.push_str(json),
            }
        }
        out.push_str("</");
        out.push_str(self.name);
        out.push('>');
        if is_block(self.name) {
            out.push('\n');
        }
    }
}

/// Elements after which a line ends, so that the file can be read and compared.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "style"
            | "title"
            | "header"
            | "nav"
            | "main"
            | "section"
            | "article"
            | "footer"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "p"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "tr"
            | "thead"
            | "tbody"
            | "figure"
            | "svg"
            | "div"
            | "details"
            | "dl"
    )
}

/// Text as it may stand between tags and in quoted attribute values. Characters that neither
/// HTML nor XML allows are replaced.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::el;

    fn written(element: super::Element) -> String {
        let mut out = String::new();
        element.write(&mut out);
        out
    }

    #[test]
    fn texts_and_attributes_are_escaped() {
        let hostile = "<script>alert('1')</script> & \"quotes\"";
        let out = written(el("span").attr("title", hostile).text(hostile));
        assert_eq!(
            out,
            "<span title=\"&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; \
             &quot;quotes&quot;\">&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; \
             &quot;quotes&quot;</span>"
        );
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(
            written(el("b").text("a\u{0}\u{1b}b")),
            "<b>a\u{fffd}\u{fffd}b</b>"
        );
    }

    #[test]
    fn empty_elements_close_themselves_only_where_html_agrees() {
        assert_eq!(written(el("br")), "<br/>");
        assert_eq!(written(el("td")), "<td></td>");
        assert_eq!(written(el("rect").attr("x", 1)), "<rect x=\"1\"/>");
    }
}
