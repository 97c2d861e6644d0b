//! Avouch compiles a git repository of Markdown policies, procedures and control mappings into an
//! internal **handbook**, a public **trust center** and **PDFs**.
//!
//! This page is the architecture document. It walks through the stages in the order in which
//! [`pipeline`] composes them; each stage is a function from value to value.
//!
//! # The stages
//!
//! 1. [`workspace`] reads a folder into a [`Snapshot`](workspace::Snapshot): every file at one
//!    instant. No later stage touches the disk.
//! 2. [`parse`] turns text into [`Parsed`](parse::Parsed): typed settings, people, controls,
//!    registers, and one [`Document`](model::document::Document) a Markdown file. A document holds
//!    the [`Outline`](model::outline::Outline) of its text and not the tree: the tree is made again
//!    where a page is rendered, which is faster than keeping it. Its readers also describe
//!    themselves, which [`schema`] writes down for editors.
//! 3. [`resolve`] looks up every reference. Afterwards, in the [`Corpus`](model::corpus::Corpus),
//!    every id is unique and every reference slot has a target, if only
//!    [`Nowhere`](model::link::Target::Nowhere).
//! 4. [`assess`] judges the corpus on a day: standing of documents, coverage of requirements. Every
//!    state that is shown anywhere is computed there, once, into an
//!    [`Assessment`](model::assessment::Assessment).
//! 5. [`edition`] decides who may read what. [`Handbook`](edition::Handbook) leaves nothing out;
//!    [`TrustCenter::disclose`](edition::TrustCenter::disclose) is the public boundary.
//! 6. [`plan`] gives every output its address and says what each page shows, as flat views.
//! 7. [`render`] turns a plan into [`Recipes`](render::recipe::Recipes): address, fingerprint, and
//!    how to make the bytes. [`theme`] holds the templates, [`markup`] writes bodies as HTML.
//! 8. [`write`](mod@write) makes a folder equal to its recipes, in one step or not at all.
//!
//! All stages are total: a bad document gives a [`Diagnostic`](diagnostic::Diagnostic) and the run
//! goes on, so that one run shows everything. Only [`pipeline`] decides that errors mean "write
//! nothing". What is wrong with the environment is a `Result`. Rules are declared in the `rules`
//! folder of the stage that checks them, one file each.
//!
//! Beside the stages stands [`amend`]: it changes files that people wrote, when somebody approves or
//! reviews, and touches nothing but what is meant. There stands also
//! [`redline`]: it compares two texts of a document.
//!
//! # The public boundary
//!
//! Three walls keep internal text out of the trust center:
//!
//! 1. **Types.** A [`Body`](model::body::Body) carries its stage in its type; a
//!    [`Disclosed`](model::body::Disclosed) one cannot hold a restricted block, and its links can
//!    only point to what is public. Recipes and output folders carry their
//!    [`Audience`](model::audience::Audience).
//! 2. **An allow-list.** `disclose` is the one constructor of public values and takes internal ones
//!    apart field by field, so that a new field breaks the build until someone decides about it.
//! 3. **Bytes.** [`edition::leak`] searches the finished output for what is withheld.
//!
//! # Same input, same bytes
//!
//! No stage knows the clock, the environment or the order of files: the day is an input, maps are
//! sorted, outputs carry no time of their making. A recipe's fingerprint covers everything that
//! decides its bytes, so an output whose fingerprint did not change is not made again.
//!
//! # Signatures
//!
//! [`signature`] is pure: it verifies, and knows no private key. [`sign`] is the one room where
//! private keys are used, and only the command line enters it.
//!
//! # What is taken over from an earlier run
//!
//! Nothing that is taken over can be told from what would be made anew; tests compare the two.
//!
//! | what | by whom | void when |
//! | --- | --- | --- |
//! | bytes of a file | [`workspace::read`], from the snapshot before | the system says anything else of the file |
//! | all files but some | [`workspace::refresh`], while sites are served | more changed than bytes of known files |
//! | a document as it was read | [`parse`], from the [`memo`], also between processes | its path, its bytes, or how it is read |
//! | the links of a document | [`resolve`], from the memo | the document, names of files, ids, data files, or the places of a document that it names |
//! | a theme | [`theme`] | its templates or files |
//! | an output | [`write`](mod@write), by its fingerprint in the ledger | anything that its recipe is made of |
//! | an edition | [`pipeline`], by one fingerprint in the ledger | any input, the day, or the build of the program |
//!
//! # Who may use whom
//!
//! | module | may use |
//! | --- | --- |
//! | `span` | |
//! | `diagnostic` | span |
//! | `model` | span, diagnostic, signature |
//! | `memo` | span, model, diagnostic |
//! | `workspace` | span, model |
//! | `signature` | |
//! | `sign` | signature |
//! | `picture` | |
//! | `parse` | span, model, diagnostic, memo, workspace, signature |
//! | `amend` | span, parse |
//! | `schema` | model, parse |
//! | `markup` | model |
//! | `resolve` | span, model, diagnostic, memo, workspace, signature, parse, picture |
//! | `assess` | span, model, diagnostic, workspace, signature |
//! | `edition` | span, model, diagnostic, workspace, signature, parse, resolve, markup, render, theme |
//! | `plan` | span, model, diagnostic, signature, edition, markup, resolve |
//! | `theme` | model |
//! | `render` | span, model, diagnostic, workspace, signature, parse, resolve, markup, plan, theme |
//! | `redline` | diagnostic, markup, signature |
//! | `verify` | span, model, diagnostic, workspace, signature |
//! | `write` | model, render |
//! | `enact` | span, model, diagnostic, signature, parse, workspace, amend |
//! | `import` | model, signature, parse, workspace, amend |
//! | `pipeline` | everything but serve and cli |
//! | `serve` | diagnostic, markup, memo, model, pipeline, render, workspace |
//! | `cli` | everything |
//!
//! A test holds every `use crate::` line against this table.

pub mod amend;
pub mod assess;
pub mod cli;
pub mod diagnostic;
pub mod edition;
pub mod enact;
pub mod import;
pub mod markup;
pub mod memo;
pub mod model;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod plan;
pub mod redline;
pub mod render;
pub mod resolve;
pub mod schema;
pub mod serve;
pub mod sign;
pub mod signature;
pub mod span;
pub mod theme;
pub mod verify;
pub mod workspace;
pub mod write;
