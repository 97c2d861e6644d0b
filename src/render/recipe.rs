//! How to make the bytes of one output, without making them yet.

use std::marker::PhantomData;

use crate::model::address::Address;
use crate::model::audience::Audience;
use crate::model::fingerprint::Fingerprint;
use crate::span::Place;

/// Why bytes could not be made although the content was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderFailure {
    /// The bytes of the content that led there, as far as known.
    pub place: Option<Place>,
    /// What happened, in one phrase.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl RenderFailure {
    /// Says what happened, at no place of the content.
    pub fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into(), help: None }
    }
}

/// An output whose facts were gathered and whose bytes are not made yet.
pub struct Draft<'d> {
    /// Changes when, and only when, something changes that the bytes depend on.
    pub fingerprint: Fingerprint,
    finish: Box<dyn FnOnce() -> Result<Vec<u8>, RenderFailure> + 'd>,
}

impl<'d> Draft<'d> {
    /// Says what the bytes depend on, and how they are made.
    pub fn new(
        fingerprint: Fingerprint,
        finish: impl FnOnce() -> Result<Vec<u8>, RenderFailure> + 'd,
    ) -> Self {
        Self { fingerprint, finish: Box::new(finish) }
    }

    /// Makes the bytes.
    ///
    /// # Errors
    ///
    /// Fails where a theme or a typesetter does.
    pub fn finish(self) -> Result<Vec<u8>, RenderFailure> {
        (self.finish)()
    }
}

/// Gathers what an output shows; the same on every call.
pub type Begin<'a> = Box<dyn Fn() -> Draft<'a> + Send + Sync + 'a>;

/// One output: where it goes, and how it is made.
pub struct Recipe<'a> {
    /// Where it goes.
    pub address: Address,
    /// Whether the bytes are made although the fingerprint says that they are those that stand.
    pub is_forced: bool,
    /// Gathers what it shows, which is most of the work of telling whether it changed.
    pub begin: Begin<'a>,
}

impl Recipe<'_> {
    /// Makes the bytes.
    ///
    /// # Errors
    ///
    /// Fails where a theme or a typesetter does.
    pub fn bytes(&self) -> Result<Vec<u8>, RenderFailure> {
        (self.begin)().finish()
    }
}

/// All outputs of one edition, sorted by address. Made only by this folder's `recipes` functions
/// from a plan of the same audience.
pub struct Recipes<'a, A: Audience> {
    recipes: Vec<Recipe<'a>>,
    audience: PhantomData<A>,
}

impl<'a, A: Audience> Recipes<'a, A> {
    pub(in crate::render) fn new(mut recipes: Vec<Recipe<'a>>) -> Self {
        recipes.sort_by(|a, b| a.address.cmp(&b.address));
        Self { recipes, audience: PhantomData }
    }

    /// Adds the outputs of another part of the same edition.
    pub(in crate::render) fn and(mut self, other: Self) -> Self {
        self.recipes.extend(other.recipes);
        Self::new(self.recipes)
    }

    /// Makes recipes without a plan, for tests of what is done with them.
    #[cfg(test)]
    pub(crate) fn for_test(recipes: Vec<Recipe<'a>>) -> Self {
        Self::new(recipes)
    }

    /// Forces some outputs to be made again.
    #[must_use]
    pub fn forced(mut self, is_forced: impl Fn(&Address) -> bool) -> Self {
        for recipe in &mut self.recipes {
            recipe.is_forced = is_forced(&recipe.address);
        }
        self
    }

    /// Returns all addresses in order.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.recipes.iter().map(|recipe| recipe.address.as_str())
    }

    /// Returns the recipe of an address.
    #[must_use]
    pub fn find(&self, address: &str) -> Option<&Recipe<'a>> {
        let found = self.recipes.binary_search_by(|it| it.address.as_str().cmp(address)).ok()?;
        self.recipes.get(found)
    }

    /// Returns the recipes in the order of their addresses.
    #[must_use]
    pub fn as_slice(&self) -> &[Recipe<'a>] {
        &self.recipes
    }
}
