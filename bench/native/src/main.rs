//! Signs one request again and again, as it is told on standard input: nothing of its own, so that it signs what the
//! other candidates of the benchmark sign. Each line is answered by a line on standard output.
//!
//! | line, parted by tabs | answer |
//! |---|---|
//! | `request`, method, URL, access token, `t`, nonce, the body's length; then the body's bytes | the sign |
//! | `time`, how often that request is to be signed | how long it took, in ns |

use std::hint::black_box;
use std::io::{self, BufRead, Read, Write};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use tuya_auth::sign::{Body, Request, Sign, Signer, SignerOptions, Stamp};
use tuya_auth::{ClientId, Secret};

/// A request as it was read.
#[derive(Default)]
struct Input {
    method: String,
    url: String,
    access_token: String,
    t: u64,
    nonce: String,
    body: Vec<u8>,
}

fn main() -> Result<()> {
    // The published pair of keys.
    let client_id = ClientId::new("1KAD46OrT9HafiKdsXeg")?;
    let secret = Secret::new("4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC")?;
    let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;

    let (mut lines, mut out) = (io::stdin().lock(), io::stdout().lock());
    let (mut input, mut line) = (Input::default(), String::new());
    while lines.read_line(&mut line)? > 0 {
        match *line.trim_end().split('\t').collect::<Vec<_>>().as_slice() {
            ["request", method, url, access_token, t, nonce, length] => {
                let (method, url, nonce) = (method.to_owned(), url.to_owned(), nonce.to_owned());
                let mut body = vec![0; length.parse().context("the body's length")?];
                lines.read_exact(&mut body)?;
                input = Input { method, url, access_token: access_token.to_owned(), t: t.parse()?, nonce, body };
                writeln!(out, "{}", sign(&signer, &input)?)?;
            }
            ["time", runs] => {
                let runs: u32 = runs.parse().context("how often")?;
                let begin = Instant::now();
                for _ in 0..runs {
                    black_box(sign(&signer, black_box(&input))?);
                }
                writeln!(out, "{}", begin.elapsed().as_nanos())?;
            }
            _ => bail!("not understood: {line}"),
        }
        out.flush()?;
        line.clear();
    }
    Ok(())
}

/// From the request to the one header that is not at hand already.
fn sign(signer: &Signer, input: &Input) -> Result<Sign, tuya_auth::Error> {
    let Input { method, url, access_token, t, nonce, body } = input;
    let request = Request { method, url, signed_headers: &[], body: Body::Bytes(body) };
    signer.sign(&request, Some(access_token), &Stamp { t: *t, nonce })
}
