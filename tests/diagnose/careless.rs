//! A client that signs by hand and can make every mistake of the catalogue, written plainly after the documents and
//! without a line of the core's signing.

use tuya_auth::sign::diagnose::Mistake;

/// A small generator of random numbers (`SplitMix64`), so that native and browser runs see the same requests.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let at = self.below(items.len() as u64);
        &items[usize::try_from(at).unwrap()]
    }

    fn word(&mut self, length: u64) -> String {
        (0..length).map(|_| *self.pick(b"abcdefghijklmnopqrstuvwxyz0123456789") as char).collect()
    }
}

/// A query's value as the program holds it.
#[derive(Debug, Clone)]
pub enum Meaning {
    Text(String),
    /// Sent as an empty string.
    Null,
    /// Sent joined by commas.
    List(Vec<String>),
}

/// One request, and how this client would make each mistake on it.
#[derive(Debug, Clone)]
pub struct Careless {
    pub client_id: String,
    pub secret: String,
    pub other_secret: String,
    pub method: String,
    pub base: String,
    pub path: String,
    pub query: Vec<(String, Meaning)>,
    pub signed_headers: Vec<(String, String)>,
    pub body: String,
    pub form: bool,
    pub token: String,
    pub token_call: bool,
    pub nonce: String,
    pub nonce_sent: bool,
    pub t: String,
    pub late: i64,
    pub blank: (&'static str, &'static str),
    pub style: u64,
}

impl Careless {
    pub fn new(random: &mut Random) -> Self {
        let token_call = random.chance(25);
        let form = random.chance(15);
        let texts = ["1", "a b", "x+y", "é", "a&b=c", "中文", "-._~", "a/b?c", "😀"];
        let mut keys = vec!["z", "b", "a", "page_no", "k é", "B"];
        let mut query = Vec::new();
        for _ in 0..random.below(5) {
            let key = keys.remove(usize::try_from(random.below(keys.len() as u64)).unwrap()).to_owned();
            let value = match random.below(6) {
                0 => Meaning::Null,
                1 => Meaning::List(vec![random.word(3), random.word(2)]),
                _ => Meaning::Text((*random.pick(&texts)).to_owned()),
            };
            query.push((key, value));
        }
        let json = "{\"name\":\"caf\u{e9}\",\"list\":[1,{\"b\":true,\"a\":null}]}";
        let body = match random.below(4) {
            _ if form => "m=1&c=2".to_owned(),
            0 | 1 => String::new(),
            2 => json.to_owned(),
            _ => "{}".to_owned(),
        };
        let signed_headers =
            [("area_id", random.word(8)), ("call_id", random.word(4))].map(|(name, value)| (name.to_owned(), value));
        let signed_headers = signed_headers.into_iter().take(usize::try_from(random.below(3)).unwrap()).collect();
        let path = if token_call {
            "/v1.0/token".to_owned()
        } else {
            (*random.pick(&["/v1.0/devices/a1", "/v2.0/x/%E4%B8%AD", "/v1.0/a%20b"])).to_owned()
        };
        Self {
            client_id: random.word(20),
            secret: random.word(32),
            other_secret: random.word(32),
            method: (*random.pick(&["GET", "POST", "PUT", "DELETE"])).to_owned(),
            base: (*random.pick(&["", "", "/base"])).to_owned(),
            path,
            query,
            signed_headers,
            body,
            form,
            token: random.word(32),
            token_call,
            nonce: random.word(32),
            nonce_sent: random.chance(60),
            t: format!("17{:011}", random.below(100_000_000_000)),
            late: i64::try_from(1 + random.below(20)).unwrap() * if random.chance(50) { 1 } else { -1 },
            blank: *random.pick(&[("", "\n"), ("", " "), (" ", ""), ("", "\r\n"), ("", "\t")]),
            style: random.below(8),
        }
    }

    fn encode(text: &str) -> String {
        let escaped = |byte: u8| {
            let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        };
        text.bytes().map(escaped).collect::<Vec<_>>().concat()
    }

