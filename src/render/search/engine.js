// Answers queries from the files of a search index. The module beside this file writes them and
// says what is in them; a theme's search.js loads this one and hands it `load(name)`.
avouchSearch("engine", (load) => {
  "use strict";

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

  // Scripts that are written without spaces; `model::terms` has the same list.
  const UNSPACED =
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{3ffff}";
  const LETTER = "[\\p{Alphabetic}\\p{N}]";
  const RUN = new RegExp(`${LETTER}+`, "gu");
  const STRETCH = new RegExp(`(?:(?=${LETTER})[${UNSPACED}])+|(?:(?![${UNSPACED}])${LETTER})+`, "gu");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");

  const fold = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().normalize("NFC");

  /** Takes a folded text apart into terms. */
  function terms(folded) {
    return (folded.match(STRETCH) ?? []).flatMap((stretch) => {
      const letters = [...stretch];
      if (!IS_UNSPACED.test(stretch)) {
        return letters.length > 1 && letters.length <= 40 ? [stretch] : [];
      }
      return letters.length < 2 ? [stretch] : letters.slice(1).map((next, at) => letters[at] + next);
    });
  }

  const decoded = new Map();

  /** Loads a file of front-coded words: pairs of a word and, in term files, its postings. */
  async function words(name) {
    const parts = (await load(name)).split(" ");
    if (decoded.has(name)) return decoded.get(name);
    const pairs = [];
    const step = name.startsWith("t") ? 2 : 1;
    for (let at = 0, word = ""; at < parts.length; at += step) {
      word = word.slice(0, VALUE.get(parts[at][0])) + parts[at].slice(1);
      pairs.push([word, parts[at + 1]]);
    }
    decoded.set(name, pairs);
    return pairs;
  }

  /** Loads the files, at most four, that hold words with this beginning. */
  async function range(kind, keys, beginning) {
    const first = Math.max(0, keys.findLastIndex((key) => key <= beginning));
    let end = Math.min(first + 1, keys.length);
    while (end < first + 4 && keys[end]?.startsWith(beginning)) end++;
    const numbers = Array.from({ length: end - first }, (_, at) => first + at);
    return (await Promise.all(numbers.map((number) => words(kind + number)))).flat();
  }

  /** Reads postings: calls `visit(document, impact)` with an impact up to 1. */
  function eachPosting(postings, visit) {
    for (let at = 0, document = 0; at < postings.length; ) {
      let digit;
      let unit = 1;
      do {
        digit = VALUE.get(postings[at++]);
        document += (digit % 32) * unit;
        unit *= 32;
      } while (digit > 31);
      visit(document, VALUE.get(postings[at++]) / 63);
    }
  }

  /** Finds the documents of a term, and with less weight those of longer ones, as a map to impacts. */
  async function find(index, term, longer = term[0] === "#" ? 0.06 : 0.6) {
    const found = new Map();
    for (const [word, postings] of await range("t", index.terms, term)) {
      const weight = word === term ? 1 : word.startsWith(term) ? (longer * term.length) / word.length : 0;
      if (!weight) continue;
      eachPosting(postings, (document, impact) => {
        found.set(document, Math.max(impact * weight, found.get(document) ?? 0));
      });
    }
    return found;
  }

  /** Divides a query into words, and phrases that stand in a group of synonyms: the longest first. */
  function divide(query, synonyms) {
    const pieces = query.split(/\s+/).filter(Boolean);
    const plain = pieces.map((piece) => (piece.match(RUN) ?? []).join(" "));
    const divided = [];
    for (let at = 0; at < pieces.length; ) {
      let end = pieces.length;
      let group;
      for (; end > at && !group; end--) {
        const phrase = plain.slice(at, end).join(" ");
        group = synonyms.filter((phrases) => phrases.includes(phrase)).flat();
        if (!group.length) group = undefined;
      }
      end += group ? 1 : 0;
      end = Math.max(end, at + 1);
      divided.push({ text: pieces.slice(at, end).join(" "), group });
      at = end;
    }
    return divided;
  }

  /** Finds the documents of any phrase of a group: all words of one phrase, as a map to impacts. */
  async function findAny(index, phrases) {
    const impacts = new Map();
    const used = new Set();
    for (const phrase of new Set(phrases)) {
      const words = terms(phrase);
      const finds = await Promise.all(words.map((word) => find(index, word, word.length < 5 ? 0 : undefined)));
      for (const [document, impact] of finds[0] ?? []) {
        const all = finds.map((map) => map.get(document));
        if (!all.every(Boolean)) continue;
        for (const word of words) used.add(word);
        impacts.set(document, Math.max(Math.min(...all), impacts.get(document) ?? 0));
      }
    }
    return { impacts, used };
  }

  /** Counts the edits between two words, swapped letters being one; stops above `limit`. */
  function distance(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return Infinity;
    let older = [];
    let above = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] !== b[j - 1]));
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (swapped) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return Infinity;
      [older, above] = [above, row];
    }
    return above[b.length];
  }

  /** Finds what was meant by a word that occurs nowhere: the nearest words of titles and headings, or ids. */
  async function nearest(index, word) {
    const isId = word[0] === "#";
    let limit = word.length < 4 ? -1 : word.length < 8 ? 1 : 2;
    let best = [];
    if (limit < 0) return best;
    for (const [name] of await range("n", index.names, word.slice(0, isId ? 2 : 1))) {
      if (name.startsWith("#") !== isId) continue;
      const edits = distance(word, name, limit);
      if (edits < limit) best = [];
      if (edits <= limit) best.push(name);
      limit = Math.min(limit, edits);
    }
    return best.slice(0, 3);
  }

  /**
   * Ranks the documents that hold the most words of a query. Gives their numbers, the words that
   * were found in them, and what was taken for words that occur nowhere.
   */
  async function search(query) {
    const index = await load("index");
    const ranks = new Map();
    const found = new Set();
    const meant = new Set();

    const add = (impacts, hits, factor) => {
      const rarity = Math.log(1 + (index.documents - impacts.size + 0.5) / (impacts.size + 0.5));
      for (const [document, impact] of impacts) {
        const rank = ranks.get(document) ?? { document, hits: 0, score: 0 };
        rank.hits += hits;
        rank.score += impact * rarity * factor;
        ranks.set(document, rank);
      }
    };

    for (const { text: piece, group } of divide(fold(query), index.synonyms)) {
      if (group) {
        const { impacts, used } = await findAny(index, group);
        if (impacts.size) {
          for (const term of used) found.add(term);
          add(impacts, terms(piece).length, 1);
          continue;
        }
      }
      const id = `#${(piece.match(RUN) ?? []).join("-")}`;
      const wanted = [id, ...terms(piece)];
      if (id.length < 3 && wanted.length < 2) continue;
      const finds = await Promise.all(wanted.map((word) => find(index, word)));
      const known = finds[0].size > 0 || (finds.length > 1 && finds.slice(1).every((map) => map.size));
      for (const [at, word] of wanted.entries()) {
        const impacts = finds[at];
        const near = impacts.size || known ? [] : await nearest(index, word);
        for (const name of near) {
          for (const [document, impact] of await find(index, name, 0)) impacts.set(document, impact / 2);
          meant.add(name.replace("#", ""));
        }
        for (const term of [word, ...near].flatMap(terms)) found.add(term);
        add(impacts, at && 1, at ? 1 : 20);
      }
    }
    const most = Math.max(0, ...[...ranks.values()].map((rank) => rank.hits));
    const documents = [...ranks.values()]
      .filter((rank) => rank.hits === most)
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .map((rank) => rank.document);
    return { documents, found, meant: [...meant] };
  }

  /** Loads what is shown of a document. */
  async function entry(document) {
    const { chunk } = await load("index");
    const entries = await load(`d${Math.floor(document / chunk)}`);
    const [address, title, kind, id, excerpt] = entries[document % chunk];
    return { address, title, kind, id, excerpt };
  }

  /** Divides a text into pairs: a stretch, and whether it is one of the words found. */
  function mark(text, found) {
    const pairs = [];
    let written = 0;
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const folded = fold(run);
      let length = 0;
      let start = 0;
      for (const word of found) {
        const at = folded.indexOf(word);
        if ((at === 0 || (at > 0 && IS_UNSPACED.test(word))) && word.length > length) {
          [start, length] = [index + at, word.length];
        }
      }
      if (!length) continue;
      pairs.push([text.slice(written, start), false], [text.slice(start, start + length), true]);
      written = start + length;
    }
    return [...pairs, [text.slice(written), false]];
  }

  return { search, entry, mark };
});
