//! The options of the service choice, rendered once per MPP: for hundreds of services the bulk of a page.

use std::collections::HashMap;
use std::fmt::Write;

use askama::filters::{Html, escape};

use crate::app::directory::{Mpp, Service};

/// `<optgroup>`s and `<option>`s of an MPP's services, ready to have one of them selected.
#[derive(Debug, Default)]
pub(in crate::web) struct ServiceList {
    html: String,
    /// Where ` selected` goes for each code.
    places: HashMap<String, usize>,
}

const SELECTED: &str = " selected";

impl ServiceList {
    /// Renders the services of an MPP by agency.
    pub fn of(mpp: &Mpp) -> Self {
        let mut list = Self::default();
        for agency in mpp.agencies() {
            list.open_group(&agency.name);
            agency.services.iter().for_each(|service| list.push(service));
            list.html.push_str("</optgroup>");
        }
        list
    }

    /// The options with one selected, if there is such a code.
    pub fn with_selected(&self, code: Option<&str>) -> String {
        let Some(place) = code.and_then(|code| self.places.get(code)) else { return self.html.clone() };
        let mut html = String::with_capacity(self.html.len() + SELECTED.len());
        html.push_str(&self.html[..*place]);
        html.push_str(SELECTED);
        html.push_str(&self.html[*place..]);
        html
    }

    /// A group of its own, for the services of one counter or agency, to stand before all others.
    pub fn group<'a>(label: &str, services: impl Iterator<Item = &'a Service>) -> Self {
        let mut list = Self::default();
        for service in services {
            if list.html.is_empty() {
                list.open_group(label);
            }
            list.push(service);
        }
        if !list.html.is_empty() {
            list.html.push_str("</optgroup>");
        }
        list
    }

    /// Whether a code is among the options.
    pub fn contains(&self, code: &str) -> bool {
        self.places.contains_key(code)
    }

    fn open_group(&mut self, label: &str) {
        let _ = write!(self.html, "<optgroup label=\"{}\">", escaped(label));
    }

    fn push(&mut self, service: &Service) {
        let _ = write!(self.html, "<option value=\"{}\"", escaped(&service.code));
        self.places.insert(service.code.clone(), self.html.len());
        // The end tag of an option may be left out. The page's script knows free services by the mark.
        let mark = if service.free == Some(true) { " data-f" } else { "" };
        let _ = write!(self.html, "{mark}>{}", escaped(&service.name));
    }
}

/// Text as it stands in HTML.
pub(super) fn escaped(text: &str) -> String {
    escape(text, Html).map(|safe| safe.to_string()).unwrap_or_default()
}
