use maud::html;

use super::{Frame, error};
use crate::{
    http::{Answer, Request},
    page::{language::Language, stop::Stop},
};

/// The page that says why it goes no further. What a GET came to can be shown again in another language.
pub(in crate::page) fn stopped(request: &Request<'_>, status: u16, stop: Stop) -> Answer {
    let texts = Language::of(request).texts();
    let main = html! {
        h1 { (texts.stopped) }
        (error(&(texts.stop)(stop)))
    };
    let pairs: Vec<&str> = request.query().split('&').filter(|pair| !pair.starts_with("lang=")).collect();
    let address = format!("?{}", pairs.join("&"));
    let address = (request.method == "GET").then_some(address.as_str());
    Frame { address, ..Frame::new(request, texts.stopped) }.page(status, &main)
}
