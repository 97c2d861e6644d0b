//! Debian's chromium, driven over two pipes with the protocol of its developer tools. That needs
//! no driver program, no WebSocket and no package: messages are JSON, each ends with a zero byte.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long anything may take. Generous, since machines that test are often busy.
const PATIENCE: Duration = Duration::from_mins(2);

/// Nothing but this machine can be reached, and chromium itself asks for nothing.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
];

/// A running browser with one page.
pub(super) struct Chromium {
    process: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    last_id: u64,
    session: Option<String>,
    events: Vec<Value>,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Width of the window in CSS pixels.
    pub(super) width: u32,
    /// `light` or `dark`.
    pub(super) scheme: &'static str,
}

impl Chromium {
    /// Starts it with an empty profile in `home`.
    pub(super) fn start(home: &Path) -> Self {
        // Chromium reads from descriptor 3 and writes to descriptor 4.
        let mut process = Command::new("sh")
            .args(["-c", "exec chromium \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", "chromium"])
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", home.display()))
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            for message in output.split(0).map_while(Result::ok) {
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    break;
                }
            }
        });
        let mut chromium =
            Self { process, commands, messages, last_id: 0, session: None, events: Vec::new() };
        let target = chromium.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let attached = chromium.call(
            "Target.attachToTarget",
            &json!({ "targetId": target["targetId"], "flatten": true }),
        );
        chromium.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log", "Network"] {
            chromium.call(&format!("{domain}.enable"), &json!({}));
        }
        chromium
    }

    /// Sets the size of the window and the scheme of colours.
    pub(super) fn look(&mut self, look: Look) {
        let size =
            json!({ "width": look.width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size);
        let features = json!([
            { "name": "prefers-color-scheme", "value": look.scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.call("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// Opens an address and waits until it has loaded. Returns what went wrong meanwhile and
    /// since the last call: errors on the console, and requests that leave `origin`.
    pub(super) fn open(&mut self, origin: &str, path: &str) -> Vec<String> {
        let opened = self.call("Page.navigate", &json!({ "url": format!("{origin}/{path}") }));
        assert!(opened["errorText"].is_null(), "{path}: {opened}");
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.receive("the page to load");
            self.events.push(event);
        }
        self.faults(origin)
    }

    /// Returns what went wrong since the last call.
    pub(super) fn faults(&mut self, origin: &str) -> Vec<String> {
        std::mem::take(&mut self.events).iter().filter_map(|event| fault(event, origin)).collect()
    }

    /// Evaluates an expression in the page, waits for it if it is a promise, returns its value.
    pub(super) fn evaluate(&mut self, expression: &str) -> Value {
        self.evaluate_in(None, expression)
    }

    /// Evaluates scripts beside those of the page, which neither sees nor stops them.
    pub(super) fn evaluate_apart(&mut self, scripts: &[&str]) -> Value {
        let tree = self.call("Page.getFrameTree", &json!({}));
        let frame = &tree["frameTree"]["frame"]["id"];
        let world = self.call("Page.createIsolatedWorld", &json!({ "frameId": frame }));
        let context = world["executionContextId"].as_u64();
        scripts.iter().fold(Value::Null, |_, script| self.evaluate_in(context, script))
    }

    fn evaluate_in(&mut self, context: Option<u64>, expression: &str) -> Value {
        let mut parameters =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        if let Some(context) = context {
            parameters["contextId"] = json!(context);
        }
        let mut answer = self.call("Runtime.evaluate", &parameters);
        assert!(answer["exceptionDetails"].is_null(), "{}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// Types a text where the focus is.
    pub(super) fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({ "text": text }));
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        loop {
            let mut answer = self.receive(method);
            if answer["id"] == self.last_id {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    fn receive(&mut self, what: &str) -> Value {
        let message = self.messages.recv_timeout(PATIENCE);
        message
            .unwrap_or_else(|cause| panic!("chromium is silent while waiting for {what}: {cause}"))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn fault(event: &Value, origin: &str) -> Option<String> {
    let of = &event["params"];
    match event["method"].as_str()? {
        "Network.requestWillBeSent" => {
            let url = of["request"]["url"].as_str()?;
            let stays = url.starts_with(&format!("{origin}/")) || url.starts_with("data:");
            (!stays).then(|| format!("asks for {url}"))
        }
        "Runtime.consoleAPICalled" => (of["type"] == "error" || of["type"] == "assert")
            .then(|| format!("console: {}", of["args"])),
        "Runtime.exceptionThrown" => Some(format!("script: {}", of["exceptionDetails"])),
        "Log.entryAdded" if of["entry"]["level"] == "error" => {
            Some(format!("console: {} {}", of["entry"]["text"], of["entry"]["url"]))
        }
        _ => None,
    }
}
