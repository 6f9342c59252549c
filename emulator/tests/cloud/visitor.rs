//! A person with a browser on the console's pages: keeps the cookie, follows links, and fills in the forms that a page
//! has, with the fields that it has.

use tuya_auth::encoding::encode_component;
use tuya_auth_emulator::Answer;

use crate::browser::header_of;
use crate::local::{Local, header};

#[derive(Clone, Default)]
pub struct Visitor {
    pub cookie: Option<String>,
}

/// A page that was shown.
pub struct Page {
    pub status: u16,
    /// The address that it was shown at.
    pub target: String,
    pub body: String,
    pub answer: Answer,
}

/// A form, with what is filled in.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
    /// Boxes that are not ticked.
    unticked: Vec<String>,
}

impl Visitor {
    /// Opens a page, and follows redirects.
    pub fn open(&mut self, local: &mut Local, target: &str) -> Page {
        let answer = local.send("GET", target, &self.headers(), b"");
        self.shown(local, target, answer)
    }

    /// Sends a form as the browser does, and follows redirects.
    pub fn send(&mut self, local: &mut Local, form: &Form) -> Page {
        let answer = self.post(local, form, &[header("origin", "http://localhost:8787")]);
        self.shown(local, &form.action, answer)
    }

    /// Sends a form with these header fields too, and follows nothing.
    pub fn post(&mut self, local: &mut Local, form: &Form, more: &[(String, String)]) -> Answer {
        let pairs: Vec<String> = form
            .fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode_component(name), encode_component(value)))
            .collect();
        let mut headers = self.headers();
        headers.push(header("content-type", "application/x-www-form-urlencoded"));
        headers.extend_from_slice(more);
        local.send("POST", &form.action, &headers, pairs.join("&").as_bytes())
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.cookie.iter().map(|cookie| header("cookie", cookie)).collect()
    }

    fn shown(&mut self, local: &mut Local, target: &str, answer: Answer) -> Page {
        if let Some(set_cookie) = header_of(&answer, "set-cookie") {
            self.cookie = set_cookie.split(';').next().map(str::to_owned);
        }
        match header_of(&answer, "location") {
            Some(location) => {
                assert_eq!(answer.status, 303);
                self.open(local, &location)
            }
            None => Page { status: answer.status, target: target.to_owned(), body: answer.body.clone(), answer },
        }
    }
}

impl Page {
    /// The forms that are sent to that address.
    pub fn forms(&self, action: &str) -> Vec<Form> {
        let found = self.body.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap());
        found.map(Form::parse).filter(|form| form.action == action).collect()
    }

    /// The only form that is sent to that address.
    pub fn form(&self, action: &str) -> Form {
        let forms = self.forms(action);
        assert_eq!(forms.len(), 1, "forms to {action} on {}:\n{}", self.target, self.body);
        forms.into_iter().next().unwrap()
    }

    /// The address behind the only link with that text.
    pub fn link(&self, text: &str) -> String {
        let links = self.body.split("<a ").skip(1).map(|rest| rest.split("</a>").next().unwrap());
        let found: Vec<&str> = links.filter(|link| plain(link.split_once('>').unwrap().1) == text).collect();
        assert_eq!(found.len(), 1, "links {text:?} on {}:\n{}", self.target, self.body);
        attribute(found[0], "href").unwrap()
    }

    /// What the element with that id shows.
    pub fn shown(&self, id: &str) -> String {
        let start = format!("id=\"{id}\"");
        let rest = self.body.split_once(&start).unwrap_or_else(|| panic!("no {id} in {}", self.body)).1;
        plain(rest.split_once('>').unwrap().1.split("</").next().unwrap())
    }

    /// The ids of elements that begin so, and the rest of each.
    pub fn ids(&self, start: &str) -> Vec<String> {
        let start = format!("id=\"{start}");
        self.body.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }
}

impl Form {
    fn parse(html: &str) -> Self {
        let (head, inside) = html.split_once('>').unwrap();
        let mut form = Self { action: attribute(head, "action").unwrap(), fields: Vec::new(), unticked: Vec::new() };
        for tag in inside.split('<').skip(1) {
            let Some(name) = attribute(tag, "name") else { continue };
            let value = attribute(tag, "value").unwrap_or_default();
            let is_box = attribute(tag, "type").as_deref() == Some("checkbox");
            if tag.starts_with("select") {
                form.fields.push((name, chosen(inside.split_once(tag).unwrap().1)));
            } else if is_box && !tag.split_once('>').unwrap().0.contains(" checked") {
                form.unticked.push(name);
            } else if tag.starts_with("textarea") {
                let text = unescaped(tag.split_once('>').unwrap().1);
                form.fields.push((name, text.strip_prefix('\n').unwrap_or(&text).to_owned()));
            } else if !tag.starts_with("button") {
                form.fields.push((name, value));
            }
        }
        form
    }