    /// What stands in the URL.
    pub fn target(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(key, value)| {
                let value = match value {
                    Meaning::Text(text) => text.clone(),
                    Meaning::Null => String::new(),
                    Meaning::List(items) => items.join(","),
                };
                format!("{}={}", Self::encode(key), Self::encode(&value))
            })
            .collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{}", self.base, self.path, pairs.join("&"))
    }

    /// What stands in the headers; the sign is given apart.
    pub fn headers(&self) -> Vec<(String, String)> {
        let names: Vec<&str> = self.signed_headers.iter().map(|(name, _)| name.as_str()).collect();
        let mut headers = vec![
            ("t".to_owned(), self.t.clone()),
            ("access_token".to_owned(), self.token.clone()),
            ("Signature-Headers".to_owned(), names.join(":")),
        ];
        if self.nonce_sent {
            headers.push(("nonce".to_owned(), self.nonce.clone()));
        }
        if self.form {
            headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        }
        headers.extend(self.signed_headers.iter().cloned());
        headers
    }

    /// Nulls and lists, as a caller can tell them.
    pub fn meant(&self) -> Vec<(String, Option<String>)> {
        let mut meant = Vec::new();
        for (key, value) in &self.query {
            match value {
                Meaning::Text(_) => {}
                Meaning::Null => meant.push((key.clone(), None)),
                Meaning::List(items) => meant.extend(items.iter().map(|item| (key.clone(), Some(item.clone())))),
            }
        }
        meant
    }

    /// Key and string, with these mistakes made.
    pub fn signed(&self, mistakes: &[Mistake], sha256: impl Fn(&[u8]) -> String) -> (String, String) {
        let made = |mistake| mistakes.contains(&mistake);
        let blank = |text: &str| format!("{}{text}{}", self.blank.0, self.blank.1);
        let mut key = if made(Mistake::OtherSecret) { self.other_secret.clone() } else { self.secret.clone() };
        if made(Mistake::WhitespaceAroundSecret) {
            key = blank(&key);
        }
        let mut text = self.client_id.clone();
        if made(Mistake::WhitespaceAroundClientId) {
            text = blank(&text);
        }
        let signs_token = if self.token_call { made(Mistake::TokenOnTokenCall) } else { !made(Mistake::TokenLeftOut) };
        if signs_token {
            text += &self.token;
        }
        text += &self.time(mistakes);
        if made(Mistake::LegacyAlgorithm) {
            return (key, text);
        }
        let signs_nonce = if self.nonce_sent { !made(Mistake::NonceNotSigned) } else { made(Mistake::NonceNotSent) };
        if signs_nonce {
            text += &self.nonce;
        }
        let method = if made(Mistake::LowerCaseMethod) { self.method.to_lowercase() } else { self.method.clone() };
        let lines = self.header_lines(mistakes);
        let (content, url) = (sha256(&self.content(mistakes)), self.url(mistakes));
        (key, format!("{text}{method}\n{content}\n{lines}\n{url}"))
    }

    fn time(&self, mistakes: &[Mistake]) -> String {
        if mistakes.contains(&Mistake::TimeInSeconds) {
            return self.t[..10].to_owned();
        }
        if mistakes.contains(&Mistake::TimeComputedTwice) {
            return (self.t.parse::<i64>().unwrap() + self.late).to_string();
        }
        self.t.clone()
    }

    fn header_lines(&self, mistakes: &[Mistake]) -> String {
        if mistakes.contains(&Mistake::HeadersNotSigned) {
            return String::new();
        }
        let lines: Vec<String> = self.signed_headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let lines = lines.concat();
        if mistakes.contains(&Mistake::HeadersWithoutLastNewline) {
            return lines.trim_end_matches('\n').to_owned();
        }
        lines
    }

    fn content(&self, mistakes: &[Mistake]) -> Vec<u8> {
        let made = |mistake| mistakes.contains(&mistake);
        if self.form {
            return if made(Mistake::FormHashed) { self.body.clone().into_bytes() } else { Vec::new() };
        }
        if self.body.is_empty() {
            return if made(Mistake::EmptyObjectSigned) { b"{}".to_vec() } else { Vec::new() };
        }
        if made(Mistake::EmptyBodySigned) {
            return Vec::new();
        }
        if made(Mistake::BodyReserialized) && self.body.len() > 2 {
            let spaced = r#"{"name": "café", "list": [1, {"b": true, "a": null}]}"#;
            let sorted = r#"{"list":[1,{"a":null,"b":true}],"name":"café"}"#;
            let python = r#"{"name": "caf\u00e9", "list": [1, {"b": true, "a": null}]}"#;
            let all = r#"{"list": [1, {"a": null, "b": true}], "name": "caf\u00e9"}"#;
            let forms = [spaced, sorted, python, all];
            return forms[usize::try_from(self.style % 4).unwrap()].as_bytes().to_vec();
        }
        self.body.clone().into_bytes()
    }

    fn url(&self, mistakes: &[Mistake]) -> String {
        let made = |mistake| mistakes.contains(&mistake);
        let base = if made(Mistake::BasePathSigned) { self.base.as_str() } else { "" };
        let path = if made(Mistake::PathDecoded) {
            self.path.replace("%20", " ").replace("%E4%B8%AD", "中")
        } else {
            self.path.clone()
        };
        if made(Mistake::QueryLeftOut) {
            return format!("{base}{path}");
        }
        let form_joined = !made(Mistake::FormHashed) || self.style.is_multiple_of(2);
        let mut pairs = self.pairs(made(Mistake::NullValue), made(Mistake::ListValue), form_joined);
        if !made(Mistake::QueryUnsorted) {
            pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        let encode = |text: &str| if made(Mistake::QueryEncoded) { Self::encode(text) } else { text.to_owned() };
        let pairs: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{base}{path}{mark}{}", pairs.join("&"))
    }

    /// The query's pairs and the form's, in the order of the URL.
    fn pairs(&self, null_mistaken: bool, list_mistaken: bool, form_joined: bool) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for (key, value) in &self.query {
            match value {
                Meaning::Text(text) => pairs.push((key.clone(), text.clone())),
                Meaning::Null if null_mistaken => match self.style % 4 {
                    0 => pairs.push((key.clone(), "null".to_owned())),
                    1 => pairs.push((key.clone(), "undefined".to_owned())),
                    2 => pairs.push((key.clone(), "None".to_owned())),
                    _ => {}
                },
                Meaning::Null => pairs.push((key.clone(), String::new())),
                Meaning::List(items) if list_mistaken => match self.style % 4 {
                    0 => pairs.push((key.clone(), format!("['{}']", items.join("', '")))),
                    1 => pairs.push((key.clone(), format!("[\"{}\"]", items.join("\",\"")))),
                    2 => pairs.extend(items.iter().map(|item| (key.clone(), item.clone()))),
                    _ => {
                        pairs.extend(items.iter().enumerate().map(|(at, item)| (format!("{key}[{at}]"), item.clone())));
                    }
                },
                Meaning::List(items) => pairs.push((key.clone(), items.join(","))),
            }
        }
        if self.form && form_joined {
            pairs.extend([("m".to_owned(), "1".to_owned()), ("c".to_owned(), "2".to_owned())]);
        }
        pairs
    }
}
