//! What a coloured piece of code is.

/// The kinds of tokens that themes give a look to. Text of no class keeps the colour of its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A comment.
    Comment,
    /// A word of the language itself.
    Keyword,
    /// Quoted or otherwise literal text.
    String,
    /// A number or a date.
    Number,
    /// A named literal such as `true`, or a name in capitals.
    Constant,
    /// The name of a type.
    Type,
    /// A function, macro or command where it is called or declared.
    Function,
    /// A variable where the language marks it as one.
    Variable,
    /// The key of an entry or the name of a field.
    Property,
    /// An operator.
    Operator,
    /// A mark of structure: the dash of a list item, the prompt of a terminal.
    Punctuation,
    /// An attribute, decorator or command-line option.
    Attribute,
    /// The tag of a markup element.
    Tag,
    /// An added line.
    Inserted,
    /// A removed line.
    Deleted,
    /// A heading or the header of a section.
    Heading,
}

impl Class {
    /// Every class, for themes and tests that must not forget one.
    pub const ALL: [Self; 16] = [
        Self::Comment,
        Self::Keyword,
        Self::String,
        Self::Number,
        Self::Constant,
        Self::Type,
        Self::Function,
        Self::Variable,
        Self::Property,
        Self::Operator,
        Self::Punctuation,
        Self::Attribute,
        Self::Tag,
        Self::Inserted,
        Self::Deleted,
        Self::Heading,
    ];

    /// Returns the name by which style sheets know the class.
    #[must_use]
    pub const fn css(self) -> &'static str {
        match self {
            Self::Comment => "co",
            Self::Keyword => "kw",
            Self::String => "st",
            Self::Number => "nu",
            Self::Constant => "cn",
            Self::Type => "ty",
            Self::Function => "fn",
            Self::Variable => "va",
            Self::Property => "pr",
            Self::Operator => "op",
            Self::Punctuation => "pu",
            Self::Attribute => "at",
            Self::Tag => "tg",
            Self::Inserted => "in",
            Self::Deleted => "de",
            Self::Heading => "hd",
        }
    }
}
