//! Diagnostics as text: one file a form.