    /// The same form with that typed or chosen in one of its fields.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(own, _)| own == name);
        value.clone_into(&mut field.unwrap_or_else(|| panic!("no field {name}")).1);
        self
    }

    /// The same form with that box ticked, or no longer ticked.
    pub fn ticked(mut self, name: &str, on: bool) -> Self {
        let known = self.unticked.iter().chain(self.fields.iter().map(|(own, _)| own)).any(|own| own == name);
        assert!(known, "no box {name}");
        self.fields.retain(|(own, _)| own != name);
        self.unticked.retain(|own| own != name);
        if on {
            self.fields.push((name.to_owned(), "on".to_owned()));
        } else {
            self.unticked.push(name.to_owned());
        }
        self
    }

    /// The names of the fields that a person sees.
    pub fn names(&self) -> Vec<&str> {
        let names = self.fields.iter().map(|(name, _)| name.as_str()).chain(self.unticked.iter().map(String::as_str));
        names.filter(|name| !matches!(*name, "form_token" | "platform")).collect()
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}

/// The value of the selected option, else of the first.
fn chosen(after: &str) -> String {
    let options: Vec<&str> = after.split("</select>").next().unwrap().split("<option").skip(1).collect();
    let selected = options.iter().find(|option| option.split('>').next().unwrap().contains(" selected"));
    selected.or(options.first()).and_then(|option| attribute(option, "value")).unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let head = tag.split('>').next().unwrap();
    let start = format!("{name}=\"");
    let at = head.match_indices(&start).find(|(at, _)| *at == 0 || head[..*at].ends_with([' ', '\n']))?.0;
    head[at + start.len()..].split('"').next().map(unescaped)
}

/// Text without tags.
fn plain(html: &str) -> String {
    let mut parts = html.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    unescaped(&parts.filter_map(|part| part.split_once('>')).fold(first, |text, (_, more)| text + more))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// What is typed into the fields of a form.
pub type Filled<'a> = &'a [(&'a str, &'a str)];

pub struct Console {
    pub local: Local,
    pub visitor: Visitor,
}

impl Console {
    pub fn new() -> Self {
        Self { local: Local::new(), visitor: Visitor::default() }
    }

    pub fn open(&mut self, target: &str) -> Page {
        let page = self.visitor.open(&mut self.local, target);
        assert_eq!(page.status, 200, "{target}: {}", page.body);
        page
    }

    /// Follows the link with that text.
    pub fn follow(&mut self, page: &Page, link: &str) -> Page {
        self.open(&page.link(link))
    }

    /// Fills in the form that goes to `action` and sends it.
    pub fn fill(&mut self, page: &Page, action: &str, fields: Filled<'_>) -> Page {
        let form = page.form(action);
        let form = fields.iter().fold(form, |form, (name, value)| form.with(name, value));
        self.visitor.send(&mut self.local, &form)
    }

    /// Creates a project, and gives its first page.
    pub fn project(&mut self, name: &str) -> Page {
        let projects = self.open("/console");
        let page = self.follow(&projects, "Create Cloud Project");
        let page = self.fill(&page, "/console/projects/new", &[("name", name)]);
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("Created."), "{}", page.body);
        page
    }

    /// Adds an authorization from a project's page of that kind, and gives the page that lists it.
    pub fn add(&mut self, page: &Page, platform: Option<&str>, fields: Filled<'_>) -> Page {
        let form = self.follow(page, "Add Authorization");
        let form = match platform {
            Some(platform) => self.follow(&form, platform),
            None => form,
        };
        let action = form.target.split('?').next().unwrap().to_owned();
        let page = self.fill(&form, &action, fields);
        assert!(page.body.contains("Added."), "{}", page.body);
        page
    }

    /// The keys that a page shows, the newest last.
    pub fn keys(page: &Page) -> (String, String) {
        let id = page.ids("client-id-").pop().unwrap();
        (page.shown(&format!("client-id-{id}")), page.shown(&format!("secret-{id}")))
    }

    /// Whether the cloud takes requests that are signed with these keys.
    pub fn accepts(&mut self, keys: &(String, String)) -> bool {
        self.local.get((&keys.0, &keys.1), "us", "/v1.0/token?grant_type=1", None).is_ok()
    }
}
