//! SQL, in the dialects of the common databases; its words have no case.

use super::Class;
use super::code::{Grammar, Names, Quote, nothing};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["--"],
    block_comment: Some(("/*", "*/")),
    comments_nest: false,
    // A doubled quote inside a string reads as two strings side by side, which look like one.
    quotes: &[
        Quote { mark: "'", escapes: false, lines: true },
        Quote { mark: "\"", escapes: false, lines: false },
        Quote { mark: "`", escapes: false, lines: false },
    ],
    word,
    names: Names::Calls,
    special: nothing,
};

fn word(word: &str) -> Option<Class> {
    let mut upper = [0; 12];
    let upper = upper.get_mut(..word.len())?;
    upper.copy_from_slice(word.as_bytes());
    upper.make_ascii_uppercase();
    match &*upper {
        b"ADD" | b"ALL" | b"ALTER" | b"AND" | b"AS" | b"ASC" | b"BEGIN" | b"BETWEEN" | b"BY"
        | b"CASCADE" | b"CASE" | b"CHECK" | b"COLUMN" | b"COMMIT" | b"CONSTRAINT" | b"CREATE"
        | b"CROSS" | b"DATABASE" | b"DEFAULT" | b"DELETE" | b"DESC" | b"DISTINCT" | b"DROP"
        | b"ELSE" | b"END" | b"EXISTS" | b"FOR" | b"FOREIGN" | b"FROM" | b"FULL" | b"FUNCTION"
        | b"GRANT" | b"GROUP" | b"HAVING" | b"IF" | b"ILIKE" | b"IN" | b"INDEX" | b"INNER"
        | b"INSERT" | b"INTO" | b"IS" | b"JOIN" | b"KEY" | b"LEFT" | b"LIKE" | b"LIMIT"
        | b"NOT" | b"OFFSET" | b"ON" | b"OR" | b"ORDER" | b"OUTER" | b"OVER" | b"PARTITION"
        | b"POLICY" | b"PRIMARY" | b"REFERENCES" | b"RETURNING" | b"REVOKE" | b"RIGHT"
        | b"ROLE" | b"ROLLBACK" | b"SCHEMA" | b"SELECT" | b"SET" | b"TABLE" | b"THEN" | b"TO"
        | b"TRIGGER" | b"TRUNCATE" | b"UNION" | b"UNIQUE" | b"UPDATE" | b"USER" | b"USING"
        | b"VALUES" | b"VIEW" | b"WHEN" | b"WHERE" | b"WITH" => Some(Class::Keyword),
        b"BIGINT" | b"BOOLEAN" | b"BYTEA" | b"CHAR" | b"DATE" | b"DECIMAL" | b"INT"
        | b"INTEGER" | b"INTERVAL" | b"JSON" | b"JSONB" | b"NUMERIC" | b"REAL" | b"SERIAL"
        | b"SMALLINT" | b"TEXT" | b"TIME" | b"TIMESTAMP" | b"TIMESTAMPTZ" | b"UUID"
        | b"VARCHAR" => Some(Class::Type),
        b"NULL" | b"TRUE" | b"FALSE" => Some(Class::Constant),
        _ => None,
    }
}
