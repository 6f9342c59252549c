//! In which language the pages speak.

use super::texts::{self, Texts};
use crate::http::{Parameters, Request};

/// Where a choice is remembered.
const COOKIE: &str = "tuya_lang";
/// For how long, in seconds: a year.
const LIFE: u32 = 31_536_000;

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    pub(super) const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// What `lang` of the query and the cookie say.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// What it is called in itself.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
        }
    }

    /// Its sentences.
    pub(super) const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &texts::ENGLISH,
            Self::Chinese => &texts::CHINESE,
        }
    }

    /// The language of a request: what was chosen now, else before, else what the browser prefers, else English.
    pub(super) fn of(request: &Request<'_>) -> Self {
        chosen(request)
            .or_else(|| request.cookie(COOKIE).and_then(from_code))
            .or_else(|| preferred(request.header("accept-language")?))
            .unwrap_or(Self::English)
    }

    /// The `set-cookie` that remembers what the request chooses.
    pub(super) fn to_remember(request: &Request<'_>) -> Option<String> {
        let code = chosen(request)?.code();
        Some(format!("{COOKIE}={code}; Path=/; Max-Age={LIFE}; HttpOnly; SameSite=Lax"))
    }
}

fn from_code(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == code)
}

fn chosen(request: &Request<'_>) -> Option<Language> {
    from_code(Parameters::parse(request.query())?.get("lang")?)
}

/// The first of the pages' languages among those that `Accept-Language` weighs highest (RFC 9110 section 12.5.4).
/// Every kind of Chinese is Chinese. A weight that cannot be read counts as none.
fn preferred(header: &str) -> Option<Language> {
    let mut best: Option<(Language, u16)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let Some(language) = from_code(&primary) else { continue };
        let weight = match parts.next() {
            None => 1000,
            Some(weight) => thousandths(weight).unwrap_or(0),
        };
        if weight > best.map_or(0, |(_, weight)| weight) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

/// A weight such as `q=0.8`, in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let value = weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if !matches!(whole, "0" | "1") || decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{whole}{decimals:0<3}").parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::Language::{Chinese, English};
    use super::preferred;

    #[test]
    fn the_highest_weight_wins_and_the_first_of_equals() {
        for (header, language) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Chinese)),
            ("en;q=0.8, zh-Hant-TW;q=0.9", Some(Chinese)),
            ("en-US", Some(English)),
            ("EN, ZH", Some(English)),
            ("de, zh;q=0.3, en;q=0.2", Some(Chinese)),
            ("zh;q=0, en;q=0.001", Some(English)),
            ("zh;q=1.000,en", Some(Chinese)),
            ("zh;q=0", None),
            ("de, *;q=0.5", None),
            ("zh;q=1.5, en;q=0.1", Some(English)),
            ("zh;q=, en;q=abc", None),
            ("", None),
        ] {
            assert_eq!(preferred(header), language, "{header}");
        }
    }
}
